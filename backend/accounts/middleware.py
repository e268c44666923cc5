"""Ends a session that nobody uses, and one that has gone on for too long."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from backend.accounts.models import User

BEGAN, SEEN = "began", "seen"
WRITTEN_EVERY = 20
"""A session is written when a twentieth of its idle time has passed, not at every request."""


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
