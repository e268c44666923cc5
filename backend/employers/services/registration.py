"""Who an employer is and who speaks for it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backend.accounts.models import Municipality, User
from backend.core.clock import day_of
from backend.core.models import AuditEntry
from backend.core.text.confusable import mixes_alphabets
from backend.core.writing import audit
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.employers import notifications
from backend.employers.enums import (
    MEMBERSHIP_LIFECYCLE,
    EmployerKind,
    MembershipRole,
    MembershipState,
)
from backend.employers.merging.names import are_alike
from backend.employers.models import Employer, EmployerMembership
from backend.employers.models.numbers import columns_of, lookup_of
from backend.employers.organisationsnummer import clean_organisationsnummer, ensure_kind_fits
from backend.employers.refusals import OrganisationRefusal
from backend.employers.services.inviting import withdraw_invitations_by


@dataclass(frozen=True)
class Registration:
    """What a registration led to; `is_new` is False when the organisation was registered before."""

    employer: Employer
    membership: EmployerMembership
    is_new: bool


@one_write
def find_or_register_employer(
    *,
    municipality: Municipality,
    organisationsnummer: str,
    name: str,
    kind: EmployerKind | str = "",
    by: User,
    at: datetime,
    employees: int | None = None,
    website: str = "",
) -> Registration:
    """Register an organisation with `by` as its administrator, or ask to join it when it is there already.

    A registered organisation keeps its own name and facts, whatever a newcomer wrote. The kind is
    that which the number tells of where none is said. Raises Refused for a number that is no organisation's,
    and for a kind that it cannot have.
    """
    number = clean_organisationsnummer(organisationsnummer)
    found, is_new = Employer.with_merged.get_or_create(
        municipality=municipality,
        **lookup_of(number),
        defaults={
            **columns_of(number),
            "name": name,
            "kind": ensure_kind_fits(number, kind),
            "employees": employees,
            "website": website,
            "created_at": at,
        },
    )
    employer = found.current
    if not is_new:
        return Registration(employer, request_membership(employer=employer, by=by, at=at), is_new=False)
    audit.record(employer, "registered", by=by, at=at)
    membership = EmployerMembership.objects.create(
        employer=employer, user=by, role=MembershipRole.ADMINISTRATOR, state_changed_at=at, created_at=at
    )
    audit.record(membership, "joined", by=by, at=at, to_state=MembershipState.ACTIVE)
    if passes_for_another(employer):
        audit.record(employer, "looks_like_another", by=None, at=at)
        notifications.tell_of_look_alike(employer, at=at)
    return Registration(employer, membership, is_new=True)


def passes_for_another(employer: Employer) -> bool:
    """Tell whether a name could be taken for that of another employer in the municipality.

    Nobody is refused for it, for two may well be called much the same: the unit is told and looks.
    """
    others = Employer.objects.filter(municipality=employer.municipality_id).exclude(pk=employer.pk)
    names = others.order_by("pk").values_list("name", flat=True)
    return mixes_alphabets(employer.name) or any(are_alike(employer.name, name) for name in names)


@one_write
def request_membership(*, employer: Employer, by: User, at: datetime) -> EmployerMembership:
    """Ask to speak for `employer`; whoever asked before, or is a member, keeps the row they have."""
    membership, is_new = EmployerMembership.objects.get_or_create(
        employer=employer,
        user=by,
        defaults={
            "role": MembershipRole.CONTACT,
            "state": MembershipState.REQUESTED,
            "state_changed_at": at,
            "created_at": at,
        },
    )
    if is_new:
        audit.record(membership, "requested", by=by, at=at, to_state=MembershipState.REQUESTED)
    elif membership.state == MembershipState.ENDED:
        MEMBERSHIP_LIFECYCLE.move(
            membership, to=MembershipState.REQUESTED, by=by, at=at, role=MembershipRole.CONTACT
        )
    if membership.state == MembershipState.REQUESTED:
        notifications.tell_of_membership(notifications.MEMBERSHIP_REQUESTED, membership, at=at)
    return membership


@one_write
def remind_of_request(*, membership_id: UUID, by: User, at: datetime) -> EmployerMembership:
    """Tell those who let people in once more that `by` waits, at most once a day.

    Raises EmployerMembership.DoesNotExist when it is not the request of `by`, TransitionNotAllowed when it
    has been answered, and Refused when they were told today.
    """
    membership = _own_request(membership_id, by=by)
    if not may_be_reminded(membership, day=day_of(at)):
        raise Refused(OrganisationRefusal.REMINDED_TODAY)
    audit.record(membership, "reminded", by=by, at=at)
    notifications.remind_of_request(membership, at=at)
    return membership


@one_write
def withdraw_request(*, membership_id: UUID, by: User, at: datetime) -> EmployerMembership:
    """Take back one's own request to join; who was let in has no way here.

    Raises as `remind_of_request` does.
    """
    membership = _own_request(membership_id, by=by)
    MEMBERSHIP_LIFECYCLE.move(membership, to=MembershipState.ENDED, by=by, at=at, action="request_withdrawn")
    return membership


def may_be_reminded(membership: EmployerMembership, *, day: date) -> bool:
    """Tell whether a day has passed since somebody was told of the request."""
    is_told = AuditEntry.objects.about(membership).filter(at__date=day).exists()
    return membership.is_requested and not is_told


def _own_request(key: UUID, *, by: User) -> EmployerMembership:
    """Lock and return the request of `by`, which nobody has answered yet."""
    membership = EmployerMembership.objects.select_for_update().get(pk=key, user=by)
    if not membership.is_requested:
        raise TransitionNotAllowed(current=membership.state, wanted=MembershipState.REQUESTED)
    return membership


@one_write
def approve_membership(*, membership_id: UUID, by: User, at: datetime) -> EmployerMembership:
    """Let somebody speak for the employer from now on.

    Raises EmployerMembership.DoesNotExist when `by` may not decide it and TransitionNotAllowed when
    somebody else decided first.
    """
    membership = EmployerMembership.objects.decidable_by(by).get(pk=membership_id)
    if not membership.is_requested:
        raise TransitionNotAllowed(current=membership.state, wanted=MembershipState.ACTIVE)
    MEMBERSHIP_LIFECYCLE.move(membership, to=MembershipState.ACTIVE, by=by, at=at)
    notifications.tell_of_membership(notifications.MEMBERSHIP_APPROVED, membership, at=at)
    return membership


@one_write
def end_membership(*, membership_id: UUID, by: User, at: datetime) -> EmployerMembership:
    """Turn down a request, or let a member speak for the employer no more.

    Raises EmployerMembership.DoesNotExist when `by` may not decide it, and Refused when nobody
    who administers the employer would be left.
    """
    membership = EmployerMembership.objects.decidable_by(by).select_related("user").get(pk=membership_id)
    if membership.administers:
        _ensure_another_administrator(membership)
    MEMBERSHIP_LIFECYCLE.move(membership, to=MembershipState.ENDED, by=by, at=at)
    withdraw_invitations_by(membership, at=at)
    return membership


@one_write
def leave_employer(*, membership_id: UUID, by: User, at: datetime) -> EmployerMembership:
    """Speak for an employer no more; what was written and answered in its name stays with the employer.

    Raises EmployerMembership.DoesNotExist when it is not the membership of `by`, TransitionNotAllowed when
    it has ended or was never approved, and Refused for the last who administers the employer.
    """
    membership = EmployerMembership.objects.select_related("user").get(pk=membership_id, user=by)
    if membership.state != MembershipState.ACTIVE:
        raise TransitionNotAllowed(current=membership.state, wanted=MembershipState.ENDED)
    if membership.administers:
        _ensure_another_administrator(membership)
    MEMBERSHIP_LIFECYCLE.move(membership, to=MembershipState.ENDED, by=by, at=at, action="left")
    withdraw_invitations_by(membership, at=at)
    return membership


@one_write
def change_role(
    *, membership_id: UUID, role: MembershipRole | str, by: User, at: datetime
) -> EmployerMembership:
    """Give a member another role. Raises as `end_membership` does."""
    membership = EmployerMembership.objects.decidable_by(by).active().get(pk=membership_id)
    if membership.role == MembershipRole.ADMINISTRATOR and role != MembershipRole.ADMINISTRATOR:
        _ensure_another_administrator(membership)
    before, membership.role = membership.role, MembershipRole(role)
    membership.save(update_fields=["role"])
    audit.record(membership, "role_changed", by=by, at=at, changes={"role": [before, str(role)]})
    return membership


def _ensure_another_administrator(membership: EmployerMembership) -> None:
    """Lock the employer's administrators, so that of two who leave at once one is refused."""
    theirs = EmployerMembership.objects.filter(employer=membership.employer_id)
    list(locked(theirs))
    if not theirs.administrators().exclude(pk=membership.pk).exists():
        raise Refused(OrganisationRefusal.LAST_ADMINISTRATOR)
