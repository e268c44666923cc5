"""When follow-ups and retention checks fall due: pure functions of dates."""

from calendar import monthrange
from datetime import date, timedelta

from holidays.countries.sweden import Sweden

from backend.internships.enums import FollowUpKind

SWEDISH_HOLIDAYS = Sweden(include_sundays=False)
FIRST_WEEK_AFTER = timedelta(days=4)
END_BEFORE = timedelta(days=7)
# Shorter placements have no midpoint talk: the first week and the end are close enough.
MIDPOINT_FROM = timedelta(days=28)


def follow_up_days(*, starts_on: date, ends_on: date) -> dict[str, date]:
    """Return the day on which each follow-up is due: always a working day within the internship."""
    length = ends_on - starts_on
    days = {FollowUpKind.FIRST_WEEK: starts_on + FIRST_WEEK_AFTER, FollowUpKind.END: ends_on - END_BEFORE}
    if length >= MIDPOINT_FROM:
        days[FollowUpKind.MIDPOINT] = starts_on + length / 2
    return {kind: working_day(min(max(day, starts_on), ends_on)) for kind, day in days.items()}


def working_day(day: date) -> date:
    """Return `day`, or the nearest working day before it when it is a weekend or a Swedish public holiday."""
    while not SWEDISH_HOLIDAYS.is_working_day(day):
        day -= timedelta(days=1)
    return day


def months_after(day: date, months: int) -> date:
    """Return the same day so many calendar months later, the month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
