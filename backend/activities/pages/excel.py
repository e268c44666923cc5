"""The columns of the Excel file of an internship's attendance."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.activities.hours import Hours, hours_of
from backend.activities.models import ActivitySession
from backend.activities.pages.hours import HEADINGS
from backend.internships.models import Internship

EXPORTED = (
    _("Reference"),
    _("Day"),
    _("From"),
    _("To"),
    _("Break in minutes"),
    _("Planned"),
    _("Attendance"),
    _("Certificate"),
    _("Marked by"),
    _("Said as"),
    _("Marked at"),
    _("Versions"),
    _("The participant says"),
    *HEADINGS.values(),
)
COUNTED = [each.name for each in fields(Hours) if each.name in HEADINGS]


def exported(
    sessions: Iterable[ActivitySession], internship: Internship, *, at: datetime
) -> Iterator[list[Any]]:
    """Yield the cells of each session, in the order of EXPORTED; the last ones are minutes."""
    for each in sessions:
        mark, own, hours = each.standing, each.own, hours_of([each], at=at)
        yield [
            internship.participant.reference,
            each.date,
            f"{each.starts_at:%H:%M}",
            f"{each.ends_at:%H:%M}",
            each.break_minutes,
            each.get_state_display(),
            mark.get_code_display() if mark else str(HEADINGS["unmarked"]) if hours.unmarked else "",
            mark.get_certificate_display() if mark and mark.certificate else "",
            str(mark.marked_by) if mark else "",
            mark.get_capacity_display() if mark else "",
            mark.marked_at if mark else None,
            len(each.marks.all()),
            own.get_code_display() if own else "",
            *(getattr(hours, name) for name in COUNTED),
        ]
