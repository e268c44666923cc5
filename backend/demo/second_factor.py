"""The second factor in the demo: one key for all its staff, whose code the page fills in.

So the way that staff go is seen and tried without a phone. The forms are used where DEMO is on, which no
public host can be; whoever sets up an app of their own in the demo is offered nothing.
"""

from collections.abc import Iterator
from typing import Any, Final

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User

DEMO_KEY: Final = "PRAKTIKBRONPRAKTIKBRONPRAKTIKBRO"


def give_second_factor(user: User) -> None:
    """Give a made-up member of staff the second factor that the demo knows."""
    TOTP.activate(user, DEMO_KEY)


def code_of(user: User) -> str:
    """Return a code that the demo's key gives now and that was not used; empty where there is none."""
    own = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if own is None or decrypt(own.data["secret"]) != DEMO_KEY:
        return ""
    factor = TOTP(own)
    return next((code for code in _codes() if not cache.get(factor._get_used_cache_key(code))), "")


def _codes() -> Iterator[str]:
    """Yield the codes that are taken now, that of this half minute first."""
    before, now, after = yield_hotp_counters_from_time()
    return (format_hotp_value(hotp_value(DEMO_KEY, counter)) for counter in (now, after, before))


class _FilledIn(forms.Form):
    """A form of a code that says what the code is."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        if offered := code_of(self.user):
            code.initial = offered
            code.help_text = _(
                "This is the demo: the code is filled in. Elsewhere an app on the phone shows it."
            )


class DemoAuthenticateForm(_FilledIn, AuthenticateForm):
    """The second step of signing in."""


class DemoReauthenticateForm(_FilledIn, ReauthenticateForm):
    """The second factor once more."""
