"""Accounts and roles of staff: opened, changed, closed, given and taken, each with a row in the log.

For operators, whom `createsuperuser` makes; participants are invited from their file, employers sign up.
"""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Assignment, Municipality, Unit, User
from backend.accounts.refusals import AccountRefusal
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write


@one_write
def open_account(*, email: str, name: str, phone: str, language: str, by: User, at: datetime) -> User:
    """Open an account for a member of staff, who signs in by a code that is sent to the address.

    Raises User.DoesNotExist for who is no operator, and Refused when the address has an account.
    """
    _operator(by)
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, name=name, phone=phone, language=language)
    except IntegrityError as error:
        raise Refused(AccountRefusal.ADDRESS_TAKEN, about="email") from error
    # Only a code that is sent to the address opens the account, which proves it.
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit.record(user, "account_opened", by=by, at=at)
    return user


@one_write
def open_account_of_invited(*, email: str, name: str, phone: str, at: datetime) -> User:
    """Open an employer's account for somebody whom a mail to the address has asked in, which proves it.

    Raises Refused when the address has an account: that is opened by signing in alone.
    """
    if EmailAddress.objects.filter(email__iexact=email).exists():
        raise Refused(AccountRefusal.ADDRESS_TAKEN)
    language = get_language() or settings.LANGUAGE_CODE
    own = {"name": name, "phone": phone, "language": language, "persona": Persona.EMPLOYER}
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, **own)
    except IntegrityError as error:
        raise Refused(AccountRefusal.ADDRESS_TAKEN) from error
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit.record(user, "account_opened", by=user, at=at)
    return user


@one_write
def change_account(
    *, user_id: UUID, email: str, name: str, phone: str, language: str, by: User, at: datetime
) -> User:
    """Change what an account says of its owner. The log keeps which fields, never what stood in them.

    With another e-mail address the account is signed out everywhere: the old one opens it no more. Raises
    Refused when the address has an account, and for a participant, whose account follows the file's.
    """
    user = _locked(user_id, by=by)
    new = {"email": email.lower(), "name": name, "phone": phone, "language": language}
    changed = [field for field, value in new.items() if getattr(user, field) != value]
    if not changed:
        return user
    if "email" in changed:
        _refuse_address(email, of=user)
    for field in changed:
        setattr(user, field, new[field])
    user.save(update_fields=[*changed, "sort_key", "search_key"])
    if "email" in changed:
        _move_address(user)
        audit.record(user, "address_changed", by=by, at=at, changes={"fields": changed})
    else:
        audit.record(user, "account_changed", by=by, at=at, changes={"fields": changed})
    return user


@one_write
def close_account(*, user_id: UUID, by: User, at: datetime) -> User:
    """Close an account: its sessions and roles end, and what is open in its cases waits for others.

    Raises Refused for one's own.
    """
    user = _another(user_id, by=by)
    if user.is_active:
        user.is_active = False
        user.save(update_fields=["is_active"])
        sign_out_everywhere(user)
        for role in locked(user.assignments.filter(ended_on=None)):
            _end(role, by=by, at=at)
        audit.record(user, "account_closed", by=by, at=at)
    return user


@one_write
def reopen_account(*, user_id: UUID, by: User, at: datetime) -> User:
    """Open a closed account again; the roles that it had are given anew."""
    user = _locked(user_id, by=by)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        audit.record(user, "account_reopened", by=by, at=at)
    return user


@one_write
def set_operator(*, user_id: UUID, may: bool, by: User, at: datetime) -> User:
    """Let an account of staff use the administration, or no longer. Raises Refused for one's own."""
    user = _another(user_id, by=by)
    if user.persona != Persona.STAFF:
        raise Refused(AccountRefusal.NOT_STAFF)
    if user.is_superuser != may:
        user.is_staff = user.is_superuser = may
        user.save(update_fields=["is_staff", "is_superuser"])
        audit.record(user, "made_operator" if may else "operator_ended", by=by, at=at)
    return user


@one_write
def remove_second_factor(*, user_id: UUID, by: User, at: datetime) -> User:
    """Take away a lost second factor and sign the account out; at the next sign-in a new one is set up.

    Raises Refused for one's own.
    """
    user = _another(user_id, by=by)
    Authenticator.objects.filter(user=user).delete()
    sign_out_everywhere(user)
    audit.record(user, "second_factor_removed", by=by, at=at)
    return user


@one_write
def give_role(
    *, user_id: UUID, role: Role, municipality: Municipality, unit: Unit | None, by: User, at: datetime
) -> Assignment:
    """Give a member of staff a role in a unit, or as administrator in the municipality.

    Raises Refused when the role is held already, and for accounts that are closed or not of staff.
    """
    user = _locked(user_id, by=by)
    if user.persona != Persona.STAFF:
        raise Refused(AccountRefusal.NOT_STAFF, about="user")
    if not user.is_active:
        raise Refused(AccountRefusal.CLOSED, about="user")
    held = user.assignments.filter(municipality=municipality, unit=unit, role=role, ended_on=None)
    if held.exists():
        raise Refused(AccountRefusal.ROLE_HELD, about="role")
    given = Assignment(user=user, municipality=municipality, unit=unit, role=role)
    given.full_clean()
    given.save()
    audit.record(given, "role_given", by=by, at=at, to_state=role)
    return given


@one_write
def end_role(*, assignment_id: UUID, by: User, at: datetime) -> Assignment:
    """End a role today; what its holder had in hand waits for the unit's manager."""
    _operator(by)
    role = locked(Assignment.objects.filter(pk=assignment_id)).get()
    if role.ended_on is None:
        _end(role, by=by, at=at)
    return role


def sign_out_everywhere(user: User) -> None:
    """End every session of `user`."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def _end(role: Assignment, *, by: User, at: datetime) -> None:
    role.ended_on = day_of(at)
    role.save(update_fields=["ended_on"])
    audit.record(role, "role_ended", by=by, at=at, from_state=role.role)


def _operator(by: User) -> None:
    if not (by.is_active and by.is_superuser):
        raise User.DoesNotExist


def _locked(user_id: UUID, *, by: User) -> User:
    _operator(by)
    return locked(User.objects.filter(pk=user_id)).get()


def _another(user_id: UUID, *, by: User) -> User:
    user = _locked(user_id, by=by)
    if user == by:
        raise Refused(AccountRefusal.OWN_ACCOUNT)
    return user


def _move_address(user: User) -> None:
    """Let codes for signing in go to the new address of `user` alone."""
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    sign_out_everywhere(user)


def _refuse_address(email: str, *, of: User) -> None:
    """Raise Refused when `of` cannot sign in with the address."""
    if of.persona == Persona.PARTICIPANT:
        raise Refused(AccountRefusal.ADDRESS_OF_FILE, about="email")
    accounts = User.objects.filter(email__iexact=email).exclude(pk=of.pk)
    others = EmailAddress.objects.filter(email__iexact=email).exclude(user=of)
    if accounts.exists() or others.exists():
        raise Refused(AccountRefusal.ADDRESS_TAKEN, about="email")
