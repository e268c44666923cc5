"""What every request passes: no copies are kept, and what was sent twice is answered once more."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

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


class LeadTheWholePageToSignIn:
    """Lead a reader whose session has ended to sign in, also when only a part of the page was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sign_in = reverse(settings.LOGIN_URL)
        if not request.headers.get("HX-Request") or not response.get("Location", "").startswith(sign_in):
            return response
        # Afterwards to the page that the reader sees, never to the address of the part.
        seen = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        return HttpResponseClientRedirect(f"{sign_in}?{urlencode({'next': seen})}")


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
