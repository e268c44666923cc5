"""Days of which nobody has said who was there."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.activities.models import ActivitySession
from backend.activities.planning import working_days_before
from backend.core.ui import words
from backend.home.day.todo import Todo, called, of_person, standing_as
from backend.home.enums import Matter, Part
from backend.internships.models import Internship
from backend.participants.models import ParticipantQuerySet

ASKED_AFTER = 2
"""Working days that the workplace has before the coach is asked to see to it."""


def unmarked(cases: ParticipantQuerySet, *, today: date) -> Iterator[Todo]:
    """Yield one row an internship with days that have waited longer than the workplace has to mark them."""
    waiting = ActivitySession.objects.unmarked().filter(
        internship__participant__in=cases, date__lt=working_days_before(today, ASKED_AFTER)
    )
    counted = waiting.order_by().values("internship")
    found: dict[UUID, Any] = {
        each["internship"]: each
        for each in counted.annotate(n=Count("pk"), oldest=Min("date"), newest=Max("date"))
    }
    rows: Any = Internship.objects.filter(pk__in=found) if found else ()
    for internship in rows and rows.select_related("participant", "workplace__employer").order_by("pk"):
        yield _row(internship, found[internship.pk], today=today)


def _row(internship: Internship, days: Any, *, today: date) -> Todo:
    count, oldest = days["n"], days["oldest"]
    person = internship.participant
    also = ngettext("%(n)s day", "%(n)s days", count) % {"n": count}
    return Todo(
        matter=Matter.ATTENDANCE,
        part=Part.NOW,
        reason=_("Attendance is not marked"),
        title=f"{called(person)} · {internship.workplace.employer}",
        url=reverse("activities:attendance", args=[internship.pk]),
        page=internship.get_absolute_url(),
        action=_("See the days"),
        since=oldest,
        tone="warning",
        when=words.days_passed((today - oldest).days),
        also=(also,),
        thing=internship.pk,
        stands=standing_as(count, days["newest"]),
        **of_person(person),
    )
