"""Attendance of one internship, for those who follow the case, and of one session."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.access import persona_required, role_required, signed_in
from backend.accounts.enums import Persona, Role
from backend.accounts.models import User
from backend.accounts.signing_in.second_factor import fresh_second_factor
from backend.activities import services
from backend.activities.enums import Capacity
from backend.activities.hours import hours_of
from backend.activities.models import AbsenceReport, ActivitySession
from backend.activities.pages.access_log import ATTENDANCE
from backend.activities.pages.excel import EXPORTED, exported
from backend.activities.pages.forms import CallOffForm, MarkForm
from backend.activities.pages.hours import lines_of
from backend.activities.pages.schedules import schedule_of
from backend.activities.pages.weeks import WEEK, monday_of, name_of, shown_sessions, week_of
from backend.activities.planning import DAY
from backend.core.timeline import timeline
from backend.core.ui.excel import excel_response
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, status_of
from backend.internships.models import Internship
from backend.participants.access_log import EXPORT, shown

RELATED = ("participant__coach", "workplace__employer")


@require_GET
@role_required(Role.COACH, Role.MANAGER)
def attendance(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a week of an internship, what nobody has marked, and the hours of the whole."""
    reader, at = signed_in(request), timezone.now()
    theirs = Internship.objects.visible_to(reader).select_related(*RELATED)
    internship = get_object_or_404(theirs, pk=pk)
    shown(request, [internship.participant], page=ATTENDANCE)
    monday = monday_of(request.GET.get("week", ""), default=timezone.localdate())
    context = {"week": week_of(internship, monday, reader, at=at), **_standing(internship, reader, at=at)}
    context |= {"before": name_of(monday - WEEK), "after": name_of(monday + WEEK)}
    return render(request, "activities/attendance.html", context)


def _standing(internship: Internship, reader: User, *, at: datetime) -> dict[str, Any]:
    """Return how the attendance of the whole internship stands, whatever week is shown."""
    today = timezone.localdate()
    sessions = ActivitySession.objects.read_by(reader, on=today).filter(internship=internship)
    reports = AbsenceReport.objects.read_by(reader, on=today).filter(internship=internship)
    return {
        "internship": internship,
        "left": sessions.unmarked().started(at).exclude(date=today).order_by("date", "starts_at", "pk"),
        "hours": lines_of(hours_of(sessions.order_by("date", "pk").with_marks(), at=at)),
        "reports": reports.select_related("reported_by").order_by("-first_on", "pk"),
        "schedule": schedule_of(internship, today=today),
        "may_decide": Internship.objects.decidable_by(reader).filter(pk=internship.pk).exists(),
    }


@require_GET
@role_required(Role.COACH, Role.MANAGER)
@fresh_second_factor
def attendance_export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give every session of an internship with what stands of it as an Excel file."""
    reader, at = signed_in(request), timezone.now()
    internship = get_object_or_404(Internship.objects.visible_to(reader).select_related("participant"), pk=pk)
    shown(request, [internship.participant], page=EXPORT)
    sessions = ActivitySession.objects.read_by(reader, on=timezone.localdate()).filter(internship=internship)
    rows = exported(sessions.order_by("date", "starts_at", "pk").with_marks(), internship, at=at)
    return excel_response(_("attendance"), [str(each) for each in EXPORTED], rows)


@require_http_methods(["GET", "POST"])
@persona_required(Persona.STAFF, Persona.PARTICIPANT)
def session_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what each voice has said of a session, and take what the reader says."""
    reader, at = signed_in(request), timezone.now()
    readable = ActivitySession.objects.read_by(reader, on=timezone.localdate())
    related = [f"internship__{each}" for each in RELATED]
    session = get_object_or_404(readable.select_related(*related).with_marks(), pk=pk)
    if session.internship:
        shown(request, [session.internship.participant_id], page=ATTENDANCE)
    form = _form(request, session, reader)
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"session_id": pk, **form.cleaned_data}
        if answer := ask_form(request, form, services.mark_session, to=session, said=_("Saved."), **what):
            return answer
    context = {"form": form, **_about(session, reader)}
    context |= {"shown": shown_sessions([session], _reports(session, reader), at=at)[0]}
    return render(request, "activities/session_detail.html", context, status=status_of(form))


def _form(request: HttpRequest, session: ActivitySession, reader: User) -> MarkForm:
    is_staff = reader.persona == Persona.STAFF
    capacity = Capacity.COACH if is_staff else Capacity.PARTICIPANT
    before = session.standing if is_staff else session.own
    return MarkForm(posted(request), capacity=capacity, session=session, is_said=before is not None)


def _about(session: ActivitySession, reader: User) -> dict[str, Any]:
    markable = ActivitySession.objects.markable_by(reader, on=timezone.localdate())
    is_staff, may_mark = reader.persona == Persona.STAFF, markable.filter(pk=session.pk).exists()
    return {
        "session": session,
        "internship": session.internship,
        "is_staff": is_staff,
        "may_mark": may_mark,
        "call_off": CallOffForm() if is_staff and may_mark and not session.marks.all() else None,
        "timeline": timeline(session, reader=reader.persona),
    }


def _reports(session: ActivitySession, reader: User) -> list[AbsenceReport]:
    readable = AbsenceReport.objects.read_by(reader, on=session.date).filter(internship=session.internship)
    about = readable.touching(session.date, session.date + DAY)
    return list(about.select_related("reported_by").order_by("reported_at", "pk"))
