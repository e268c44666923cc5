"""Setting out the sessions of an internship, and calling single ones off."""

from datetime import date, datetime, timedelta
from uuid import UUID

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.activities.enums import CALLED_OFF, SESSION_LIFECYCLE, SessionState
from backend.activities.models import ActivitySession, ScheduleDay, WeeklySchedule
from backend.activities.planning import days_between, is_public_holiday, minutes_between
from backend.activities.refusals import SessionRefusal
from backend.core.clock import day_of
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.internships.enums import InternshipState
from backend.internships.models import Internship
from backend.participants.services import lock_cases

AHEAD = timedelta(weeks=4)
"""So far ahead sessions stand; a job adds the days that have come within reach."""
Key = tuple[date, object]


def set_out_sessions(*, internship: Internship, at: datetime, since: date | None = None) -> int:
    """Let the sessions to come of an internship, whose case the caller holds, be those of its schedule.

    Days from `since` on are filled in; by default from today on, so that what has been is never made anew.
    What is to come and no longer planned is taken away, and so is what lies before the first day or after
    the last, unless somebody has marked it. Returns how many sessions were made.
    """
    today = day_of(at)
    first, last = _span(internship, today=today)
    wanted = _wanted(internship, max(first, since or today), last, at=at)
    theirs = ActivitySession.objects.filter(internship=internship)
    there = {(each.date, each.starts_at): each for each in theirs}
    missing = [each for key, each in wanted.items() if key not in there]
    ActivitySession.objects.bulk_create(missing, ignore_conflicts=True)
    gone = []
    for key, session in there.items():
        is_outside = not first <= session.date <= last
        if is_outside or (not session.has_started(at) and key not in wanted):
            gone.append(session.pk)
        elif key in wanted and not session.has_started(at):
            _follow(session, wanted[key])
    theirs.filter(pk__in=gone, marks__isnull=True).delete()
    return len(missing)


def _span(internship: Internship, *, today: date) -> tuple[date, date]:
    """Return the first and last day on which somebody is expected, as far ahead as sessions stand."""
    first = internship.started_on or internship.starts_on
    if internship.state == InternshipState.ONGOING:
        return first, min(internship.ends_on, today + AHEAD)
    if internship.ended_on:
        return first, internship.ended_on
    # Neither going on nor over (paused, say): what has been stands, and nothing is to come.
    return first, today


def _wanted(internship: Internship, first: date, last: date, *, at: datetime) -> dict[Key, ActivitySession]:
    """Return the sessions that the schedules make between two days, by day and time."""
    if internship.state != InternshipState.ONGOING:
        return {}
    schedules = list(WeeklySchedule.objects.standing().filter(internship=internship).prefetch_related("days"))
    found: dict[Key, ActivitySession] = {}
    for day in days_between(first, last):
        for planned in _planned_on(day, schedules):
            found[day, planned.starts_at] = _session(internship, day, planned, at=at)
    return found


def _planned_on(day: date, schedules: list[WeeklySchedule]) -> list[ScheduleDay]:
    for each in schedules:
        if each.valid_from <= day and (each.valid_to is None or day <= each.valid_to):
            return [planned for planned in each.days.all() if planned.weekday == day.isoweekday()]
    return []


def _session(internship: Internship, day: date, planned: ScheduleDay, *, at: datetime) -> ActivitySession:
    hours = (planned.starts_at, planned.ends_at, planned.break_minutes)
    return ActivitySession(
        internship=internship,
        date=day,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        break_minutes=planned.break_minutes,
        net_minutes=max(minutes_between(day, *hours), 1),
        state=SessionState.HOLIDAY if is_public_holiday(day) else SessionState.PLANNED,
        state_changed_at=at,
    )


def _follow(session: ActivitySession, wanted: ActivitySession) -> None:
    """Let a session that has not begun end when the schedule says."""
    if (session.ends_at, session.break_minutes) == (wanted.ends_at, wanted.break_minutes):
        return
    hours = {name: getattr(wanted, name) for name in ("ends_at", "break_minutes", "net_minutes")}
    ActivitySession.objects.filter(pk=session.pk, marks__isnull=True).update(**hours)


@one_write
def set_out_further(*, internship_id: UUID, at: datetime) -> int:
    """Set out the days of an internship that have come within reach; return how many were made."""
    found = Internship.objects.filter(pk=internship_id)
    lock_cases(participant_ids=found.values_list("participant", flat=True))
    return set_out_sessions(internship=found.get(), at=at)


@one_write
def call_off_session(*, session_id: UUID, state: str, by: User, at: datetime) -> ActivitySession:
    """Call one session off: the workplace for itself, the coach for whoever it was that did.

    Raises ActivitySession.DoesNotExist for strangers and for participants, who report absence instead;
    Refused when somebody is marked, TransitionNotAllowed when it is off already.
    """
    session = _locked(session_id, by=by, at=at)
    theirs = CALLED_OFF if by.persona == Persona.STAFF else (SessionState.OFF_BY_ORGANISER,)
    if state not in theirs:
        raise Refused(SessionRefusal.NOT_YOURS, about="state")
    if session.marks.exists():
        raise Refused(SessionRefusal.MARKED)
    SESSION_LIFECYCLE.move(session, to=state, by=by, at=at)
    return session


@one_write
def take_up_session(*, session_id: UUID, by: User, at: datetime) -> ActivitySession:
    """Let a session that was called off, or is on a public holiday, take place after all."""
    session = _locked(session_id, by=by, at=at)
    SESSION_LIFECYCLE.move(session, to=SessionState.PLANNED, by=by, at=at)
    return session


def _locked(session_id: UUID, *, by: User, at: datetime) -> ActivitySession:
    """Lock the case of a session that `by` may call off, and return the session as it is now."""
    theirs = ActivitySession.objects.markable_by(by, on=day_of(at))
    if by.persona == Persona.PARTICIPANT:
        theirs = theirs.none()
    lock_cases(participant_ids=[theirs.values_list("internship__participant", flat=True).get(pk=session_id)])
    return theirs.select_for_update(of=("self",)).select_related("internship").get(pk=session_id)
