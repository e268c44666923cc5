"""For how long somebody has worked as something and when last: read as people write it, and in words."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MONTHS_A_YEAR = 12
FIRST_YEAR, LAST_YEAR = 1940, 2100
LONGEST = 70 * MONTHS_A_YEAR
_RANGE = re.compile(r"(\d{4})\s*(?:-|–|—|till|to|t\.?o\.?m\.?)\s*(\d{4})")
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_YEARS = re.compile(rf"{_NUMBER}\s*(?:år|years?|yrs?|y)\b")
_MONTHS = re.compile(rf"{_NUMBER}\s*(?:månad(?:er)?|mån|months?|m)\b")
_HALF_A_YEAR = re.compile(r"(?:ett?\s+)?halvår|half a year")
_BETWEEN = re.compile(r"[\s,]|och|and")


class Worked(NamedTuple):
    """For how many months, and in which year last; None where that was not said."""

    months: int | None = None
    last_year: int | None = None


def read_length(text: str) -> Worked | None:
    """Return what "3 år", "1 år och 6 månader", "ett halvår" or "2015–2019" says; None for anything else."""
    text = " ".join(text.casefold().split())
    if not text:
        return Worked()
    if years := _RANGE.fullmatch(text):
        return _between(int(years[1]), int(years[2]))
    rest, months = text, 0.0
    for pattern, unit in ((_YEARS, MONTHS_A_YEAR), (_MONTHS, 1)):
        if found := pattern.search(rest):
            months += float(found[1].replace(",", ".")) * unit
            rest = rest.replace(found[0], "", 1)
    if found := _HALF_A_YEAR.search(rest):
        months += MONTHS_A_YEAR / 2
        rest = rest.replace(found[0], "", 1)
    whole = round(months)
    return Worked(whole) if not _BETWEEN.sub("", rest) and 1 <= whole <= LONGEST else None


def in_words(worked: Worked) -> str:
    """Return "3 years, last 2019", as far as it was said."""
    length = _length(worked.months) if worked.months else ""
    last = _("last %(year)s") % {"year": worked.last_year} if worked.last_year else ""
    return ", ".join(filter(None, (length, last)))


def as_written(months: int | None) -> str:
    """Return a length in words that `read_length` reads."""
    return _length(months) if months else ""


def _between(first: int, last: int) -> Worked | None:
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        return None
    return Worked((last - first) * MONTHS_A_YEAR or None, last)


def _length(months: int) -> str:
    years, rest = divmod(months, MONTHS_A_YEAR)
    parts = []
    if years:
        parts.append(ngettext("%(n)s year", "%(n)s years", years) % {"n": years})
    if rest:
        parts.append(ngettext("%(n)s month", "%(n)s months", rest) % {"n": rest})
    return " ".join(parts)
