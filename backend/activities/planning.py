"""From a week's schedule to the days and minutes of a placement: plain functions of days and times."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from backend.activities.enums import Weekday
from backend.core.calendars.workdays import LONG_WITHOUT_BREAK, USUAL_BREAK, is_working_day

DAY = timedelta(days=1)
MINUTES_AN_HOUR = 60
USUAL_START = time(8, 0)
LONGEST_USUAL_DAY = 10 * MINUTES_AN_HOUR
WORKING_WEEK = (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)


@dataclass(frozen=True)
class PlannedDay:
    """A weekday with its hours in local time."""

    weekday: int
    starts_at: time
    ends_at: time
    break_minutes: int = 0

    @property
    def minutes(self) -> int:
        """How long it is without the break, on a day on which the clock does not change."""
        return _of_day(self.ends_at) - _of_day(self.starts_at) - self.break_minutes


def _of_day(at: time) -> int:
    return at.hour * MINUTES_AN_HOUR + at.minute


def minutes_between(day: date, starts_at: time, ends_at: time, break_minutes: int) -> int:
    """Return the minutes that pass on `day` without the break: fewer or more when the clock changes."""
    first, last = (
        timezone.make_aware(datetime.combine(day, at)).astimezone(UTC) for at in (starts_at, ends_at)
    )
    return int((last - first).total_seconds()) // MINUTES_AN_HOUR - break_minutes


def usual_week(hours_per_week: Decimal) -> list[PlannedDay]:
    """Return Monday to Friday with the hours spread evenly, from eight in the morning."""
    minutes = int(hours_per_week * MINUTES_AN_HOUR) // len(WORKING_WEEK)
    pause = USUAL_BREAK if minutes > LONG_WITHOUT_BREAK else 0
    ends = _of_day(USUAL_START) + minutes + pause
    ends_at = time(ends // MINUTES_AN_HOUR, ends % MINUTES_AN_HOUR)
    return [PlannedDay(weekday, USUAL_START, ends_at, pause) for weekday in WORKING_WEEK]


def week_within(days: Iterable[PlannedDay], hours_per_week: Decimal) -> list[PlannedDay]:
    """Return the days in their order until they make the hours; the last ends when the hours are full."""
    left, found = int(hours_per_week * MINUTES_AN_HOUR), []
    for each in days:
        if left <= 0:
            break
        found.append(each if each.minutes <= left else _shortened(each, left))
        left -= each.minutes
    return found


def day_of_minutes(weekday: int, minutes: int) -> PlannedDay:
    """Return a weekday from eight in the morning with so many minutes, a long working day at most."""
    begins = PlannedDay(weekday, USUAL_START, USUAL_START)
    return _shortened(begins, min(minutes, LONGEST_USUAL_DAY))


def _shortened(day: PlannedDay, minutes: int) -> PlannedDay:
    pause = USUAL_BREAK if minutes > LONG_WITHOUT_BREAK else 0
    ends = _of_day(day.starts_at) + minutes + pause
    return PlannedDay(
        day.weekday, day.starts_at, time(ends // MINUTES_AN_HOUR, ends % MINUTES_AN_HOUR), pause
    )


def hours_of(days: Iterable[PlannedDay]) -> Decimal:
    """Return the hours a week that `days` make together."""
    return Decimal(sum(each.minutes for each in days)) / MINUTES_AN_HOUR


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from `first` to `last`."""
    for number in range((last - first).days + 1):
        yield first + number * DAY


def is_public_holiday(day: date) -> bool:
    """Tell whether a day from Monday to Friday is a Swedish public holiday.

    Saturdays and Sundays are free anyway: whoever has planned one means it.
    """
    return day.isoweekday() in WORKING_WEEK and not is_working_day(day)


def working_days_before(day: date, count: int) -> date:
    """Return the day that was so many working days ago: two before a Tuesday is the Friday."""
    while count:
        day -= DAY
        count -= is_working_day(day)
    return day
