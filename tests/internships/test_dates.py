"""When follow-ups and retention checks fall due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.internships.dates import follow_up_days, is_working_day, months_after, working_day
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
