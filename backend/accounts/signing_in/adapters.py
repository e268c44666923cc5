"""How django-allauth creates our users, and what it keeps of their second factors."""

from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.accounts.signing_in.second_factor import FRESH, demand_fresh, needs_second_factor
from backend.accounts.signing_in.thrown_away import is_thrown_away
from backend.accounts.spoken.services import choose_language
from backend.core.outbox import sign_in
from backend.core.sealed import seal, unseal

_PURPOSE = b"second factor"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up at the open door makes an employer's account; staff and participants are invited."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - allauth's signature
        """Fill a new account from the sign-up form; `commit` as in allauth."""
        user.persona = Persona.EMPLOYER
        user.name = form.cleaned_data.get("name", "")
        user.phone = form.cleaned_data.get("phone", "")
        user.language = get_language() or user.language
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def clean_email(self, email: str) -> str:
        """Refuse an address that is made to be thrown away: whoever has an account must be reached."""
        address: str = super().clean_email(email)
        if is_thrown_away(address):
            raise ValidationError(
                _("Nobody can be reached at this address tomorrow. Choose one that you keep."),
                code="address_thrown_away",
            )
        return address

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        """Take the language in which somebody signs in for the first time as theirs."""
        language = get_language()
        if user.last_login is None and language and language != user.language:
            choose_language(language=language, by=user, at=timezone.now())
            user.language = language
        return super().pre_login(request, user, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Let the worker send a mail of allauth's, as long as what stands in it is valid."""
        request = allauth_context.request
        site = get_current_site(request)
        words = {"request": request, "email": email, "current_site": site, **context}
        mail = self.render_mail(template_prefix, email, words)
        sign_in.post(mail, at=timezone.now(), valid_for=_valid_for(template_prefix))

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


def _valid_for(template_prefix: str) -> timedelta:
    """Return how long a mail of allauth's is of use: as long as its code, and a notice for a day."""
    codes = {
        "login_code": app_settings.LOGIN_BY_CODE_TIMEOUT,
        "unknown_account": app_settings.LOGIN_BY_CODE_TIMEOUT,
        "email_confirmation": app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
        "email_confirmation_signup": app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
        "password_reset_code": app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT,
    }
    seconds = codes.get(template_prefix.rpartition("/")[2])
    return timedelta(days=1) if seconds is None else timedelta(seconds=seconds)


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
