"""Planning on which days and hours somebody is at the workplace."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.formats import date_format

from backend.accounts.models import User
from backend.activities.at_capacity import offered_weekdays
from backend.activities.enums import Weekday
from backend.activities.models import ScheduleDay, WeeklySchedule
from backend.activities.planning import PlannedDay, hours_of
from backend.activities.refusals import ScheduleRefusal
from backend.activities.services.sessions import set_out_sessions
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.internships.enums import OPEN_INTERNSHIPS
from backend.internships.models import Internship
from backend.participants.services import lock_case
from backend.skills.wording import weekdays

DAY = timedelta(days=1)


@one_write
def plan_schedule(
    *, internship_id: UUID, valid_from: date, days: Sequence[PlannedDay], by: User, at: datetime
) -> WeeklySchedule:
    """Plan the week of an internship from a day on, and set out its sessions.

    The version before holds until the day before; one that would have begun later is superseded and kept.
    Raises Internship.DoesNotExist for whoever does not coach the case, and Refused when the hours are more
    than agreed, a weekday is none of its lasting places', the day is not within the internship, or a day that
    has been would change.
    """
    theirs = Internship.objects.decidable_by(by)
    lock_case(participant_id=theirs.values_list("participant", flat=True).get(pk=internship_id), by=by)
    internship = theirs.select_for_update(of=("self",)).get(pk=internship_id)
    _check_days(days, internship)
    _check_offered(days, internship)
    _check_begins(valid_from, days, internship, today=day_of(at))
    later = internship.schedules.standing().filter(valid_from__gte=valid_from)
    later.update(superseded_at=at)
    internship.schedules.on(valid_from).update(valid_to=valid_from - DAY)
    schedule = WeeklySchedule.objects.create(
        internship=internship, valid_from=valid_from, planned_by=by, planned_at=at
    )
    ScheduleDay.objects.bulk_create(ScheduleDay(schedule=schedule, **vars(each)) for each in days)
    audit.record(schedule, "schedule_planned", by=by, at=at, changes={"valid_from": str(valid_from)})
    set_out_sessions(internship=internship, at=at, since=valid_from)
    return schedule


def _check_days(days: Sequence[PlannedDay], internship: Internship) -> None:
    if not days:
        raise Refused(ScheduleRefusal.NO_DAYS)
    for each in days:
        name = {"about": f"starts_at_{each.weekday}", "day": str(Weekday(each.weekday).label)}
        if [day.weekday for day in days].count(each.weekday) > 1:
            raise Refused(ScheduleRefusal.DAY_TWICE, **name)
        if each.ends_at <= each.starts_at:
            raise Refused(ScheduleRefusal.ENDS_BEFORE_START, **name)
        if each.minutes <= 0:
            raise Refused(ScheduleRefusal.BREAK_TOO_LONG, **name)
    planned, agreed = hours_of(days), internship.hours_per_week
    if planned > agreed:
        over = {"planned": _hours(planned), "agreed": _hours(agreed), "over": _hours(planned - agreed)}
        raise Refused(ScheduleRefusal.TOO_MANY_HOURS, **over)


def _check_offered(days: Sequence[PlannedDay], internship: Internship) -> None:
    """Refuse a weekday on which the lasting places of the internship receive nobody."""
    offered = offered_weekdays(internship)
    for each in days:
        if offered and each.weekday not in offered:
            names = {"day": str(Weekday(each.weekday).label), "offered": weekdays(map(str, offered))}
            raise Refused(ScheduleRefusal.NOT_OFFERED, about=f"starts_at_{each.weekday}", **names)


def _hours(hours: object) -> str:
    return f"{float(str(hours)):.1f}".removesuffix(".0").replace(".", ",")


def _check_begins(
    valid_from: date, days: Sequence[PlannedDay], internship: Internship, *, today: date
) -> None:
    if internship.state not in OPEN_INTERNSHIPS:
        raise Refused(ScheduleRefusal.OVER)
    first, last = internship.started_on or internship.starts_on, internship.ends_on
    if not first <= valid_from <= last:
        span = {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}
        raise Refused(ScheduleRefusal.OUTSIDE_PLACEMENT, about="valid_from", **span)
    has_been = internship.schedules.standing().filter(valid_from__lt=today).exists()
    if has_been and valid_from < today:
        raise Refused(ScheduleRefusal.PAST_STANDS, about="valid_from")
    holds = internship.schedules.on(valid_from).first()
    if holds and {_as_planned(each) for each in holds.days.all()} == set(days):
        raise Refused(ScheduleRefusal.NOTHING_CHANGED)


def _as_planned(day: ScheduleDay) -> PlannedDay:
    return PlannedDay(day.weekday, day.starts_at, day.ends_at, day.break_minutes)
