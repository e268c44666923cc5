"""What lasting places offer on a day: plain functions of rows that are read already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache

from django.utils.text import capfirst

from backend.core.calendars.workdays import LONG_WITHOUT_BREAK, USUAL_BREAK, is_working_day
from backend.core.fields import short
from backend.employers.enums import ExceptionKind
from backend.employers.models import Capacity, CapacityException
from backend.skills.enums import Weekday

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
MINUTES_AN_HOUR = 60
MOST_HOURS = Decimal(40)
SATURDAY = 6
WORKING_WEEK = [Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY]


@dataclass(frozen=True)
class Day:
    """A weekday on which people are received: how long one can be there, and between which times if told."""

    weekday: str
    minutes: int
    starts_at: time | None = None
    ends_at: time | None = None

    @property
    def name(self) -> str:
        """The weekday in words."""
        return str(capfirst(Weekday(self.weekday).label))

    @classmethod
    def between(cls, weekday: str, starts_at: time, ends_at: time) -> "Day":
        """Return a day from one time to another; a long one has the usual break."""
        return cls(weekday, minutes_between(starts_at, ends_at), starts_at, ends_at)


def minutes_between(starts_at: time, ends_at: time) -> int:
    """Return how long somebody can be there: without the usual break when that is more than five hours."""
    minutes = (ends_at.hour - starts_at.hour) * MINUTES_AN_HOUR + ends_at.minute - starts_at.minute
    return minutes - USUAL_BREAK if minutes > LONG_WITHOUT_BREAK else minutes


def hours_of(minutes: int) -> Decimal:
    """Return minutes as hours with at most one decimal."""
    return short((Decimal(minutes) / MINUTES_AN_HOUR).quantize(Decimal("0.1")))


def monday_of(day: date) -> date:
    """Return the first day of the ISO week of `day`."""
    return day - day.weekday() * DAY


def is_holiday(day: date) -> bool:
    """Tell whether a day from Monday to Friday is a Swedish public holiday."""
    return day.isoweekday() < SATURDAY and not is_working_day(day)


def days_of_week(monday: date) -> list[date]:
    """Return the seven days from `monday`."""
    return [monday + number * DAY for number in range(7)]


@lru_cache(maxsize=1024)
def has_holiday(monday: date) -> bool:
    """Tell whether a public holiday falls on a day from Monday to Friday of the week."""
    return any(is_holiday(day) for day in days_of_week(monday))


def days_of(capacity: Capacity) -> list[Day]:
    """Return the days that are stated of a capacity, from Monday on; none where only hours a week are."""
    return [Day(each.weekday, each.minutes, each.starts_at, each.ends_at) for each in capacity.days.all()]


@dataclass(frozen=True)
class Offered:
    """What is offered on one day: `places`, each for `minutes`; and what is different from other weeks."""

    places: int = 0
    minutes: int = 0
    exception: CapacityException | None = None
    is_holiday: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether nobody can be there although it is one of its weekdays."""
        return self.is_holiday or bool(self.exception and self.exception.kind == ExceptionKind.CLOSED)

    @property
    def person_minutes(self) -> int:
        """Minutes of all places together."""
        return self.places * self.minutes


NOTHING = Offered()


@dataclass(frozen=True)
class Offering:
    """A capacity with its week and its exceptions (read along: `Capacity.objects.for_calendar()`)."""

    capacity: Capacity

    @cached_property
    def week(self) -> Mapping[str, Day]:
        """Its days by weekday; where only hours a week are told, those spread over its weekdays evenly."""
        stated = {each.weekday: each for each in days_of(self.capacity)}
        weekdays = self.capacity.weekdays or WORKING_WEEK
        minutes = int(self.capacity.hours_max * MINUTES_AN_HOUR) // len(weekdays)
        return stated or {code: Day(code, minutes) for code in weekdays}

    @cached_property
    def exceptions(self) -> list[CapacityException]:
        """The exceptions that nobody has taken back."""
        return [each for each in self.capacity.exceptions.all() if each.stands]

    @cached_property
    def minutes_a_week(self) -> int:
        """What one person can be there in a week without exceptions."""
        return sum(each.minutes for each in self.week.values())

    def holds_on(self, day: date) -> bool:
        """Tell whether `day` is within its period."""
        first, last = self.capacity.starts_on, self.capacity.ends_on
        return (first is None or first <= day) and (last is None or day <= last)

    def on(self, day: date) -> Offered:
        """Return what is offered on `day`."""
        usual = self.week.get(str(day.isoweekday()))
        if usual is None or not self.holds_on(day):
            return NOTHING
        if is_holiday(day):
            return Offered(is_holiday=True)
        exception = self._about(day)
        if exception and exception.kind == ExceptionKind.CLOSED:
            return Offered(exception=exception)
        minutes = minutes_between(*exception.times) if exception and exception.times else usual.minutes
        return Offered(self.capacity.places, minutes, exception)

    def minutes_in_week(self, monday: date) -> int:
        """Return the minutes that all its places offer in the week from `monday`."""
        if self.is_usual(monday):
            return int(self.capacity.places * self.minutes_a_week)
        return sum(self.on(day).person_minutes for day in days_of_week(monday))

    def is_usual(self, monday: date) -> bool:
        """Tell whether the week from `monday` is as it is said to be: without holidays and exceptions."""
        last = monday + 6 * DAY
        if has_holiday(monday) or not (self.holds_on(monday) and self.holds_on(last)):
            return False
        return not any(each.first_on <= last and monday <= each.last_on for each in self.exceptions)

    def refuses_newcomers_on(self, day: date) -> CapacityException | None:
        """Return the exception because of which nobody can begin on `day`, if there is one."""
        hindering = (ExceptionKind.CLOSED, ExceptionKind.NO_INTAKE)
        return next((each for each in self.exceptions if each.kind in hindering and each.is_about(day)), None)

    def _about(self, day: date) -> CapacityException | None:
        """Return what is different on `day`: being closed before other hours, and those before no intake."""
        order = [ExceptionKind.CLOSED, ExceptionKind.HOURS, ExceptionKind.NO_INTAKE]
        found = [each for each in self.exceptions if each.is_about(day)]
        return min(found, key=lambda each: order.index(ExceptionKind(each.kind)), default=None)


def weeks_from(day: date, count: int) -> Iterator[date]:
    """Yield the Mondays of so many weeks, the first being that of `day`."""
    for number in range(count):
        yield monday_of(day) + number * WEEK
