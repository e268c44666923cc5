"""Marking who was there, for everybody at the workplace at once, on a phone."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import persona_required, signed_in
from backend.accounts.enums import Persona
from backend.activities import services
from backend.activities.models import ActivitySession
from backend.activities.pages.access_log import ROLL_CALL
from backend.activities.pages.at_workplace import at_workplace, days_left, sessions_of
from backend.activities.pages.forms import RollCallForm
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.participants.access_log import shown


@require_http_methods(["GET", "POST"])
@persona_required(Persona.EMPLOYER)
def roll_call(request: HttpRequest) -> HttpResponse:
    """Show who is expected on a day, and take who was there in one save; the rest is confirmed first."""
    reader, at = signed_in(request), timezone.now()
    day, today = _day(request), timezone.localdate()
    rows = sessions_of(reader, day, today=today)
    shown(request, rows.values_list("internship__participant", flat=True).order_by("pk"), page=ROLL_CALL)
    sessions = at_workplace(rows, at=at)
    form = RollCallForm(posted(request), sessions=sessions)
    asks = False
    if request.method == "POST" and form.is_valid():
        asks = form.is_for_rest and bool(form.rest) and not form.is_confirmed
        what: dict[str, Any] = {"to": _page(day), "said": _said, "marks": form.said}
        if not asks and (answer := ask_form(request, form, services.mark_sessions, **what)):
            return answer
    context = {"form": form, "sessions": sessions, "day": day, "today": today, "asks": asks}
    context |= {"left": [each for each in days_left(reader, at=at) if each[0] != day]}
    return render(request, "activities/roll_call.html", context, status=200 if asks else status_of(form))


def _day(request: HttpRequest) -> date:
    """Return which day the address names: today, unless it is another that has been or comes."""
    try:
        return parse_date(request.GET.get("day", "")) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


def _page(day: date) -> str:
    return f"{reverse('activities:roll_call')}?day={day}"


def _said(marks: list[Any]) -> str:
    return ngettext("%(n)s person is marked.", "%(n)s people are marked.", len(marks)) % {"n": len(marks)}


@require_POST
@persona_required(Persona.EMPLOYER, Persona.STAFF)
def session_call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call one session off."""
    said = _("The day is called off.")
    what: dict[str, Any] = {"session_id": pk, "to": _back(request), "back": _way_back(request, pk)}
    what["state"] = request.POST.get("state", "")
    return ask(request, services.call_off_session, said=said, **what)


@require_POST
@persona_required(Persona.EMPLOYER, Persona.STAFF)
def session_take_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a session that was called off take place after all."""
    said = _("The day takes place after all.")
    what: dict[str, Any] = {"session_id": pk, "to": _back(request), "back": _way_back(request, pk)}
    return ask(request, services.take_up_session, said=said, **what)


def _back(request: HttpRequest) -> Any:
    """Return what makes the page to go back to: the roll call for the workplace, else the session's own."""
    is_employer = signed_in(request).persona == Persona.EMPLOYER
    return (lambda session: _page(session.date)) if is_employer else None


def _way_back(request: HttpRequest, pk: UUID) -> str:
    is_employer = signed_in(request).persona == Persona.EMPLOYER
    return reverse("activities:roll_call") if is_employer else ActivitySession(pk=pk).get_absolute_url()
