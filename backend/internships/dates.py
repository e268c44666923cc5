"""When follow-ups and retention checks fall due: pure functions of dates."""

from calendar import monthrange
from datetime import date, timedelta

from backend.core.calendars.workdays import DAY, is_working_day, working_day
from backend.internships.enums import FollowUpKind

FIRST_WEEK_AFTER = timedelta(days=4)
END_BEFORE = timedelta(days=7)
# Shorter placements have no midpoint talk: the first week and the end are close enough.
MIDPOINT_FROM = timedelta(days=28)
# A regular follow-up so near another is one too many.
NEAR = timedelta(days=7)


def follow_up_days(*, starts_on: date, ends_on: date) -> dict[str, date]:
    """Return the day on which each follow-up is due, the first week's before the end's.

    Every day is a working day within the internship, as far as it has one; two follow-ups share a day only
    where there are fewer working days than follow-ups.
    """
    is_long = ends_on - END_BEFORE > starts_on + FIRST_WEEK_AFTER
    end = _within(ends_on - END_BEFORE if is_long else ends_on, starts_on, ends_on) or ends_on
    first = _within(starts_on + FIRST_WEEK_AFTER, starts_on, end - DAY) or end
    days: dict[str, date] = {FollowUpKind.FIRST_WEEK: first, FollowUpKind.END: end}
    if ends_on - starts_on >= MIDPOINT_FROM:
        middle = _within(starts_on + (ends_on - starts_on) / 2, first + DAY, end - DAY)
        days[FollowUpKind.MIDPOINT] = middle or end
    return days


Slot = tuple[str, int]
"""A kind of follow-up, and which of several of the kind."""


def all_follow_up_days(
    *, starts_on: date, ends_on: date, every_weeks: int, after_first_day: bool
) -> dict[Slot, date]:
    """Return the day of each follow-up: `follow_up_days`, the day after the first, and the regular ones.

    A regular one comes `every_weeks` after the first week (0: none), but not within a week of the midpoint or
    the end; it keeps its number whatever the last day becomes.
    """
    main = follow_up_days(starts_on=starts_on, ends_on=ends_on)
    days: dict[Slot, date] = {(kind, 0): day for kind, day in main.items()}
    second_day = working_day_from(starts_on + DAY)
    if after_first_day and second_day < main[FollowUpKind.FIRST_WEEK]:
        days[(FollowUpKind.FIRST_DAY, 0)] = second_day
    near = [day for kind, day in main.items() if kind != FollowUpKind.FIRST_WEEK]
    number, day = 1, starts_on
    while every_weeks:
        day = working_day(starts_on + FIRST_WEEK_AFTER + timedelta(weeks=every_weeks * number))
        if day >= main[FollowUpKind.END]:
            break
        if all(abs((day - other).days) > NEAR.days for other in near):
            days[(FollowUpKind.REGULAR, number)] = day
        number += 1
    return days


def _within(day: date, first: date, last: date) -> date | None:
    """Return the working day of the span that is nearest before `day`, or else after it; None without any."""
    day = min(day, last)
    before = working_day(day)
    if first <= before:
        return before
    while not is_working_day(day):
        day += DAY
    return day if first <= day <= last else None


def working_day_from(day: date) -> date:
    """Return `day`, or the nearest working day after it when it is a weekend or a Swedish public holiday."""
    while not is_working_day(day):
        day += DAY
    return day


def working_days_after(day: date, days: int) -> date:
    """Return the working day that comes so many working days after `day`."""
    while days:
        day += DAY
        days -= is_working_day(day)
    return day


def months_after(day: date, months: int) -> date:
    """Return the same day so many calendar months later, the month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of(first: date, *, months: int | None = None, days: int | None = None) -> date | None:
    """Return the last day of so many calendar months or days that begin on `first`; None for neither."""
    if days:
        return first + timedelta(days=days - 1)
    if not months:
        return None
    same_day = months_after(first, months)
    # Six months from 31 August end with February: there is no 31st whose eve would be the last day.
    return same_day if same_day.day < first.day else same_day - DAY
