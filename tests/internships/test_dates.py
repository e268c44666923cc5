"""When follow-ups and retention checks fall due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.calendars.workdays import is_working_day, working_day
from backend.internships.dates import Slot, all_follow_up_days, follow_up_days, months_after
from backend.internships.enums import FollowUpKind

MONDAY = date(2026, 3, 16)


def test_a_three_month_internship_has_all_three_follow_ups() -> None:
    days = follow_up_days(starts_on=MONDAY, ends_on=date(2026, 6, 12))
    assert days == {
        FollowUpKind.FIRST_WEEK: date(2026, 3, 20),
        FollowUpKind.MIDPOINT: date(2026, 4, 29),
        FollowUpKind.END: date(2026, 6, 5),
    }


def test_a_three_week_internship_has_no_midpoint() -> None:
    assert FollowUpKind.MIDPOINT not in follow_up_days(starts_on=MONDAY, ends_on=MONDAY + timedelta(days=20))


def all_days(starts_on: date, ends_on: date, every_weeks: int = 4) -> dict[Slot, date]:
    return all_follow_up_days(
        starts_on=starts_on, ends_on=ends_on, every_weeks=every_weeks, after_first_day=True
    )


def test_a_long_internship_is_followed_up_every_fourth_week_too() -> None:
    days = all_days(MONDAY, date(2026, 9, 11))
    assert days[("first_day", 0)] == date(2026, 3, 17)
    regular = {day for (kind, _number), day in days.items() if kind == "regular"}
    # Every fourth Friday; 5 June would be a week from the midpoint, and 12 June is.
    assert regular == {date(2026, 4, 17), date(2026, 5, 15), date(2026, 7, 10), date(2026, 8, 7)}


def test_a_longer_last_day_leaves_the_regular_ones_where_they_are() -> None:
    short, long = all_days(MONDAY, date(2026, 7, 3)), all_days(MONDAY, date(2026, 9, 11))
    stand = {slot: day for slot, day in short.items() if slot[0] == "regular"}
    assert all(long.get(slot, day) == day for slot, day in stand.items())


def test_no_regular_ones_where_the_rule_says_none() -> None:
    assert not [kind for kind, _number in all_days(MONDAY, date(2026, 9, 11), 0) if kind == "regular"]


def test_a_few_days_have_no_follow_up_of_the_first_alone() -> None:
    assert ("first_day", 0) not in all_days(MONDAY, MONDAY + timedelta(days=2))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 399), st.integers(0, 8))
def test_follow_ups_of_every_kind_stay_within_the_placement(start: date, length: int, every: int) -> None:
    end = start + timedelta(days=length)
    days = all_days(start, end, every)
    assert all(start <= day <= end for day in days.values())
    between = [day for (kind, _number), day in days.items() if kind in ("first_day", "regular")]
    assert len(set(between)) == len(between)


def _rules_broken(start: date, end: date) -> list[str]:
    """Return what is wrong with the follow-ups of an internship from `start` to `end`, both included."""
    due = follow_up_days(starts_on=start, ends_on=end)
    order = [due[kind] for kind in FollowUpKind if kind in due]
    working = sum(map(is_working_day, _days(start, end)))
    broken = {
        "outside": not all(start <= day <= end for day in order),
        "not a working day": working > 0 and not all(map(is_working_day, order)),
        "out of order": order != sorted(order),
        "two on one day": working >= len(order) and len(set(order)) < len(order),
    }
    return [f"{start} to {end}: {what}" for what, is_broken in broken.items() if is_broken]


def _days(start: date, end: date) -> list[date]:
    # More than a fortnight has working days enough whatever the holidays.
    return [start + timedelta(days=n) for n in range(min((end - start).days + 1, 15))]


# Every start day of two years, the second a leap year, with every length up to 400 days; a seventh at a time.
@pytest.mark.parametrize("shortest", range(1, 8))
def test_follow_ups_stay_within_the_placement_in_order_and_on_working_days(shortest: int) -> None:
    starts = (date(2027, 1, 1) + timedelta(days=n) for n in range(731))
    broken = [
        wrong
        for start in starts
        for length in range(shortest, 401, 7)
        for wrong in _rules_broken(start, start + timedelta(days=length - 1))
    ]
    assert not broken, broken[:5]


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 399))
def test_follow_ups_stay_within_the_placement_in_any_year(start: date, length: int) -> None:
    assert _rules_broken(start, start + timedelta(days=length)) == []


def test_a_weekend_alone_has_its_follow_ups_on_its_last_day() -> None:
    saturday, sunday = date(2026, 3, 14), date(2026, 3, 15)
    assert set(follow_up_days(starts_on=saturday, ends_on=sunday).values()) == {sunday}


def test_a_weekend_moves_to_the_friday_before() -> None:
    assert working_day(date(2026, 3, 15)) == date(2026, 3, 13)


def test_new_years_day_moves_to_the_working_day_before() -> None:
    assert working_day(date(2027, 1, 1)) == date(2026, 12, 31)


def test_months_keep_the_day_or_take_the_months_last() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 3, 12), 12) == date(2027, 3, 12)
