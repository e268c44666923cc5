"""A user's own calendar: the page with its secret address, and what a calendar program reads there."""

from datetime import timedelta
from typing import Final

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from backend.accounts.access import signed_in
from backend.core.calendars import as_ics, entries_of
from backend.core.ui.http import ask
from backend.home.calendar.address import (
    digest_of,
    make_calendar_address,
    reader_of,
    revoke_calendar_address,
)
from backend.home.models import CalendarAddress

BACK, AHEAD = timedelta(days=60), timedelta(days=366)
SHOWN_ONCE: Final = "calendar_shown_once"


@never_cache
@require_GET
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Say how one's own calendar is read elsewhere; a new address is shown this once."""
    token = request.session.pop(SHOWN_ONCE, "")
    kept = CalendarAddress.objects.filter(user=signed_in(request)).first()
    path = reverse("home:calendar_feed", args=[token]) if token else ""
    context = {"kept": kept, "new": settings.SITE_URL + path if path else ""}
    return render(request, "home/my_calendar.html", context)


@require_POST
def calendar_renew(request: HttpRequest) -> HttpResponse:
    """Make an address, anew where there is one."""

    def make(**who: object) -> str:
        token = make_calendar_address(**who)  # type: ignore[arg-type]
        request.session[SHOWN_ONCE] = token
        return token

    return ask(request, make, to="home:my_calendar", said=_("The address is made."))


@require_POST
def calendar_revoke(request: HttpRequest) -> HttpResponse:
    """Let the address lead nowhere."""
    said = _("The address leads nowhere any more.")
    return ask(request, revoke_calendar_address, to="home:my_calendar", said=said)


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give a calendar program what concerns whoever made the address; it names nobody."""
    if not ratelimit.consume(request, action="read_calendar", key=digest_of(token)):
        limited: HttpResponse = ratelimit.respond_429(request)
        return limited
    user, today = reader_of(token), timezone.localdate()
    if user is None:
        raise Http404
    with translation.override(user.language):
        found = entries_of(user, since=today - BACK, until=today + AHEAD)
        body = as_ics(found, name="Praktikbron")
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    patch_cache_control(answer, private=True, max_age=900)
    return answer
