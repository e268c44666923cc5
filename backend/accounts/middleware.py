"""Ends sessions, lets in with two factors, keeps guests to their pages, speaks the account's language."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.accounts.signing_in.second_factor import (
    NotFreshError,
    has_passed,
    needs_second_factor,
    to_second_factor,
)

BEGAN, SEEN = "began", "seen"
WRITTEN_EVERY = 20
"""A session is written when a twentieth of its idle time has passed, not at every request."""
ON_THE_WAY = ("mfa_", "account_logout", "account_reauthenticate")
"""Pages on which a second factor is set up or passed, or which lead away."""


class EndIdleSessions:
    """Sign out who has done nothing for as long as SESSION_LIMITS says of such an account, or came long ago.

    Each request puts the end off, until the limit that counts from signing in. A clock that is set back
    ends no session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            _look_at(request, request.user)
        return self.get_response(request)


class SpeakTheAccountsLanguage:
    """Show the pages in the language of the account, on whichever device; others go by the device's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


class KeepGuestsToTheirPages:
    """Open to a guest from an agency what is for everybody and GUEST_PAGES; the rest is not there for them.

    Every other page decides for itself who may see what. A guest is let in for one thing, so a page that
    forgets them is closed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: Any
    ) -> HttpResponse | None:
        """Return None for who may go on. Raises Http404 for a guest on somebody else's page."""
        user, match = request.user, request.resolver_match
        if not isinstance(user, User) or user.persona != Persona.AGENCY:
            return None
        is_for_everybody = not getattr(view, "login_required", True) and not _is_program(request)
        name = match.view_name if match else ""
        if not is_for_everybody and not name.startswith(settings.GUEST_PAGES):
            raise Http404
        return None


class RequireSecondFactor:
    """Lead whoever needs a second factor to it, from every page but those that are for everybody.

    At the first sign-in that is where it is set up. Programs are told by 403.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: Any
    ) -> HttpResponse | None:
        """Return the way to the second factor, or None for who may go on."""
        user, match = request.user, request.resolver_match
        # Of its own views the REST framework says that they need no sign-in, for it asks itself.
        is_for_everybody = not getattr(view, "login_required", True) and not _is_program(request)
        if is_for_everybody or not isinstance(user, User) or not needs_second_factor(user):
            return None
        if match is None or (match.url_name or "").startswith(ON_THE_WAY) or has_passed(request):
            return None
        return _lead_to_second_factor(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the way to the second factor when what was asked for wants it anew."""
        return _lead_to_second_factor(request) if isinstance(error, NotFreshError) else None


def _is_program(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.namespace == "api"


def _lead_to_second_factor(request: HttpRequest) -> HttpResponse:
    if _is_program(request):
        words = _("Sign in with your second factor first.")
        return JsonResponse({"detail": words, "code": "second_factor"}, status=403)
    return to_second_factor(request)


def _look_at(request: HttpRequest, user: User) -> None:
    session, now = request.session, timezone.now().timestamp()
    idle, whole = (limit.total_seconds() for limit in settings.SESSION_LIMITS[user.persona])
    unseen, gone_on = (now - session.get(since, now) for since in (SEEN, BEGAN))
    if unseen > idle or gone_on > whole:
        logout(request)
    elif SEEN not in session or abs(unseen) > idle / WRITTEN_EVERY:
        _note(session, now=now, until=min(idle, whole - gone_on))


def _note(session: SessionBase, *, now: float, until: float) -> None:
    session[SEEN] = now
    session.setdefault(BEGAN, now)  # a session that began before this was noted
    session.set_expiry(timedelta(seconds=until))


@receiver(user_logged_in, dispatch_uid="accounts.begin_session")
def begin_session(*, request: HttpRequest, user: User, **_signal: object) -> None:
    """Note when somebody signed in, and how long the session lasts unless it is used."""
    idle, _whole = settings.SESSION_LIMITS[user.persona]
    now = timezone.now().timestamp()
    request.session[BEGAN] = now
    _note(request.session, now=now, until=idle.total_seconds())
