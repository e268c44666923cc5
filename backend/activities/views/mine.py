"""A participant's own attendance, and saying that one does not come."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import persona_required, signed_in
from backend.accounts.enums import Persona
from backend.activities import services
from backend.activities.hours import hours_of
from backend.activities.models import AbsenceReport, ActivitySession
from backend.activities.pages.access_log import ATTENDANCE
from backend.activities.pages.forms import AbsenceForm
from backend.activities.pages.hours import lines_of
from backend.activities.pages.weeks import WEEK, monday_of, name_of, week_from
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.internships.enums import OPEN_INTERNSHIPS
from backend.internships.models import Internship
from backend.participants.access_log import shown


@require_GET
@persona_required(Persona.PARTICIPANT)
def my_attendance(request: HttpRequest) -> HttpResponse:
    """Show participants a week of their own: when, what was said of them and by whom, and their hours."""
    reader, at, today = signed_in(request), timezone.now(), timezone.localdate()
    monday = monday_of(request.GET.get("week", ""), default=today)
    mine = ActivitySession.objects.read_by(reader, on=today)
    theirs = Internship.objects.visible_to(reader).filter(state__in=OPEN_INTERNSHIPS)
    reports = AbsenceReport.objects.read_by(reader, on=today).standing().filter(last_on__gte=today)
    context = {
        "week": week_from(mine.filter(date__gte=monday, date__lt=monday + WEEK), monday, reader, at=at),
        "before": name_of(monday - WEEK),
        "after": name_of(monday + WEEK),
        "hours": lines_of(hours_of(mine.order_by("date", "pk").with_marks(), at=at)),
        "internships": theirs.select_related("workplace__employer").order_by("starts_on", "pk"),
        "reports": reports.order_by("first_on", "pk"),
    }
    return render(request, "activities/my_attendance.html", context)


@require_http_methods(["GET", "POST"])
@persona_required(Persona.PARTICIPANT, Persona.STAFF)
def absence_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that the participant will be away, or was."""
    reader = signed_in(request)
    is_staff = reader.persona == Persona.STAFF
    theirs = Internship.objects.decidable_by(reader) if is_staff else Internship.objects.visible_to(reader)
    internship = get_object_or_404(theirs.select_related("participant", "workplace__employer"), pk=pk)
    shown(request, [internship.participant], page=ATTENDANCE)
    today = timezone.localdate()
    form = AbsenceForm(posted(request), initial={"first_on": today, "last_on": today})
    back = reverse("activities:attendance", args=[pk]) if is_staff else reverse("activities:my_attendance")
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"internship_id": pk, **form.cleaned_data}
        said = _("It is reported. The workplace and the job coach are told.")
        if answer := ask_form(request, form, services.report_absence, to=back, said=said, **what):
            return answer
    context = {"form": form, "internship": internship, "is_staff": is_staff, "back": back}
    return render(request, "activities/absence_report.html", context, status=status_of(form))


@require_POST
@persona_required(Persona.PARTICIPANT, Persona.STAFF)
def absence_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back a report of absence."""
    reader = signed_in(request)
    readable = AbsenceReport.objects.read_by(reader, on=timezone.localdate())
    report = get_object_or_404(readable, pk=pk)
    own, is_staff = reverse("activities:my_attendance"), reader.persona == Persona.STAFF
    back = reverse("activities:attendance", args=[report.internship_id]) if is_staff else own
    said = _("The report is taken back.")
    return ask(request, services.withdraw_absence, report_id=pk, to=back, said=said)
