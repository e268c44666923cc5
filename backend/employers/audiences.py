"""Who at an employer, or for its municipality, is told of something; asked when the message is delivered.

`via` is the way from an employer to what the message is about, as a query follows it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Municipality, User
from backend.core.models import AuditEntry, OutboxMessage
from backend.core.outbox import Audience, Receiver
from backend.employers.enums import MembershipRole, MembershipState
from backend.employers.models import Employer, EmployerMembership

CONTACTS = "contacts"


def contacts(*, via: str) -> Audience:
    """Return those who answer for the employer: administrators and contacts."""

    def receivers(message: OutboxMessage) -> list[Receiver]:
        roles = (MembershipRole.ADMINISTRATOR, MembershipRole.CONTACT)
        return [Receiver(user) for user in _members(_employer(via, message), *roles)]

    words = _("the employer's contacts")
    return Audience(CONTACTS, receivers, words, _municipality(via), (Persona.EMPLOYER,))


def contacts_beside_the_writer(*, via: str) -> Audience:
    """Return those who answer for the employer, except who did what the message tells of."""
    theirs = contacts(via=via)

    def receivers(message: OutboxMessage) -> list[Receiver]:
        moves = AuditEntry.objects.filter(subject_id=message.subject_id).exclude(to_state="")
        mover = moves.order_by("-at", "-pk").values_list("by_id", flat=True).first()
        return [each for each in theirs.receivers(message) if each.user.pk != mover]

    return replace(theirs, receivers=receivers)


def coaches_in(municipality: Callable[[OutboxMessage], Municipality | None]) -> Audience:
    """Return the job coaches of the municipality that a message is about, where there may be no employer."""

    def receivers(message: OutboxMessage) -> list[Receiver]:
        return [Receiver(user) for user in _staff_in(municipality(message), Role.COACH)]

    def key(message: OutboxMessage) -> UUID | None:
        return getattr(municipality(message), "pk", None)

    return Audience("coaches", receivers, _("the municipality's job coaches"), key, (Persona.STAFF,))


def managers_in(municipality: Callable[[OutboxMessage], Municipality | None]) -> Audience:
    """Return who decides about measures in the municipality that a message is about."""

    def receivers(message: OutboxMessage) -> list[Receiver]:
        return [Receiver(user) for user in _who_manage_in(municipality(message))]

    def key(message: OutboxMessage) -> UUID | None:
        return getattr(municipality(message), "pk", None)

    return Audience(
        "managers_of_employer", receivers, _("the municipality's managers"), key, (Persona.STAFF,)
    )


def coaches(*, via: str) -> Audience:
    """Return the job coaches of the employer's municipality."""

    def receivers(message: OutboxMessage) -> list[Receiver]:
        return [Receiver(user) for user in _coaches_for(_employer(via, message))]

    words = _("the municipality's job coaches")
    return Audience("coaches", receivers, words, _municipality(via), (Persona.STAFF,))


def managers_of_employer(*, via: str) -> Audience:
    """Return who decides about measures: managers and administrators of the employer's municipality."""

    def receivers(message: OutboxMessage) -> list[Receiver]:
        return [Receiver(user) for user in who_manage(_employer(via, message))]

    words = _("the municipality's managers")
    return Audience("managers_of_employer", receivers, words, _municipality(via), (Persona.STAFF,))


def who_lets_in(*, via: str) -> Audience:
    """Return who lets people in: the employer's administrators, or the coaches where there are none."""

    def receivers(message: OutboxMessage) -> Iterator[Receiver]:
        employer = _employer(via, message)
        own = _members(employer, MembershipRole.ADMINISTRATOR)
        yield from (Receiver(user, reverse("employers:my_organisation")) for user in own)
        if employer and not own:
            path = reverse("employers:employer_detail", args=[employer.pk])
            yield from (Receiver(user, path) for user in _coaches_for(employer))

    personas = (Persona.EMPLOYER, Persona.STAFF)
    return Audience("door_keepers", receivers, _("who lets people in"), _municipality(via), personas)


def the_member() -> Audience:
    """Return the user of the membership that the message is about, while it holds."""

    def receivers(message: OutboxMessage) -> list[Receiver]:
        memberships = EmployerMembership.objects.active().filter(pk=message.subject_id)
        return [Receiver(each.user) for each in memberships.select_related("user")]

    whose = _municipality("memberships")
    return Audience("member", receivers, _("the member"), whose, (Persona.EMPLOYER,))


def _municipality(via: str) -> Callable[[OutboxMessage], UUID | None]:
    """Return what tells in whose tenant the employer of a message is."""

    def municipality(message: OutboxMessage) -> UUID | None:
        employer = _employer(via, message)
        return employer.municipality_id if employer else None

    return municipality


def _employer(via: str, message: OutboxMessage) -> Employer | None:
    """Return the employer that stands for what the message is about now."""
    found = Employer.with_merged.filter(**{via: message.subject_id})
    employer = found.select_related("municipality", "merged_into__municipality").first()
    return employer.current if employer else None


def _members(employer: Employer | None, *roles: MembershipRole) -> list[User]:
    """Return who speaks for `employer` now in any of `roles`."""
    active = EmployerMembership.objects.filter(
        employer=employer, state=MembershipState.ACTIVE, role__in=roles, user__is_active=True
    )
    return [each.user for each in active.select_related("user").order_by("pk")]


def _coaches_for(employer: Employer | None) -> list[User]:
    """Return the job coaches of the employer's municipality, each once."""
    return _staff_in(employer.municipality if employer else None, Role.COACH)


def who_manage(employer: Employer | None) -> list[User]:
    """Return who may take measures about an employer: managers, and the administrators where none manages."""
    return _who_manage_in(employer.municipality if employer else None)


def _who_manage_in(municipality: Municipality | None) -> list[User]:
    return _staff_in(municipality, Role.MANAGER) or _staff_in(municipality, Role.ADMINISTRATOR)


def _staff_in(municipality: Municipality | None, role: Role) -> list[User]:
    if municipality is None:
        return []
    held = municipality.assignments.filter(role=role, ended_on__isnull=True)
    serving = User.objects.filter(
        pk__in=held.order_by().values("user"), persona=Persona.STAFF, is_active=True
    )
    return list(serving.order_by("pk"))
