"""Hard conditions: each is one comparison of circumstances, and none can be outvoted by a score.

Every function broadcasts, so the same rule serves one opening beside all people and one person beside all
openings.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from backend.matching.engine.circumstances import ANYWHERE, OpeningCircumstances, PeopleCircumstances, Words

Flags = npt.NDArray[np.bool_]


class Condition(StrEnum):
    """Why a pair is out of the question, in the order in which it is told."""

    STANDING = "standing"
    PLACES = "places"
    TENANT = "tenant"
    PERIOD = "period"
    HOURS = "hours"
    DISTANCE = "distance"
    LICENCES = "licences"
    LANGUAGES = "languages"
    ADAPTATIONS = "adaptations"


def squared_distance(people: PeopleCircumstances, openings: OpeningCircumstances) -> npt.NDArray[np.float32]:
    """Squared chords in km2, NaN where a place is unknown."""
    squared: npt.NDArray[np.float32] = np.square(people.xyz[0] - openings.xyz[0])
    squared += np.square(people.xyz[1] - openings.xyz[1])
    squared += np.square(people.xyz[2] - openings.xyz[2])
    return squared


def no_common_hours(people: PeopleCircumstances, openings: OpeningCircumstances) -> Flags:
    apart: Flags = (people.hours[0] > openings.hours[1]) | (people.hours[1] < openings.hours[0])
    return apart


def no_common_period(people: PeopleCircumstances, openings: OpeningCircumstances) -> Flags:
    apart: Flags = (people.period[0] > openings.period[1]) | (people.period[1] < openings.period[0])
    return apart


def other_tenant(people: PeopleCircumstances, openings: OpeningCircumstances) -> Flags:
    """Of a municipality that the opening is not for; an opening may be for all of them."""
    if np.all(openings.tenant == ANYWHERE):
        return np.zeros((), dtype=bool)
    other: Flags = (openings.tenant != ANYWHERE) & (people.tenant != openings.tenant)
    return other


def lacks(needed: Words, had: Words) -> Flags:
    """Some code is needed and not had; words (first axis) that one side never saw are empty."""
    lacking = np.zeros((), dtype=bool)
    for word, bits in enumerate(needed):
        if np.any(bits):
            absent = bits & ~had[word] if word < len(had) else bits
            lacking = lacking | (absent != 0)
    return lacking


def meets(one: Words, other: Words) -> Flags:
    """Some code is in both; words (first axis) that one side never saw are empty."""
    common = np.zeros((), dtype=bool)
    for mine, yours in zip(one, other, strict=False):
        common = common | ((mine & yours) != 0)
    return common


def failures(
    people: PeopleCircumstances, openings: OpeningCircumstances, squared: npt.NDArray[np.float32]
) -> dict[Condition, Flags]:
    """For each condition, which pairs fail it; a single flag where it is the same for all.

    `squared` is their `squared_distance`. What is unknown (a place: NaN) fails nothing.
    """
    return {
        Condition.STANDING: ~openings.is_open,
        Condition.PLACES: ~openings.has_places,
        Condition.TENANT: other_tenant(people, openings),
        Condition.PERIOD: no_common_period(people, openings),
        Condition.HOURS: no_common_hours(people, openings),
        Condition.DISTANCE: squared > people.reach,
        Condition.LICENCES: lacks(openings.licences, people.licences),
        Condition.LANGUAGES: meets(openings.languages, people.languages),
        Condition.ADAPTATIONS: meets(people.adaptations, openings.adaptations),
    }
