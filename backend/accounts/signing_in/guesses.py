"""Guesses at a code that was mailed, counted in the database.

allauth counts them in the session, which two requests at once read at the same number. Here each is counted
under a lock, per session: a code opens in the session that asked for it alone.
"""

from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse


def counted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page where a code is typed be sent as often as ACCOUNT_RATE_LIMITS has for `confirm_code`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if "code" in request.POST and not _may_guess(request):
            answer: HttpResponse = ratelimit.respond_429(request)
            return answer
        return view(request, *args, **kwargs)

    return guarded


def _may_guess(request: HttpRequest) -> bool:
    key = request.session.session_key or ""
    may_guess: bool = ratelimit.consume(request, action="confirm_code", key=key)
    return may_guess
