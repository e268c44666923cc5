"""The demo stays on this machine and in its own database: its password and its codes are known to all."""

from collections.abc import Callable, Iterator
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from backend.accounts.models import User
from backend.core.running.loopback import is_loopback
from backend.core.running.start import ask_at_start
from backend.demo.models import DemoFounding

FORWARDED: Final = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-Ip",
)
"""What a proxy adds to a request."""
REFUSED: Final = "The demo answers on this machine only, without a proxy: anybody could sign in as anybody."


class AnswerThisMachineOnly:
    """Refuse in the demo every request that comes from another machine, or by way of a proxy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_here = is_loopback(request.META.get("REMOTE_ADDR", ""))
        if settings.DEMO and (not is_here or any(name in request.headers for name in FORWARDED)):
            return HttpResponseForbidden(REFUSED, content_type="text/plain")
        return self.get_response(request)


def is_demos_own() -> bool:
    """Tell whether the demo data were made in this database."""
    return DemoFounding.objects.exists()


@ask_at_start
def database_of_another_kind() -> Iterator[str]:
    """Yield why this process must not use its database: people that are real, or accounts that are not."""
    try:
        is_own, has_people = is_demos_own(), User.objects.exists()
    except DatabaseError:  # no tables yet
        return
    if settings.DEMO and has_people and not is_own:
        yield "DEMO is on, and the demo data did not make this database: there may be real people in it."
    if is_own and not settings.DEMO:
        yield "The demo data made this database: everybody knows the password of its accounts."
