"""Which days are worked: neither weekends nor Swedish public holidays."""

from datetime import date, timedelta
from functools import lru_cache

from holidays.countries.sweden import Sweden

SWEDISH_HOLIDAYS = Sweden(include_sundays=False)
DAY = timedelta(days=1)
SUNDAY = 6
LONG_WITHOUT_BREAK, USUAL_BREAK = 5 * 60, 30
"""A usual day of more than five hours is taken to have a break (1982:673, section 15); in minutes."""


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Tell whether `day` is neither at a weekend nor a Swedish public holiday."""
    return SWEDISH_HOLIDAYS.is_working_day(day)


def working_day(day: date) -> date:
    """Return `day`, or the nearest working day before it when it is a weekend or a Swedish public holiday."""
    while not is_working_day(day):
        day -= DAY
    return day


def is_day_of_rest(day: date) -> bool:
    """Tell whether `day` is a Sunday or a Swedish public holiday."""
    return day.weekday() == SUNDAY or day in SWEDISH_HOLIDAYS
