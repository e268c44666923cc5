"""Messages about memberships and openings. None says who or what: they say where to read."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Municipality, User
from backend.core import outbox
from backend.core.models import OutboxMessage
from backend.employers.enums import MembershipRole, MembershipState, OpeningState
from backend.employers.models import Employer, EmployerMembership, Opening


def _opening_is(state: OpeningState) -> outbox.Recheck:
    return lambda message: Opening.objects.filter(pk=message.subject_id, state=state).exists()


def _membership_is(state: MembershipState) -> outbox.Recheck:
    return lambda message: EmployerMembership.objects.filter(pk=message.subject_id, state=state).exists()


def _has_not_been_refreshed(message: OutboxMessage) -> bool:
    published = Opening.objects.filter(pk=message.subject_id, state=OpeningState.PUBLISHED)
    return published.filter(fresh_at__lt=message.created_at).exists()


WAITING = outbox.register(
    outbox.MessageKind(
        name="opening_waiting",
        subject=_("An opening waits for your approval"),
        is_due=_opening_is(OpeningState.AWAITING_APPROVAL),
    )
)
APPROVED = outbox.register(
    outbox.MessageKind(
        name="opening_approved",
        subject=_("Your opening is published"),
        is_due=_opening_is(OpeningState.PUBLISHED),
    )
)
RETURNED = outbox.register(
    outbox.MessageKind(
        name="opening_returned",
        subject=_("Your opening needs a change"),
        is_due=_opening_is(OpeningState.DRAFT),
    )
)
GOING_STALE = outbox.register(
    outbox.MessageKind(
        name="opening_going_stale", subject=_("Does your opening still hold?"), is_due=_has_not_been_refreshed
    )
)
CLOSED_BY_ITSELF = outbox.register(
    outbox.MessageKind(
        name="opening_closed",
        subject=_("Your opening has been closed"),
        is_due=_opening_is(OpeningState.CLOSED),
    )
)
MEMBERSHIP_REQUESTED = outbox.register(
    outbox.MessageKind(
        name="membership_requested",
        subject=_("Somebody wants to join an organisation"),
        is_due=_membership_is(MembershipState.REQUESTED),
    )
)
MEMBERSHIP_APPROVED = outbox.register(
    outbox.MessageKind(
        name="membership_approved",
        subject=_("You can now write for your organisation"),
        is_due=_membership_is(MembershipState.ACTIVE),
    )
)


def members_of(employer: Employer, *roles: MembershipRole) -> list[User]:
    """Return who speaks for `employer` now in any of `roles`."""
    memberships = employer.memberships.filter(state=MembershipState.ACTIVE, role__in=roles)
    return [each.user for each in memberships.select_related("user").order_by("pk")]


def coaches_of(municipality: Municipality) -> list[User]:
    """Return the job coaches of `municipality`, each once."""
    held = municipality.assignments.filter(role=Role.COACH, ended_on__isnull=True)
    coaches = User.objects.filter(
        pk__in=held.order_by().values("user"), persona=Persona.STAFF, is_active=True
    )
    return list(coaches.order_by("pk"))


def tell_employer(kind: outbox.MessageKind, opening: Opening, *, at: datetime, step: str = "") -> None:
    """Queue `kind` to those who answer for the opening's employer."""
    to = members_of(opening.workplace.employer, MembershipRole.ADMINISTRATOR, MembershipRole.CONTACT)
    _enqueue(kind, to, opening, step=step, at=at)


def tell_coaches_of_waiting(opening: Opening, *, at: datetime) -> None:
    """Queue to the coaches that an opening of a new employer waits for them."""
    _enqueue(WAITING, coaches_of(opening.workplace.employer.municipality), opening, step="", at=at)


def tell_of_request(membership: EmployerMembership, *, at: datetime) -> None:
    """Queue to the employer's administrators, or to the coaches where there are none, who wants to join."""
    employer = membership.employer
    administrators = members_of(employer, MembershipRole.ADMINISTRATOR)
    path = (
        reverse("employers:my_organisation")
        if administrators
        else reverse("employers:employer_detail", args=[employer.pk])
    )
    outbox.enqueue(
        MEMBERSHIP_REQUESTED,
        to=administrators or coaches_of(employer.municipality),
        about=membership,
        step=membership.state_changed_at.isoformat(),
        path=path,
        at=at,
    )


def tell_of_approved_membership(membership: EmployerMembership, *, at: datetime) -> None:
    """Queue to the new member that they may write for the employer."""
    outbox.enqueue(
        MEMBERSHIP_APPROVED,
        to=[membership.user],
        about=membership,
        step=membership.state_changed_at.isoformat(),
        path=reverse("employers:my_organisation"),
        at=at,
    )


def _enqueue(
    kind: outbox.MessageKind, to: Sequence[User], opening: Opening, *, step: str, at: datetime
) -> None:
    """Queue `kind` once for each (receiver, step); without a step, once for each time the state changed."""
    outbox.enqueue(
        kind,
        to=to,
        about=opening,
        step=step or opening.state_changed_at.isoformat(),
        path=opening.get_absolute_url(),
        at=at,
    )
