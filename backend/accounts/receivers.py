"""What people do with their own accounts, on allauth's pages, written in the log as what others do is."""

from typing import Any

from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.accounts.staff.services import note_acceptance
from backend.core.writing import audit


@receiver(email_changed, dispatch_uid="accounts.address_changed")
def note_address(*, user: User, **_signal: Any) -> None:
    """Write that somebody's own e-mail address is another."""
    audit.record(user, "address_changed", by=user, at=timezone.now())


@receiver([password_changed, password_set, password_reset], dispatch_uid="accounts.password_changed")
def note_password(*, user: User, **_signal: Any) -> None:
    """Write that somebody changed their own password."""
    audit.record(user, "password_changed", by=user, at=timezone.now())


@receiver(authenticator_added, dispatch_uid="accounts.second_factor_added")
def note_second_factor(*, user: User, **_signal: Any) -> None:
    """Write that somebody set up a second factor."""
    audit.record(user, "second_factor_added", by=user, at=timezone.now())


@receiver(authenticator_removed, dispatch_uid="accounts.second_factor_removed")
def note_lost_factor(*, user: User, **_signal: Any) -> None:
    """Write that somebody took away their own second factor."""
    audit.record(user, "second_factor_removed", by=user, at=timezone.now())


@receiver(authenticator_reset, dispatch_uid="accounts.recovery_codes_made")
def note_recovery_codes(*, user: User, **_signal: Any) -> None:
    """Write that somebody made new recovery codes."""
    audit.record(user, "recovery_codes_made", by=user, at=timezone.now())


@receiver(user_logged_in, dispatch_uid="accounts.invitation_accepted")
def note_invited(*, user: User, **_signal: Any) -> None:
    """Let the code of an invitation open nothing any more once its receiver has come, by whichever way."""
    if user.persona == Persona.STAFF:
        note_acceptance(user=user, at=timezone.now())
