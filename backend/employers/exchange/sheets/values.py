"""What a cell means: Swedish days and decimals, numbers that Excel keeps for days, choices by their words."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation
from rapidfuzz import fuzz, process

from backend.core.writing.refusals import Refused
from backend.employers.exchange.sheets.reading import Cell
from backend.employers.refusals import SheetRefusal
from backend.skills.enums import Language, LanguageLevel, Weekday

EXCEL_BEGINS: Final = date(1899, 12, 30)
"""Day 0 of the serial numbers; the leap day of 1900 that Excel makes up lies before all days of ours."""
FIRST_SERIAL, LAST_SERIAL = 36_526, 73_415  # the years 2000 to 2100
LIKE_ENOUGH: Final = 85
_MONTHS: Final = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH: Final = {"may": "maj", "oct": "okt"}
_BETWEEN: Final = re.compile(r"\s*[;\n]\s*")
_COMMAS: Final = re.compile(r"\s*,\s*")
_YEAR_FIRST: Final = re.compile(r"^(\d{4})[-./]?(\d{1,2})[-./]?(\d{1,2})(?:[ T].*)?$")
_DAY_FIRST: Final = re.compile(r"^(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4})$")
_IN_WORDS: Final = re.compile(r"^(?:den )?(\d{1,2})\.?\s+([a-zåäö]{3})[a-zåäö]*\.?\s+(\d{4})$")


def text(cell: Cell) -> str:
    """Return a text; 5.0 is 5."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def day(cell: Cell) -> date:
    """Return a day: 2026-03-12, 12/3 2026, 12 mars 2026, or Excel's number for it. Raises Refused."""
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float | int) and FIRST_SERIAL <= cell <= LAST_SERIAL:
        return EXCEL_BEGINS + timedelta(days=int(cell))
    written = text(cell).casefold()
    if written.isdigit() and len(written) == 5:
        return day(float(written))
    try:
        if found := _YEAR_FIRST.match(written):
            return date(*map(int, found.groups()))
        if found := _DAY_FIRST.match(written.replace("/", " ")):
            day_, month, year = map(int, found.groups())
            return date(year, month, day_)
        if found := _IN_WORDS.match(written):
            month_ = _ENGLISH.get(found[2], found[2])
            return date(int(found[3]), _MONTHS.index(month_) + 1, int(found[1]))
    except ValueError:
        pass
    raise Refused(SheetRefusal.NO_DAY, text=text(cell))


def number(cell: Cell) -> Decimal:
    """Return a number, also with a decimal comma, spaces, or a unit after it. Raises Refused."""
    written = re.sub(r"[\s\u00a0\u202f]", "", text(cell)).replace(",", ".")
    try:
        found = Decimal(re.sub(r"(?i)(h|t|tim|timmar|st)\.?$", "", written))
    except InvalidOperation:
        found = Decimal("NaN")
    if isinstance(cell, bool) or not found.is_finite() or abs(found) > 10**6:
        raise Refused(SheetRefusal.NO_NUMBER, text=text(cell))
    return found


def whole(cell: Cell) -> int:
    """Return a whole number. Raises Refused."""
    found = number(cell)
    if found != found.to_integral_value():
        raise Refused(SheetRefusal.NO_NUMBER, text=text(cell))
    return int(found)


def parts(cell: Cell) -> list[str]:
    """Return what stands in a cell with semicolons or lines between; where there are none, commas."""
    written = text(cell)
    between = _BETWEEN if _BETWEEN.search(written) else _COMMAS
    return [each for each in between.split(written.strip()) if each]


def choice(cell: Cell, choices: type[TextChoices], *, more: Mapping[str, str] = {}) -> str:
    """Return the code of a choice written as its code, or in Swedish or English. Raises Refused."""
    words = {**_words_of(choices), **more}
    written = text(cell).casefold()
    if written in words:
        return words[written]
    best = process.extractOne(written, list(words), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
    if best is None:
        raise Refused(SheetRefusal.NO_CHOICE, text=text(cell), choices=_told(choices))
    return words[best[0]]


def choices_of(cell: Cell, choices: type[TextChoices]) -> list[str]:
    """Return the codes of several. Raises Refused."""
    return sorted({choice(each, choices) for each in parts(cell)})


def languages(cell: Cell) -> dict[str, str]:
    """Return languages with levels: svenska B1, arabiska C2. Raises Refused."""
    found = {}
    for each in parts(cell):
        name, _space, level = each.rpartition(" ")
        if level.upper() not in LanguageLevel.values:
            raise Refused(SheetRefusal.NO_LEVEL, text=each)
        found[choice(name.rstrip(":( "), Language)] = level.upper().strip("()")
    return found


def weekdays(cell: Cell) -> list[str]:
    """Return weekdays: mån–fre, ti, to, or 1,2,3. Raises Refused."""
    found: set[int] = set()
    for each in parts(re.sub(r"\s*(?:\boch\b|\band\b|&|\+)\s*", ",", text(cell).casefold())):
        ends = [_weekday(end) for end in re.split(r"\s*[-–—]\s*|\s+till\s+", each, maxsplit=1)]
        found.update(range(ends[0], ends[-1] + 1))
    return [str(each) for each in sorted(found)]


def _weekday(written: str) -> int:
    if written in Weekday.values:
        return int(written)
    names = [name for name in _words_of(Weekday) if not name.isdigit()]
    hits = {int(_words_of(Weekday)[name]) for name in names if len(written) > 1 and name.startswith(written)}
    if len(hits) != 1:
        raise Refused(SheetRefusal.NO_CHOICE, text=written, choices=_told(Weekday))
    return hits.pop()


def _words_of(choices: type[TextChoices]) -> dict[str, str]:
    found = {code.casefold(): code for code in choices.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(each.label).casefold(): each.value for each in choices}
    return found


def _told(choices: Iterable[Any]) -> str:
    return ", ".join(str(each.label) for each in choices)
