"""How many hours were planned, attended and missed: the one place that counts them, for pages and files."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Self

from backend.activities.enums import Certificate, Code
from backend.activities.models import ActivitySession, AttendanceMark
from backend.internships.models import Internship


@dataclass(frozen=True)
class Hours:
    """Minutes of what has begun; `planned` is the sum of all the others but `to_come` and `off`.

    `off` was called off or is a public holiday, and asks for nobody; `unmarked` is never absence.
    """

    planned: int = 0
    attended: int = 0
    accepted: int = 0
    not_accepted: int = 0
    under_review: int = 0
    elsewhere: int = 0
    no_day: int = 0
    unmarked: int = 0
    to_come: int = 0
    off: int = 0

    def __add__(self, other: Self) -> "Hours":
        """Return both together."""
        return Hours(
            **{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        )


MISSED_AS = {
    Code.ACCEPTED: "accepted",
    Code.NOT_ACCEPTED: "not_accepted",
    Code.ELSEWHERE: "elsewhere",
    Code.CALLED_OFF: "no_day",
    Code.NO_ACTIVITY_DAY: "no_day",
}
"""Under which heading what was not attended is counted; an absence without a reason waits for one."""


def hours_between(internship: Internship, first: date, last: date, *, at: datetime) -> Hours:
    """Return the hours of an internship from `first` to `last`, both included, as they stand at `at`."""
    theirs = ActivitySession.objects.filter(internship=internship, date__gte=first, date__lte=last)
    return hours_of(theirs.order_by("date", "starts_at", "pk").with_marks(), at=at)


def hours_of(sessions: Iterable[ActivitySession], *, at: datetime) -> Hours:
    """Return the hours of `sessions`, which were read with their marks, as they stand at `at`."""
    return sum((_of(each, at=at) for each in sessions), Hours())


def _of(session: ActivitySession, *, at: datetime) -> Hours:
    all_of_it, mark = session.net_minutes, session.standing
    if not session.is_on:
        return Hours(off=all_of_it)
    if not session.has_started(at):
        return Hours(to_come=all_of_it)
    if mark is None:
        return Hours(planned=all_of_it, unmarked=all_of_it)
    attended = min(mark.attended, all_of_it)
    return Hours(planned=all_of_it, attended=attended) + Hours(**{_missed_as(mark): all_of_it - attended})


def _missed_as(mark: AttendanceMark) -> str:
    if mark.code == Code.SICK:
        return "under_review" if mark.certificate == Certificate.NOT_SEEN else "accepted"
    return MISSED_AS.get(Code(mark.code), "under_review")
