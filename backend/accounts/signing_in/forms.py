"""The forms of signing in that are not allauth's own: the password, the codes, the second factor.

Apart from `forms`, which allauth imports while its own forms, needed here, are being made.
"""

from typing import Any

from allauth.account.forms import LoginForm, PasswordField
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _

from backend.accounts.signing_in.second_factor import needs_second_factor


class PasswordLoginForm(LoginForm):
    """E-mail address and password: allauth leaves the password out where nobody signs up with one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = PasswordField(label=_("Password"), autocomplete="current-password")
        self.order_fields(["login", "password", "remember"])


class SetUpAppForm(ActivateTOTPForm):
    """Sets up an app that shows codes; says whether its owner gets no further without."""

    @property
    def must_set_up(self) -> bool:
        """Tell whether the user needs a second factor and has none."""
        return needs_second_factor(self.user) and not Authenticator.objects.filter(user=self.user).exists()


class AddKeyForm(AddWebAuthnForm):
    """Adds a passkey, which opens by itself unless its owner wants a code or a password beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What do you call it?")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = _("It is enough by itself")
        self.fields["passwordless"].help_text = _("Asks for your finger, face or PIN, and for nothing else.")
