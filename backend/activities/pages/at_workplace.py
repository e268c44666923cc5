"""A day as the workplace reads it: small frozen objects from which no way leads to the person's file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from backend.accounts.models import User
from backend.activities.enums import Capacity, Presence, SessionState, presence_of
from backend.activities.models import AbsenceReport, ActivitySession, ActivitySessionQuerySet, AttendanceMark
from backend.core.clock import day_of
from backend.internships.pages.for_employers import RELATED, PlacementAtEmployer, placements_at_employer

MISSED_DAYS_SHOWN = 10


@dataclass(frozen=True)
class SessionAtWorkplace:
    """One session; `person` is what the workplace may call whoever is expected, and no reason is told."""

    pk: UUID
    person: str
    workplace: str
    placement_url: str
    starts_at: time
    ends_at: time
    net_minutes: int
    is_on: bool
    state_label: str
    has_started: bool
    is_reported_absent: bool
    said: str
    said_label: str
    minutes: int | None
    said_by: str
    said_at: datetime | None

    @property
    def may_be_marked(self) -> bool:
        """Whether somebody can be said to have been there."""
        return self.is_on and self.has_started


def sessions_of(user: User, day: date, *, today: date) -> ActivitySessionQuerySet:
    """Return the sessions of `day` at the workplaces that `user` speaks for, as they may be read `today`."""
    return ActivitySession.objects.markable_by(user, on=today).filter(date=day)


def at_workplace(sessions: ActivitySessionQuerySet, *, at: datetime) -> list[SessionAtWorkplace]:
    """Return sessions as their workplace reads them at `at`, by time and name."""
    related = [f"internship__{each}" for each in RELATED]
    rows = list(sessions.select_related(*related).with_marks().order_by("starts_at", "pk"))
    internships = [each.internship for each in rows if each.internship]
    placements = {each.pk: each for each in placements_at_employer(internships, on=day_of(at))}
    absent = _reported(rows)
    seen = [
        _seen(each, placements[each.internship.pk], is_absent=each.pk in absent, at=at)
        for each in rows
        if each.internship
    ]
    return sorted(seen, key=lambda each: (each.workplace, each.starts_at, each.person))


def _reported(rows: Iterable[ActivitySession]) -> set[UUID]:
    """Return which sessions somebody is reported absent from."""
    rows = list(rows)
    about = AbsenceReport.objects.standing().filter(internship__in=[each.internship_id for each in rows])
    reports = list(about)
    return {
        each.pk
        for each in rows
        if any(
            report.internship_id == each.internship_id and report.is_about(each.date) for report in reports
        )
    }


def _seen(
    session: ActivitySession, placement: PlacementAtEmployer, *, is_absent: bool, at: datetime
) -> SessionAtWorkplace:
    mark = session.standing
    said = presence_of(mark.code) if mark else None
    return SessionAtWorkplace(
        pk=session.pk,
        person=placement.person,
        workplace=placement.workplace,
        placement_url=placement.url,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        net_minutes=session.net_minutes,
        is_on=session.is_on,
        state_label=str(SessionState(session.state).label),
        has_started=session.has_started(at),
        is_reported_absent=is_absent,
        said=said.value if said else "",
        said_label=str(said.label) if said else "",
        minutes=mark.minutes if mark else None,
        said_by=_who(mark),
        said_at=mark.marked_at if mark else None,
    )


def _who(mark: AttendanceMark | None) -> str:
    if mark is None:
        return ""
    is_own = mark.capacity == Capacity.ORGANISER
    return str(mark.marked_by if is_own else Capacity(mark.capacity).label)


def days_left(user: User, *, at: datetime) -> list[tuple[date, int]]:
    """Return the earlier days with sessions that `user` may still mark, and how many, the newest first."""
    today = day_of(at)
    waiting = ActivitySession.objects.markable_by(user, on=today).unmarked().filter(date__lt=today)
    counts: dict[date, int] = {}
    for day in waiting.order_by("-date").values_list("date", flat=True):
        counts[day] = counts.get(day, 0) + 1
    return list(counts.items())[:MISSED_DAYS_SHOWN]


CHOICES = (Presence.PRESENT, Presence.PARTLY, Presence.ABSENT)
