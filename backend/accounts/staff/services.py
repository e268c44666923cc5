"""Asking staff in, giving them roles and ending those, and the units they work in, by administrators.

Each takes the municipality's row first: of two administrators who take the role from each other at once, the
second is told that one must be left.
"""

from datetime import date, datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Assignment, Invitation, Municipality, Unit, User
from backend.accounts.refusals import AccountRefusal, StaffRefusal
from backend.accounts.staff.casebook import casebook
from backend.accounts.staff.codes import VALID_FOR, as_kept, new_code
from backend.accounts.staff.listing import staff_of
from backend.accounts.staff.mails import post_invitation
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write


@one_write
def invite_staff(
    *, municipality_id: UUID, name: str, email: str, role: Role, unit: Unit | None, by: User, at: datetime
) -> User:
    """Open an account for a new member of staff, give the role, and mail the code that opens it.

    Who has worked here before and holds no role any more is asked in again with the account of then. Raises
    Municipality.DoesNotExist for who does not administer it, and Refused for an address that is taken.
    """
    municipality = _locked(municipality_id, by=by)
    user = _account_for(email, name=name, municipality=municipality)
    _give(user, role=role, municipality=municipality, unit=unit, by=by, at=at)
    _send(user, municipality=municipality, by=by, at=at)
    return user


@one_write
def invite_again(*, user_id: UUID, by: User, at: datetime) -> User:
    """Mail a new code to somebody who has not come yet; the code of before opens nothing any more.

    Raises User.DoesNotExist for strangers, and Refused when the invitation waits no longer.
    """
    user = staff_of(by).get(pk=user_id)
    municipality = _locked(_municipality_of(user, by=by), by=by)
    _close_invitation(user, at=at)
    _send(user, municipality=municipality, by=by, at=at)
    return user


@one_write
def withdraw_invitation(*, user_id: UUID, by: User, at: datetime) -> User:
    """Take an invitation back: the code opens nothing, the roles end and the account is closed.

    Raises User.DoesNotExist for strangers, and Refused when the invitation waits no longer.
    """
    user = staff_of(by).get(pk=user_id)
    _locked(_municipality_of(user, by=by), by=by)
    _close_invitation(user, at=at)
    for role in locked(user.assignments.filter(ended_on=None)):
        _end(role, on=day_of(at), by=by, at=at)
    User.objects.filter(pk=user.pk).update(is_active=False)
    audit.record(user, "invitation_withdrawn", by=by, at=at)
    return user


@one_write
def accept_invitation(*, code: str, at: datetime) -> User:
    """Return whose account the code opens, once. Raises Refused for a code that opens none."""
    invitation = locked(Invitation.objects.open().filter(digest=as_kept(code)), "user").first()
    if invitation is None or invitation.expires_at <= at or not invitation.user.is_active:
        raise Refused(StaffRefusal.CODE_NOT_VALID, about="code")
    note_acceptance(user=invitation.user, at=at)
    return invitation.user


@one_write
def note_acceptance(*, user: User, at: datetime) -> None:
    """Note that somebody who was asked in has come, by whichever way: the code opens nothing any more."""
    if Invitation.objects.open().filter(user=user).update(accepted_at=at):
        audit.record(user, "invitation_accepted", by=user, at=at)


@one_write
def appoint(*, user_id: UUID, role: Role, unit: Unit | None, by: User, at: datetime) -> Assignment:
    """Give one of the municipality's own people another role.

    Raises User.DoesNotExist for strangers, and Refused for a role that is held or needs a unit.
    """
    user = staff_of(by).get(pk=user_id)
    where = unit.municipality_id if unit else _municipality_of(user, by=by)
    municipality = _locked(where, by=by)
    user = locked(User.objects.filter(pk=user.pk)).get()
    if not user.is_active:
        raise Refused(AccountRefusal.CLOSED)
    return _give(user, role=role, municipality=municipality, unit=unit, by=by, at=at)


@one_write
def let_go(*, assignment_id: UUID, last_day: date, by: User, at: datetime) -> Assignment:
    """End a role after `last_day`; what its holder had in hand goes to whoever answers for the unit.

    Raises Assignment.DoesNotExist for strangers, and Refused for a day that has passed, for the last
    administrator, and when open cases would be left without anybody who could act in them.
    """
    theirs = Assignment.objects.filter(municipality__in=Municipality.objects.run_by(by), ended_on=None)
    place = theirs.get(pk=assignment_id).municipality_id
    _locked(place, by=by)
    role = locked(theirs.filter(pk=assignment_id)).get()
    today = day_of(at)
    if last_day < today:
        raise Refused(StaffRefusal.DAY_PASSED, about="last_day")
    _refuse_last_administrator(role)
    _refuse_cases_left(role, today)
    if last_day > today:
        role.last_day = last_day
        role.save(update_fields=["last_day"])
        audit.record(role, "last_day_set", by=by, at=at, changes={"last_day": last_day.isoformat()})
    else:
        _end(role, on=today, by=by, at=at)
    return role


@one_write
def end_roles_after_their_last_day(*, at: datetime) -> int:
    """End the roles whose last day was before today; return how many they were."""
    over = list(locked(Assignment.objects.filter(ended_on=None, last_day__lt=day_of(at))))
    for role in over:
        _end(role, on=role.last_day or day_of(at), by=None, at=at)
    return len(over)


@one_write
def open_unit(*, municipality_id: UUID, name: str, by: User, at: datetime) -> Unit:
    """Add a unit.

    Raises Municipality.DoesNotExist for strangers, and ValidationError for a name that is taken.
    """
    unit = Unit(municipality=_locked(municipality_id, by=by), name=name)
    unit.full_clean(exclude=["sort_key"])
    unit.save()
    audit.record(unit, "unit_opened", by=by, at=at)
    return unit


@one_write
def rename_unit(*, unit_id: UUID, name: str, by: User, at: datetime) -> Unit:
    """Give a unit another name.

    Raises Unit.DoesNotExist for strangers, and ValidationError for a name that is taken.
    """
    unit = _locked_unit(unit_id, by=by)
    if unit.name != name:
        before, unit.name = unit.name, name
        unit.full_clean(exclude=["sort_key"])
        unit.save()
        audit.record(unit, "unit_renamed", by=by, at=at, changes={"name": [before, name]})
    return unit


@one_write
def close_unit(*, unit_id: UUID, by: User, at: datetime) -> Unit:
    """Close a unit that nobody works in and that has no open case. Raises Unit.DoesNotExist, and Refused."""
    unit = _locked_unit(unit_id, by=by)
    if unit.closed_on is not None:
        return unit
    if unit.assignments.filter(ended_on=None).exists():
        raise Refused(StaffRefusal.UNIT_HAS_STAFF)
    if cases := casebook().in_unit(unit.pk):
        raise Refused(StaffRefusal.UNIT_HAS_CASES, n=cases)
    unit.closed_on = day_of(at)
    unit.save(update_fields=["closed_on"])
    audit.record(unit, "unit_closed", by=by, at=at)
    return unit


def _locked(municipality_id: UUID, *, by: User) -> Municipality:
    return locked(Municipality.objects.run_by(by).filter(pk=municipality_id)).get()


def _locked_unit(unit_id: UUID, *, by: User) -> Unit:
    unit = Unit.objects.run_by(by).get(pk=unit_id)
    _locked(unit.municipality_id, by=by)
    return locked(Unit.objects.filter(pk=unit_id)).get()


def _municipality_of(user: User, *, by: User) -> UUID:
    """Return in which of the municipalities that `by` administers `user` works or has worked last."""
    roles = user.assignments.filter(municipality__in=Municipality.objects.run_by(by))
    where: UUID = roles.order_by("ended_on", "pk").values_list("municipality", flat=True)[0]
    return where


def _account_for(email: str, *, name: str, municipality: Municipality) -> User:
    """Return the account of somebody who worked here before and does no longer, or a new one."""
    known = locked(User.objects.filter(email__iexact=email)).first()
    if known is None:
        return _new_account(email, name=name)
    roles = known.assignments.all()
    has_left = roles.exists() and not roles.filter(ended_on=None).exists()
    is_ours = known.persona == Persona.STAFF and not known.is_superuser
    if not (is_ours and has_left) or roles.exclude(municipality=municipality).exists():
        raise Refused(AccountRefusal.ADDRESS_TAKEN, about="email")
    known.is_active, known.name = True, name
    known.save(update_fields=["is_active", "name", "sort_key", "search_key"])
    _prove_by_code(known)
    return known


def _new_account(email: str, *, name: str) -> User:
    if EmailAddress.objects.filter(email__iexact=email).exists():
        raise Refused(AccountRefusal.ADDRESS_TAKEN, about="email")
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, name=name)
    except IntegrityError as error:  # somebody else was given it at this moment
        raise Refused(AccountRefusal.ADDRESS_TAKEN, about="email") from error
    _prove_by_code(user)
    return user


def _prove_by_code(user: User) -> None:
    """Take the address as proved: only a code that is sent there opens the account."""
    proved = {"verified": True, "primary": True}
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults=proved)


def _send(user: User, *, municipality: Municipality, by: User, at: datetime) -> None:
    code = new_code()
    Invitation.objects.create(user=user, digest=as_kept(code), sent_at=at, expires_at=at + VALID_FOR)
    audit.record(user, "staff_invited", by=by, at=at)
    post_invitation(user, code=code, municipality=str(municipality), at=at)


def _close_invitation(user: User, *, at: datetime) -> None:
    if not Invitation.objects.open().filter(user=user).update(withdrawn_at=at):
        raise Refused(StaffRefusal.NOT_WAITING)


def _give(
    user: User, *, role: Role, municipality: Municipality, unit: Unit | None, by: User, at: datetime
) -> Assignment:
    if role != Role.ADMINISTRATOR and unit is None:
        raise Refused(StaffRefusal.NO_UNIT, about="unit")
    where = None if role == Role.ADMINISTRATOR else unit
    if where is not None and not Unit.objects.open().filter(pk=where.pk, municipality=municipality).exists():
        raise Refused(StaffRefusal.UNIT_CLOSED, about="unit")
    held = user.assignments.filter(municipality=municipality, unit=where, role=role, ended_on=None)
    if held.exists():
        raise Refused(AccountRefusal.ROLE_HELD, about="role")
    given = Assignment.objects.create(user=user, municipality=municipality, unit=where, role=role)
    audit.record(given, "role_given", by=by, at=at, to_state=role)
    return given


def _end(role: Assignment, *, on: date, by: User | None, at: datetime) -> None:
    role.ended_on = on
    role.save(update_fields=["ended_on"])
    audit.record(role, "role_ended", by=by, at=at, from_state=role.role)


def _refuse_last_administrator(role: Assignment) -> None:
    """Raise Refused when nobody else administers the municipality for good, and has signed in."""
    others = Assignment.objects.filter(
        municipality=role.municipality_id, role=Role.ADMINISTRATOR, ended_on=None, last_day=None
    ).exclude(pk=role.pk)
    waiting = Invitation.objects.open().values("user")
    others = others.filter(user__is_active=True).exclude(user=role.user_id).exclude(user__in=waiting)
    if role.role == Role.ADMINISTRATOR and not others.exists():
        raise Refused(StaffRefusal.LAST_ADMINISTRATOR)


def _refuse_cases_left(role: Assignment, today: date) -> None:
    """Raise Refused when open cases would have nobody, once the role has ended."""
    if role.unit_id is None:
        return
    before = casebook().without_anybody(role.unit_id)
    ended = Assignment.objects.filter(pk=role.pk)
    ended.update(ended_on=today)
    left = casebook().without_anybody(role.unit_id) - before
    ended.update(ended_on=None)
    if left > 0:
        raise Refused(StaffRefusal.CASES_LEFT, n=left)
