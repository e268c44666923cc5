"""Messages about memberships and openings. None says who or what: they say where to read."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.core import outbox
from backend.core.clock import day_of
from backend.core.models import OutboxMessage
from backend.employers.audiences import coaches, contacts, contacts_beside_the_writer, the_member, who_lets_in
from backend.employers.enums import MembershipState, OpeningState
from backend.employers.models import Employer, EmployerMembership, Measure, Opening

CONTACTS = contacts(via="workplaces__openings")
OTHERS = contacts_beside_the_writer(via="workplaces__openings")
COACHES = coaches(via="workplaces__openings")


def _opening_is(state: OpeningState) -> outbox.Recheck:
    return lambda message: Opening.objects.filter(pk=message.subject_id, state=state).exists()


def _membership_is(state: MembershipState) -> outbox.Recheck:
    return lambda message: EmployerMembership.objects.filter(pk=message.subject_id, state=state).exists()


def _has_not_been_refreshed(message: OutboxMessage) -> bool:
    stands = Opening.objects.in_state(OpeningState.PUBLISHED, OpeningState.PAUSED)
    return stands.filter(pk=message.subject_id, back_on=None).filter(fresh_at__lt=message.created_at).exists()


WAITING = outbox.register(
    outbox.MessageKind(
        name="opening_waiting",
        subject=_("An opening waits for your approval"),
        is_due=_opening_is(OpeningState.AWAITING_APPROVAL),
        audiences=(COACHES,),
    )
)
APPROVED = outbox.register(
    outbox.MessageKind(
        name="opening_approved",
        subject=_("Your opening is published"),
        is_due=_opening_is(OpeningState.PUBLISHED),
        audiences=(CONTACTS,),
    )
)
RETURNED = outbox.register(
    outbox.MessageKind(
        name="opening_returned",
        subject=_("Your opening needs a change"),
        is_due=_opening_is(OpeningState.DRAFT),
        audiences=(CONTACTS,),
        is_needed=True,
    )
)
GOING_STALE = outbox.register(
    outbox.MessageKind(
        name="opening_going_stale",
        subject=_("Does your opening still hold?"),
        is_due=_has_not_been_refreshed,
        audiences=(CONTACTS,),
    )
)
EXPIRED = outbox.register(
    outbox.MessageKind(
        name="opening_expired",
        subject=_("Your opening's time has run out"),
        is_due=_opening_is(OpeningState.EXPIRED),
        audiences=(CONTACTS,),
    )
)
CLOSED = outbox.register(
    outbox.MessageKind(
        name="opening_closed",
        subject=_("Your opening has been closed"),
        is_due=_opening_is(OpeningState.CLOSED),
        audiences=(OTHERS,),
    )
)
PAUSED = outbox.register(
    outbox.MessageKind(
        name="opening_paused",
        subject=_("Your opening has been paused"),
        is_due=_opening_is(OpeningState.PAUSED),
        audiences=(OTHERS,),
    )
)
BACK = outbox.register(
    outbox.MessageKind(
        name="opening_back",
        subject=_("Your opening is back on the list"),
        is_due=_opening_is(OpeningState.PUBLISHED),
        audiences=(CONTACTS,),
    )
)
MEMBERSHIP_REQUESTED = outbox.register(
    outbox.MessageKind(
        name="membership_requested",
        subject=_("Somebody wants to join an organisation"),
        is_due=_membership_is(MembershipState.REQUESTED),
        audiences=(who_lets_in(via="memberships"),),
    )
)
MEMBERSHIP_APPROVED = outbox.register(
    outbox.MessageKind(
        name="membership_approved",
        subject=_("You can now write for your organisation"),
        is_due=_membership_is(MembershipState.ACTIVE),
        audiences=(the_member(),),
    )
)


def _measure_stands(message: OutboxMessage) -> bool:
    return Measure.objects.filter(pk=message.subject_id, lifted_at=None).exists()


def _measure_is_lifted(message: OutboxMessage) -> bool:
    return Measure.objects.filter(pk=message.subject_id, lifted_at__isnull=False).exists()


MEASURE_TAKEN = outbox.register(
    outbox.MessageKind(
        name="measure_taken",
        subject=_("The municipality has decided something about your organisation"),
        is_due=_measure_stands,
        audiences=(contacts(via="measures"),),
        is_needed=True,
    )
)
MEASURE_LIFTED = outbox.register(
    outbox.MessageKind(
        name="measure_lifted",
        subject=_("A decision about your organisation has been lifted"),
        is_due=_measure_is_lifted,
        audiences=(contacts(via="measures"),),
        is_needed=True,
    )
)


def _is_not_approved(message: OutboxMessage) -> bool:
    return Employer.objects.filter(pk=message.subject_id, approved_at=None).exists()


LOOKS_ALIKE = outbox.register(
    outbox.MessageKind(
        name="employer_looks_alike",
        subject=_("A new organisation looks like one that you know"),
        is_due=_is_not_approved,
        audiences=(coaches(via="pk"),),
    )
)


def tell_of_look_alike(employer: Employer, *, at: datetime) -> None:
    """Queue to the job coaches that a newcomer's name could be taken for another's; its page says whose."""
    path = reverse("employers:employer_detail", args=[employer.pk])
    outbox.enqueue(LOOKS_ALIKE, about=employer, step="registered", path=path, at=at)


def tell_of_measure(measure: Measure, *, at: datetime) -> None:
    """Queue to the employer's contacts that something was decided; what, they read on their page."""
    outbox.enqueue(
        MEASURE_TAKEN, about=measure, step="taken", path=reverse("employers:my_organisation"), at=at
    )


def tell_of_lifting(measure: Measure, *, at: datetime) -> None:
    """Queue to the employer's contacts that a measure was lifted."""
    outbox.enqueue(
        MEASURE_LIFTED, about=measure, step="lifted", path=reverse("employers:my_organisation"), at=at
    )


def tell_of_opening(kind: outbox.MessageKind, opening: Opening, *, at: datetime, step: str = "") -> None:
    """Queue `kind` once for each step; without a step, once for each time the state changed."""
    step = step or opening.state_changed_at.isoformat()
    outbox.enqueue(kind, about=opening, step=step, path=opening.get_absolute_url(), at=at)


def tell_of_membership(kind: outbox.MessageKind, membership: EmployerMembership, *, at: datetime) -> None:
    """Queue to those whom `kind` is for that somebody asks to join, or may write from now on."""
    step, path = membership.state_changed_at.isoformat(), reverse("employers:my_organisation")
    outbox.enqueue(kind, about=membership, step=step, path=path, at=at)


def remind_of_request(membership: EmployerMembership, *, at: datetime) -> None:
    """Queue to those who let people in that somebody still waits, at most once a day."""
    step, path = f"reminded {day_of(at)}", reverse("employers:my_organisation")
    outbox.enqueue(MEMBERSHIP_REQUESTED, about=membership, step=step, path=path, at=at)
