"""When follow-ups and retention checks fall due."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.internships.dates import follow_up_days, months_after, working_day
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


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(5, 400))
def test_every_follow_up_is_a_working_day_no_later_than_the_end(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    for day in follow_up_days(starts_on=start, ends_on=end).values():
        assert day.weekday() < 5
        assert start - timedelta(days=5) <= day <= end


def test_a_weekend_moves_to_the_friday_before() -> None:
    assert working_day(date(2026, 3, 15)) == date(2026, 3, 13)


def test_new_years_day_moves_to_the_working_day_before() -> None:
    assert working_day(date(2027, 1, 1)) == date(2026, 12, 31)


def test_months_keep_the_day_or_take_the_months_last() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 3, 12), 12) == date(2027, 3, 12)
