"""What would change if one condition were another: one change at a time, each scored for real."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from backend.matching.bridge.keys import Key
from backend.matching.bridge.people import person_of
from backend.matching.bridge.pools import Pool
from backend.matching.engine import Opening as EngineOpening
from backend.matching.engine import Person, Span
from backend.participants.models import Participant

HIGHEST_LEVEL = 6
FURTHER_KM = (10, 20, 30, 50, 75)
FULL_WEEK = Span(1, 40)


class About(StrEnum):
    """Which condition is changed."""

    LANGUAGE = "language"
    LICENCE = "licence"
    JOURNEY = "journey"
    HOURS = "hours"
    SKILL = "skill"
    NEED = "need"


@dataclass(frozen=True)
class Change:
    """A condition that would be another: `code` of a language, licence, concept or need; `level` or km."""

    about: About
    code: str = ""
    level: int = 0


@dataclass(frozen=True)
class Opened:
    """A change, and how many would fit besides, hard conditions and all."""

    change: Change
    count: int


def would_open(participant: Participant, pool: Pool) -> list[Opened]:
    """Return what would open most openings for a person of whom the pool has the openings.

    Of changes about one thing only the least that opens as many is told.
    """
    now, openings = person_of(participant, pool.catalogue.languages), pool.matcher.openings
    variants = dict(_persons(now, openings))
    people = {str(number): each for number, each in enumerate(variants.values())}
    matcher = pool.matcher.with_people([now, *(replace(each, id=key) for key, each in people.items())])
    before, *after = (matcher.rank_openings(key, limit=1).fitting for key in (now.id, *people))
    return _most_first(variants, [count - before for count in after])


def easier(opening: Key, pool: Pool, *, exclude: Collection[Key] = ()) -> list[Opened]:
    """Return what would let most people of the pool, save some, fit its opening besides those who do."""
    now = pool.matcher.opening(opening)
    variants = dict(_openings(now))
    places = {str(number): each for number, each in enumerate(variants.values())}
    matcher = pool.matcher.with_openings([now, *(replace(each, id=key) for key, each in places.items())])
    before, *after = (matcher.rank_people(key, limit=1, exclude=exclude).fitting for key in (now.id, *places))
    return _most_first(variants, [count - before for count in after])


def _persons(now: Person, openings: Sequence[EngineOpening]) -> Iterator[tuple[Change, Person]]:
    for code in sorted({code for opening in openings for code in opening.languages}):
        for level in range(now.languages.get(code, HIGHEST_LEVEL) + 1, HIGHEST_LEVEL + 1):
            better = {**now.languages, code: level}
            yield Change(About.LANGUAGE, code, level), replace(now, languages=better)
    for code in sorted({code for opening in openings for code in opening.licences} - now.licences):
        yield Change(About.LICENCE, code), replace(now, licences=now.licences | {code})
    for km in FURTHER_KM:
        if now.travel_km is not None and km > now.travel_km:
            yield Change(About.JOURNEY, level=km), replace(now, travel_km=km)
    if now.hours is not None and now.hours != FULL_WEEK:
        yield Change(About.HOURS), replace(now, hours=FULL_WEEK)


def _openings(now: EngineOpening) -> Iterator[tuple[Change, EngineOpening]]:
    for code in sorted(now.licences):
        yield Change(About.LICENCE, code), replace(now, licences=now.licences - {code})
    for code, least in sorted(now.languages.items()):
        for level in range(least - 1, 0, -1):
            yield Change(About.LANGUAGE, code, level), replace(now, languages={**now.languages, code: level})
    for at, asked in enumerate(now.requirements):
        if asked.essential and asked.concept:
            rest = [*now.requirements[:at], replace(asked, essential=False), *now.requirements[at + 1 :]]
            yield Change(About.SKILL, asked.concept), replace(now, requirements=rest)
    if now.hours is not None and now.hours != FULL_WEEK:
        yield Change(About.HOURS), replace(now, hours=FULL_WEEK)
    for code in sorted(now.adaptations_refused):
        rest_refused = now.adaptations_refused - {code}
        yield Change(About.NEED, code), replace(now, adaptations_refused=rest_refused)


def _most_first(changes: Iterable[Change], counts: Sequence[int]) -> list[Opened]:
    """Those that open anything, the most first; of one thing the first change that opens as many."""
    best: dict[tuple[About, str, int], Opened] = {}
    for change, count in zip(changes, counts, strict=True):
        best.setdefault((change.about, change.code, count), Opened(change, count))
    return sorted((each for each in best.values() if each.count > 0), key=lambda each: -each.count)
