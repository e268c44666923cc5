"""Writes down whose data an answer shows, once the answer is made."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from backend.participants.access_log import write_down

SHOWS = {400, 409, 422}
"""Answers that are no success and still show the page with what is wrong."""


class WriteDownLooks:
    """Write the rows that `shown` has noted. When that fails the answer fails: nothing is shown unlogged."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 300 or response.status_code in SHOWS:
            write_down(request, at=timezone.now())
        return response
