"""When what is not urgent may be sent: never in quiet hours, on Sundays or on public holidays.

A municipality sets its quiet hours from a day on; where it has not, they are from nine in the evening until
seven. What is collected goes at eight, when the questions of the day have come too.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.utils import timezone

from backend.core.calendars.workdays import is_day_of_rest
from backend.core.clock import day_of
from backend.core.enums import Pace
from backend.core.models import QuietHours

DAY: Final = timedelta(days=1)
MORNING: Final = time(8)
MONDAY: Final = 0


class Hours(NamedTuple):
    """From when in the evening until when in the morning it is quiet."""

    starts_at: time = time(21)
    ends_at: time = time(7)


def hours_of(municipality: UUID | None, *, on: date) -> Hours:
    """Return the quiet hours of a municipality on a day."""
    if municipality is None:
        return Hours()
    held = QuietHours.objects.filter(municipality_key=municipality, valid_from__lte=on)
    newest = held.order_by("-valid_from").values_list("starts_at", "ends_at").first()
    return Hours(*newest) if newest else Hours()


def is_quiet(at: datetime, hours: Hours) -> bool:
    """Tell whether nothing is sent at `at` that is not urgent."""
    local = timezone.localtime(at)
    is_night = local.time() >= hours.starts_at or local.time() < hours.ends_at
    return is_night or is_day_of_rest(local.date())


def next_open(at: datetime, hours: Hours) -> datetime:
    """Return `at`, or when the quiet that it falls in is over."""
    if not is_quiet(at, hours):
        return at
    day = day_of(at)
    return next(opening for opening in _openings(day, hours.ends_at) if opening >= at)


def next_morning(at: datetime, hours: Hours) -> datetime:
    """Return the first moment not before `at` at which what is collected is sent."""
    return next(moment for moment in _openings(day_of(at), _collected(hours)) if moment >= at)


def next_week(at: datetime, hours: Hours) -> datetime:
    """Return when, not before `at`, the week's mail is sent: on Monday, or the day after a Monday of rest."""
    monday = day_of(at) - DAY * day_of(at).weekday()
    while (moment := next(_openings(monday, _collected(hours)))) < at:
        monday += 7 * DAY
    return moment


def wanted(pace: str, *, at: datetime, hours: Hours) -> datetime:
    """Return when somebody who has chosen `pace` is to have what is told at `at`."""
    if pace == Pace.WEEKLY:
        return next_week(at, hours)
    return next_morning(at, hours) if pace == Pace.DAILY else next_open(at, hours)


def _collected(hours: Hours) -> time:
    return max(hours.ends_at, MORNING)


def _openings(day: date, at: time) -> Iterator[datetime]:
    """Yield the moments at which the days from `day` on open."""
    while True:
        if not is_day_of_rest(day):
            yield timezone.make_aware(datetime.combine(day, at))
        day += DAY
