"""The schedule of an internship in words: its days, its hours beside those agreed, its public holidays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.activities.at_capacity import usual_week_of
from backend.activities.models import ScheduleDay, WeeklySchedule
from backend.activities.planning import PlannedDay, days_between, hours_of, is_public_holiday
from backend.core.fields import short
from backend.internships.models import Internship


@dataclass(frozen=True)
class ShownSchedule:
    """The version that holds, or else the next to hold; `gap` is what is agreed and not planned."""

    valid_from: date
    days: list[ScheduleDay]
    hours: Decimal
    gap: Decimal

    @property
    def over(self) -> Decimal:
        """How many hours more than agreed, since the terms were changed."""
        return -self.gap


def schedule_of(internship: Internship, *, today: date) -> ShownSchedule | None:
    """Return the schedule that holds on `today`, or the first that will; None where none is planned."""
    schedule = _holding(internship, today=today)
    if schedule is None:
        return None
    days = list(schedule.days.order_by("weekday", "pk"))
    hours = hours_of(as_planned(days))
    return ShownSchedule(schedule.valid_from, days, short(hours), short(internship.hours_per_week - hours))


def _holding(internship: Internship, *, today: date) -> WeeklySchedule | None:
    standing = internship.schedules.standing()
    return internship.schedules.on(today).first() or standing.order_by("-valid_from", "pk").first()


def as_planned(days: Sequence[ScheduleDay]) -> list[PlannedDay]:
    """Return the days of a schedule as plain days."""
    return [PlannedDay(each.weekday, each.starts_at, each.ends_at, each.break_minutes) for each in days]


def days_to_offer(internship: Internship, *, today: date) -> list[PlannedDay]:
    """Return what stands in the form first: the schedule that holds, else an even week."""
    schedule = schedule_of(internship, today=today)
    return as_planned(schedule.days) if schedule else usual_week_of(internship)


def first_day_to_plan(internship: Internship, *, today: date) -> date:
    """Return from when a schedule can be planned: the first day, or today where one has held already."""
    first: date = internship.started_on or internship.starts_on
    return max(first, today) if internship.schedules.standing().exists() else first


def free_days_of(internship: Internship) -> list[date]:
    """Return the public holidays from Monday to Friday within an internship, on which nobody is expected."""
    return [day for day in days_between(internship.starts_on, internship.ends_on) if is_public_holiday(day)]
