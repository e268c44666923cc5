"""When follow-ups and retention checks fall due: pure functions of dates."""

from calendar import monthrange
from datetime import date, timedelta

from backend.internships.enums import FollowUpKind

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
    """Return `day`, or the Friday before when it falls on a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def months_after(day: date, months: int) -> date:
    """Return the same day so many calendar months later, the month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
