"""What the matcher may know about a person: a whitelist, checked by a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from backend.matching.engine.weights import (
    FRESH_YEARS,
    LEVEL_STRENGTH,
    SOURCE_STRENGTH,
    STALE_STRENGTH,
    STALE_YEARS,
    Level,
    Source,
)

DAYS_A_YEAR = 365.25


class Point(NamedTuple):
    """A place in WGS 84 degrees."""

    lat: float
    lon: float


class Span(NamedTuple):
    """From the least to the most, both included: hours a week."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing a person can do: a concept, or the text as written where no concept was found."""

    concept: str | None
    text: str = ""
    level: Level = Level.UNKNOWN
    source: Source = Source.SELF
    used_on: date | None = None

    def strength(self, *, today: date) -> float:
        """How far the evidence goes, 0-1."""
        return (
            LEVEL_STRENGTH[self.level] * SOURCE_STRENGTH[self.source] * freshness(self.used_on, today=today)
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to work with: never evidence of anything that they can.

    A concept (an occupation, or a skill that one wants to use), the text as written, and the occupation
    groups that the words name ("i kök"). `is_open` is that any work will do.
    """

    concept: str | None
    text: str = ""
    groups: frozenset[str] = frozenset()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A participant as far as the ranking goes. Never add health, origin, sex, age, benefits or ratings.

    `languages` maps a code to a level 1-6 (CEFR A1-C2) or 7 (first language), or 0 for not at all. What is
    None or not named is unknown, and what is unknown refuses nobody. `adaptations_needed` are those that the
    person cannot do without.
    """

    id: str
    evidence: Sequence[Evidence] = ()
    wishes: Sequence[Wish] = ()
    place: Point | None = None
    travel_km: float | None = None
    hours: Span | None = None
    licences: frozenset[str] = frozenset()
    languages: Mapping[str, int] = field(default_factory=dict)
    adaptations_needed: frozenset[str] = frozenset()
    available_from: date | None = None
    available_until: date | None = None
    tenant: str | None = None
    waiting_since: date | None = None


def freshness(used_on: date | None, *, today: date) -> float:
    """Fade from 1 after `FRESH_YEARS` to `STALE_STRENGTH` at `STALE_YEARS`."""
    if used_on is None:
        return 1.0
    years = (today - used_on).days / DAYS_A_YEAR
    faded = min(1.0, max(0.0, (years - FRESH_YEARS) / (STALE_YEARS - FRESH_YEARS)))
    return 1.0 - faded * (1.0 - STALE_STRENGTH)
