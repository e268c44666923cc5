"""What every request passes: no copies are kept, and what was sent twice is answered once more."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from backend.core.ui.http import answer_again, key_of
from backend.core.writing.once import answer_to


class NoStoreWhenSignedIn:
    """Forbid browsers and proxies to keep pages that a signed-in person has seen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


class AnswerWhatWasSentTwice:
    """Answer a form that has been taken already with what it made.

    The page that it is for may have nothing left to do, or nobody to find; core.ui.http.ask says the rest.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request) if request.user.is_authenticated else ""
        if not key:
            return self.get_response(request)
        before = answer_to(key, by=request.user)
        if before is not None:
            return answer_again(request, before)
        response = self.get_response(request)
        # The first may have been taken while this one was looking for what to do.
        meanwhile = answer_to(key, by=request.user) if response.status_code >= 400 else None
        return response if meanwhile is None else answer_again(request, meanwhile)
