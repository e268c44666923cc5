"""Hours, languages, licences, adaptations and days in words: the same of people and of openings."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backend.skills.enums import Adaptation, Language, LanguageLevel, Licence, Weekday

WORKDAYS = [Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY]


def hours_a_week(fewest: Decimal | None, most: Decimal | None) -> str:
    """Return "20–37,5 hours a week", or one number where both are the same."""
    if fewest is None or most is None:
        return _("hours a week not said")
    span = [localize(most)] if fewest == most else [localize(fewest), localize(most)]
    return _("%(hours)s hours a week") % {"hours": "–".join(span)}


def language(code: str, level: str) -> str:
    """Return a language with its level, which may not have been said."""
    words = LanguageLevel(level).label if level else _("level not said")
    return f"{capfirst(str(Language(code).label))}: {words}"


def language_said(words: str) -> tuple[str, str] | None:
    """Return the language and the level of what `language` said of them in Swedish; None for other words."""
    return _languages_said().get(words)


@cache
def _languages_said() -> dict[str, tuple[str, str]]:
    with translation.override(settings.LANGUAGE_CODE):
        return {language(code, level): (code, level) for code in Language for level in LanguageLevel}


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


def adaptation_said(words: str) -> str | None:
    """Return what `adaptation` said in Swedish as `words`; None for other words."""
    return _adaptations_said().get(words)


@cache
def _adaptations_said() -> dict[str, str]:
    with translation.override(settings.LANGUAGE_CODE):
        return {adaptation(code): code for code in Adaptation.values}


def weekdays(days: Iterable[str]) -> str:
    """Return which days of the week, the whole working week in one."""
    ordered = sorted(days)
    if ordered == sorted(WORKDAYS):
        return _("Monday to Friday")
    return capfirst(", ".join(str(Weekday(day).label) for day in ordered))
