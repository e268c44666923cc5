"""What in a text looks like it belongs to one person: a personal number, a telephone number, an address."""

import re
from typing import Final

from phonenumbers import PhoneNumberMatcher

from backend.core.text.phones import HERE

_EMAIL: Final = re.compile(r"\S+@\S+")
# Months and days that there are; a coordination number has sixty added to the day.
_PERSONAL_NUMBER: Final = re.compile(
    r"(?<!\d)(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278]\d|[39][01])\s?[-+\u2013]?\s?\d{4}(?!\d)"
)
_CLOCK: Final = re.compile(r"(?<!\d)\d\d?[.:]\d\d(?!\d)")
_DAY: Final = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")


def personal_in(text: str) -> str:
    """Return the first of it in `text`; "" where there is none. Names are not known here."""
    for pattern in (_EMAIL, _PERSONAL_NUMBER):
        if found := pattern.search(text):
            return found[0]
    numbers = PhoneNumberMatcher(_DAY.sub(" – ", _CLOCK.sub(" – ", text)), HERE)
    return next((found.raw_string for found in numbers), "")
