"""What would change if one condition were another: one change at a time, each scored for real."""

from collections.abc import Iterator, Sequence
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


@dataclass(frozen=True)
class Change:
    """A condition that would be another: `code` of a language, licence or concept; `level` (1-6) or km."""

    about: About
    code: str = ""
    level: int = 0


@dataclass(frozen=True)
class Opened:
    """A change, and the keys of those that would fit besides, hard conditions and all."""

    change: Change
    keys: Sequence[Key]


def would_open(participant: Participant, pool: Pool) -> list[Opened]:
    """Return what would open most openings for a person of whom the pool has the openings.

    Of changes about one thing only the least that opens as many is told.
    """
    now, openings = person_of(participant, pool.catalogue.languages), pool.matcher.openings
    variants = dict(_persons(now, openings))
    people = {f"{number}": person for number, person in enumerate(variants.values())}
    matcher = pool.matcher.with_people([now, *(replace(person, id=key) for key, person in people.items())])
    open_now = matcher.fitting_openings(now.id)
    found = [
        Opened(change, sorted(matcher.fitting_openings(key) - open_now))
        for change, key in zip(variants, people, strict=True)
    ]
    return _most_first(found)


def easier(opening: Key, pool: Pool) -> list[Opened]:
    """Return what would let most people of the pool fit its opening besides those who do."""
    now = pool.matcher.opening(opening)
    variants = dict(_openings(now))
    places = {f"{number}": place for number, place in enumerate(variants.values())}
    matcher = pool.matcher.with_openings([now, *(replace(place, id=key) for key, place in places.items())])
    fit_now = matcher.fitting_people(now.id)
    found = [
        Opened(change, sorted(matcher.fitting_people(key) - fit_now))
        for change, key in zip(variants, places, strict=True)
    ]
    return _most_first(found)


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


def _most_first(found: Sequence[Opened]) -> list[Opened]:
    """Those that open anything, the most first; of one thing the first change that opens as many."""
    best: dict[tuple[About, str, int], Opened] = {}
    for each in found:
        best.setdefault((each.change.about, each.change.code, len(each.keys)), each)
    return sorted((each for each in best.values() if each.keys), key=lambda each: -len(each.keys))
