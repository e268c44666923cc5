"""Weeks of an internship, as coach and participant read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from backend.activities.hours import Hours, hours_of
from backend.activities.models import AbsenceReport, ActivitySession
from backend.activities.planning import DAY
from backend.internships.models import Internship, Reader

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ShownSession:
    """A session with what was said of it, by each voice, and what was reported of not coming."""

    session: ActivitySession
    has_started: bool
    reports: list[AbsenceReport]

    @property
    def is_unmarked(self) -> bool:
        """Whether it has begun and nobody has said who was there."""
        return self.has_started and self.session.is_on and self.session.standing is None


@dataclass(frozen=True)
class ShownWeek:
    """An ISO week from Monday to Sunday; `unmarked` counts what nobody has said anything of."""

    monday: date
    sessions: list[ShownSession]
    hours: Hours

    @property
    def number(self) -> int:
        """The number of the ISO week."""
        return self.monday.isocalendar().week

    @property
    def name(self) -> str:
        """The week as an address names it, 2026-W12."""
        return name_of(self.monday)


def name_of(monday: date) -> str:
    """Return the ISO week of a day: the year is the week's, which at a turn of the year is not the day's."""
    year, week, _weekday = monday.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(name: str, *, default: date) -> date:
    """Return the Monday of the week that an address names; that of `default` where it names none."""
    year, _, week = name.partition("-W")
    try:
        return date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return default - timedelta(days=default.weekday())


def week_of(internship: Internship, monday: date, reader: Reader, *, at: datetime) -> ShownWeek:
    """Return one week of an internship that `reader` reads."""
    theirs = ActivitySession.objects.read_by(reader, on=monday).filter(internship=internship)
    return week_from(theirs.filter(date__gte=monday, date__lt=monday + WEEK), monday, reader, at=at)


def week_from(sessions: Any, monday: date, reader: Reader, *, at: datetime) -> ShownWeek:
    """Return the week of some sessions, with what was reported of the days."""
    rows = list(sessions.with_marks().order_by("date", "starts_at", "pk"))
    owners = {each.internship_id for each in rows}
    reports = AbsenceReport.objects.read_by(reader, on=monday).filter(internship__in=owners)
    reports = reports.touching(monday, monday + WEEK - DAY).order_by("first_on", "pk")
    return ShownWeek(monday, shown_sessions(rows, list(reports), at=at), hours_of(rows, at=at))


def shown_sessions(
    rows: Iterable[ActivitySession], reports: list[AbsenceReport], *, at: datetime
) -> list[ShownSession]:
    """Return sessions with the reports about their days."""
    return [
        ShownSession(
            each,
            each.has_started(at),
            [r for r in reports if r.internship_id == each.internship_id and r.is_about(each.date)],
        )
        for each in rows
    ]
