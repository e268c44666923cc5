"""What activities adds to the pages of internships: the way to the attendance, and how it stands."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from backend.accounts.access import signed_in
from backend.accounts.enums import Persona
from backend.activities.hours import hours_of
from backend.activities.models import ActivitySession
from backend.activities.pages.hours import lines_of
from backend.activities.pages.schedules import schedule_of
from backend.core.ui.panels import Panel, register
from backend.internships.enums import OPEN_INTERNSHIPS, InternshipState
from backend.internships.models import Internship


def internship_panel(request: HttpRequest, internship: Internship) -> dict[str, Any] | None:
    """Return the schedule and the hours of an internship, and where its attendance is read."""
    if internship.state == InternshipState.CANCELLED:
        return None
    reader, at, today = signed_in(request), timezone.now(), timezone.localdate()
    is_staff = reader.persona == Persona.STAFF
    sessions = ActivitySession.objects.read_by(reader, on=today).filter(internship=internship)
    hours = hours_of(sessions.order_by("date", "pk").with_marks(), at=at)
    is_open = internship.state in OPEN_INTERNSHIPS
    may_plan = is_open and Internship.objects.decidable_by(reader).filter(pk=internship.pk).exists()
    own = reverse("activities:attendance", args=[internship.pk])
    return {
        "schedule": schedule_of(internship, today=today),
        "hours": lines_of(hours) if hours.planned else [],
        "attendance_url": own if is_staff else reverse("activities:my_attendance"),
        "plan_url": reverse("activities:schedule_plan", args=[internship.pk]) if may_plan else "",
        "usual_url": reverse("activities:schedule_usual", args=[internship.pk]) if may_plan else "",
    }


register(Panel("internships.internship", 10, "activities/_internship_panel.html", internship_panel))
