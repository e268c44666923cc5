"""The second factor of those who open files of people: whether this session has passed one, and how lately.

Signing in with a code from an app, a passkey or a recovery code leaves a record in the session; what is asked
here is read from there, without a query. See docs/decisions/0017-staff-sign-in-with-two-factors.md.
"""

import time
from datetime import timedelta
from functools import wraps
from typing import Final

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from backend.accounts.access import View, signed_in
from backend.accounts.enums import Persona
from backend.accounts.models import User

FRESH: Final = timedelta(minutes=15)
"""How lately the second factor must have been passed to open a page that asks for a fresh one."""
WHILE_WRITING: Final = timedelta(hours=1)
"""How lately for sending such a page's form: filling it in takes a while."""


def needs_second_factor(user: User) -> bool:
    """Tell whether `user` signs in with two factors: staff, agencies, and who may use the administration."""
    is_trusted = user.persona in (Persona.STAFF, Persona.AGENCY) or user.is_staff or user.is_superuser
    return settings.STAFF_SECOND_FACTOR and is_trusted


def has_passed(request: HttpRequest, *, within: timedelta | None = None) -> bool:
    """Tell whether a second factor was passed in this session, and not longer ago than `within`."""
    records = get_authentication_records(request, signed_in(request))
    passed = [record["at"] for record in records if record["method"] == "mfa"]
    return bool(passed) and (within is None or time.time() - passed[-1] <= within.total_seconds())


def fresh_second_factor(view: View) -> View:
    """Open a view only to somebody who lately passed the second factor, and lead others to pass it again.

    For what is worst in the wrong hands: protected identities, lists that leave the house, roles. Whoever
    needs no second factor, and is let in by the view, passes.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = ask_for_fresh(request)
        return answer if answer is not None else view(request, *args, **kwargs)

    return guarded


class NotFreshError(Exception):
    """The second factor has to be passed again before this can be shown."""


def demand_fresh(request: HttpRequest, *, within: timedelta = WHILE_WRITING) -> None:
    """Go on only for somebody who passed the second factor within this time, or needs none.

    Raises NotFreshError, upon which the reader is led to it and back.
    """
    if needs_second_factor(signed_in(request)) and not has_passed(request, within=within):
        raise NotFreshError


def ask_for_fresh(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the second factor; None when it need not be passed again now."""
    within = WHILE_WRITING if request.method == "POST" else FRESH
    if not needs_second_factor(signed_in(request)) or has_passed(request, within=within):
        return None
    return to_second_factor(request)


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """Lead to where the second factor is passed, or set up by somebody who has none, and back to the page."""
    has_one = Authenticator.objects.filter(user=signed_in(request).pk).exists()
    way = reverse("mfa_reauthenticate" if has_one else "mfa_activate_totp")
    return redirect(f"{way}?{urlencode({'next': request.get_full_path()})}")


@receiver(authenticator_added, dispatch_uid="accounts.second_factor_set_up")
def pass_by_setting_up(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **_: object
) -> None:
    """Take the second factor that was set up just now, and proved by it, as passed in this session."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        proved = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
        record_authentication(request, user, "mfa", **proved)
