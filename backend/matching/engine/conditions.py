"""Hard conditions: each is one comparison of facts, and none can be outvoted by a score.

Every function broadcasts, so the same rule serves one opening beside all people and one person beside all openings.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from backend.matching.engine.facts import ANYWHERE, OpeningFacts, PeopleFacts, Words

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


def squared_distance(people: PeopleFacts, openings: OpeningFacts) -> npt.NDArray[np.float32]:
    """Squared chords in km2, NaN where a place is unknown."""
    x, y, z = (people.xyz[axis] - openings.xyz[axis] for axis in range(3))
    squared: npt.NDArray[np.float32] = x * x + y * y + z * z
    return squared


def too_far(people: PeopleFacts, openings: OpeningFacts) -> Flags:
    """Beyond what the person travels; an unknown place is never too far."""
    far: Flags = squared_distance(people, openings) > people.reach
    return far


def no_common_hours(people: PeopleFacts, openings: OpeningFacts) -> Flags:
    apart: Flags = (people.hours[0] > openings.hours[1]) | (people.hours[1] < openings.hours[0])
    return apart


def no_common_period(people: PeopleFacts, openings: OpeningFacts) -> Flags:
    apart: Flags = (people.period[0] > openings.period[1]) | (people.period[1] < openings.period[0])
    return apart


def other_tenant(people: PeopleFacts, openings: OpeningFacts) -> Flags:
    other: Flags = (openings.tenant != ANYWHERE) & (people.tenant != openings.tenant)
    return other


def lacks(needed: Words, had: Words) -> Flags:
    """Some code is needed and not had; words (first axis) that one side never saw are empty."""
    shared = min(len(needed), len(had))
    shape = np.broadcast_shapes(needed.shape[1:], had.shape[1:])
    lacking = np.zeros(shape, dtype=bool)
    for word in range(shared):
        lacking |= (needed[word] & ~had[word]) != 0
    for word in range(shared, len(needed)):
        lacking |= needed[word] != 0
    return lacking


def failures(people: PeopleFacts, openings: OpeningFacts) -> dict[Condition, Flags]:
    """For each condition, which pairs fail it."""
    return {
        Condition.STANDING: ~openings.is_open,
        Condition.PLACES: ~openings.has_places,
        Condition.TENANT: other_tenant(people, openings),
        Condition.PERIOD: no_common_period(people, openings),
        Condition.HOURS: no_common_hours(people, openings),
        Condition.DISTANCE: too_far(people, openings),
        Condition.LICENCES: lacks(openings.licences, people.licences),
        Condition.LANGUAGES: lacks(openings.languages, people.languages),
        Condition.ADAPTATIONS: lacks(people.adaptations, openings.adaptations),
    }
