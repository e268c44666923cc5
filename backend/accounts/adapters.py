"""How django-allauth creates our users, and what it keeps of their second factors."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.http import HttpRequest

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.accounts.second_factor import FRESH, demand_fresh, needs_second_factor
from backend.core.sealed import seal, unseal

_PURPOSE = b"second factor"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up at the open door makes an employer's account; staff and participants are invited."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - allauth's signature
        """Fill a new account from the sign-up form; `commit` as in allauth."""
        user.persona = Persona.EMPLOYER
        user.name = form.cleaned_data.get("name", "")
        user.phone = form.cleaned_data.get("phone", "")
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask nobody to sign in again who sets up their first second factor; and of staff the second alone.

        A password that somebody knows must not add a key to an account that needs two factors.
        """
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        user = self.request.user
        if not required or not isinstance(user, User):
            return required
        if app == "allauth.mfa" and not Authenticator.objects.filter(user=user).exists():
            return False
        if needs_second_factor(user):
            demand_fresh(self.request, within=FRESH)
            return False
        return True


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors sealed, and lets no member of staff be without one."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept."""
        return seal(text.encode(), purpose=_PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret that was kept; when its key is no longer known a new one that nobody has."""
        kept = unseal(encrypted_text, purpose=_PURPOSE)
        return generate_totp_secret() if kept is None else kept.decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Tell whether the user has another app or key, or needs none."""
        user: User = authenticator.user
        others = Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk)
        has_other = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return has_other or not needs_second_factor(user)
