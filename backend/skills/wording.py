"""Hours, languages, licences, adaptations and days in words: the same of people and of openings."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backend.skills.enums import Adaptation, Language, LanguageLevel, Licence, Weekday

WORKDAYS = [Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY]


def hours_a_week(fewest: Decimal, most: Decimal) -> str:
    """Return "20–37,5 hours a week", or one number where both are the same."""
    span = [localize(most)] if fewest == most else [localize(fewest), localize(most)]
    return _("%(hours)s hours a week") % {"hours": "–".join(span)}


def language(code: str, level: str) -> str:
    """Return a language with its level."""
    return f"{capfirst(str(Language(code).label))}: {LanguageLevel(level).label}"


def languages(levels: Mapping[str, str]) -> list[str]:
    """Return languages with their levels, Swedish first."""
    codes = sorted(levels, key=lambda code: (code != Language.SWEDISH, code))
    return [language(code, levels[code]) for code in codes]


def licence(code: str) -> str:
    """Return a licence or certificate."""
    return str(Licence(code).label)


def adaptation(code: str) -> str:
    """Return what a workplace does."""
    return str(Adaptation(code).label)


def weekdays(days: Iterable[str]) -> str:
    """Return which days of the week, the whole working week in one."""
    ordered = sorted(days)
    if ordered == sorted(WORKDAYS):
        return _("Monday to Friday")
    return capfirst(", ".join(str(Weekday(day).label) for day in ordered))
