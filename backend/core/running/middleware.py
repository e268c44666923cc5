"""What every request passes: no copies are kept, and what was sent twice is answered once more."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from backend.core.ui.http import TOKEN, answer_again, key_of, show_again
from backend.core.writing import unsent
from backend.core.writing.once import answer_to

UNSENT: Final = "unsent"
"""The field that asks for a form as it was typed."""
NEVER_KEPT: Final = {"", "admin", "api"}
"""Namespaces of forms that may hold passwords and codes, and of what is no form."""


class NoStoreWhenSignedIn:
    """Forbid browsers and proxies to keep pages that a signed-in person has seen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


def _leads_to_sign_in(response: HttpResponse) -> bool:
    """Tell whether somebody is led to sign in, or to the second factor, instead of an answer."""
    led_to = urlsplit(response.get("Location", "")).path
    return bool(led_to) and led_to in map(reverse, settings.SIGN_IN_PAGES)


class LeadTheWholePageToSignIn:
    """Lead a reader whose session has ended to sign in, also when only a part of the page was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.headers.get("HX-Request") or not _leads_to_sign_in(response):
            return response
        if request.get_full_path() not in parse_qs(urlsplit(response["Location"]).query).get("next", []):
            return HttpResponseClientRedirect(response["Location"])
        # Afterwards to the page that the reader sees, never to the address of the part.
        seen = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        sign_in = urlsplit(response["Location"]).path
        return HttpResponseClientRedirect(f"{sign_in}?{urlencode({'next': seen})}")


class KeepWhatWasTyped:
    """Keep a form whose sender's session has ended, and show it again when that person has signed in.

    Forms of ours alone: never the ones for passwords and codes. CsrfViewMiddleware refuses what comes from
    another site; here the form's own signed token says whose it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        owner = self._turned_away(request, response)
        if owner is None or not self._keep(request, owner):
            return response
        to, sign_in = reverse("core:unsent_list"), reverse(settings.LOGIN_URL)
        if not request.user.is_authenticated:
            messages.info(request, _("You had been signed out. What you typed is kept: sign in and go on."))
        elif request.user.pk != owner:
            return response
        elif not _leads_to_sign_in(response):
            return redirect(to)
        else:
            messages.info(request, _("What you typed is kept: sign in with your code and go on."))
            sign_in = urlsplit(response["Location"]).path
        return redirect(f"{sign_in}?{urlencode({'next': to})}")

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Put what was typed in the place of the request to see it again."""
        if request.method != "POST" or UNSENT not in request.POST or not request.user.is_authenticated:
            return None
        key, address = request.POST[UNSENT], request.get_full_path()
        fields = unsent.take(key, owner=request.user, address=address, at=timezone.now())
        if fields is None:
            messages.error(request, _("What you had typed is no longer kept."))
            return redirect(address)
        show_again(request, fields)
        return None

    def _turned_away(self, request: HttpRequest, response: HttpResponse) -> UUID | None:
        """Return whose form was turned away because of who is signed in now, or because nobody is."""
        match = request.resolver_match
        if request.method != "POST" or match is None or match.namespace in NEVER_KEPT:
            return None
        is_refused = response.status_code == 403 and not getattr(request, "csrf_processing_done", False)
        is_turned_away = is_refused or _leads_to_sign_in(response)
        return unsent.maker_of(request.POST.get(TOKEN, "")) if is_turned_away else None

    def _keep(self, request: HttpRequest, owner: UUID) -> bool:
        page, address = urlsplit(request.headers.get("HX-Current-URL", "")).path, request.get_full_path()
        fields = request.POST.copy()
        for name in (TOKEN, "csrfmiddlewaretoken"):
            fields.pop(name, None)
        if page and page != request.path:
            return False  # a part of a page: the whole has not been sent
        return unsent.keep(fields, owner=owner, address=address, at=timezone.now()) is not None


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
