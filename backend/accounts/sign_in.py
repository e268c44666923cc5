"""The form for those who sign in with a password.

Apart from `forms`, which allauth imports while its own forms, needed here, are being made.
"""

from typing import Any

from allauth.account.forms import LoginForm, PasswordField
from django.utils.translation import gettext_lazy as _


class PasswordLoginForm(LoginForm):
    """E-mail address and password: allauth leaves the password out where nobody signs up with one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = PasswordField(label=_("Password"), autocomplete="current-password")
        self.order_fields(["login", "password", "remember"])
