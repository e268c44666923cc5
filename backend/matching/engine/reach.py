"""What is worth learning: the one skill that would bring most openings within a person's reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from backend.matching.engine.conditions import failures, squared_distance
from backend.matching.engine.demand import Demand, Part
from backend.matching.engine.index import Scored
from backend.matching.engine.relations import Relations, to_byte
from backend.matching.engine.reverse import OnePerson, score_openings
from backend.matching.engine.supply import Supply
from backend.matching.engine.weights import LEVEL_STRENGTH, SOURCE_STRENGTH, Band, Level, Source

TRIED = 40
"""Skills tried in full; the ones that the most openings ask for that are not yet open."""

NEW_STRENGTH = to_byte(LEVEL_STRENGTH[Level.UNKNOWN] * SOURCE_STRENGTH[Source.SELF])


@dataclass(frozen=True, slots=True)
class Reached:
    """An opening whose essential requirements one more skill would meet."""

    opening: str
    points_before: int
    points_after: int


@dataclass(frozen=True, slots=True)
class SkillToLearn:
    """A skill, and what it brings within reach; `lift` is the sum of points gained in all openings."""

    concept: str
    reached: Sequence[Reached]
    lift: int


def skills_to_learn(
    demand: Demand, supply: Supply, person: int, relations: Relations, *, limit: int = 5
) -> list[SkillToLearn]:
    """The skills that bring most openings within reach, of those whose hard conditions the person meets.

    Every promise is the real score: the person is scored anew with the skill, told by themself.
    """
    now = OnePerson.of(supply, person, relations)
    before = score_openings(demand, now)
    within = _meets(demand, supply, person)
    found = []
    for skill in _asked_for(demand, within & (before.band < Band.FITS), set(now.known.tolist())):
        after = score_openings(demand, now.with_skill(skill, NEW_STRENGTH))
        found.append(_learnt(demand, relations.concepts[skill], before, after, within))
    found.sort(key=lambda each: (-len(each.reached), -each.lift, each.concept))
    return [each for each in found if each.lift][:limit]


def _meets(demand: Demand, supply: Supply, person: int) -> npt.NDArray[np.bool_]:
    circumstances = supply.circumstances.take(person)
    failed = failures(
        circumstances, demand.circumstances, squared_distance(circumstances, demand.circumstances)
    )
    refused: npt.NDArray[np.bool_] = np.any(np.broadcast_arrays(*failed.values()), axis=0)
    return ~refused


def _asked_for(demand: Demand, openings: npt.NDArray[np.bool_], known: set[int]) -> list[int]:
    """Concepts that these openings ask for as requirements, the commonest first, without the known ones."""
    opening = np.repeat(np.arange(len(demand)), np.diff(demand.line_start))[demand.line_of_concept]
    wanted = openings[opening] & (demand.part[demand.line_of_concept] == Part.ASKED)
    counts = Counter(concept for concept in demand.concept[wanted].tolist() if concept not in known)
    return [concept for concept, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:TRIED]]


def _learnt(
    demand: Demand, concept: str, before: Scored, after: Scored, within: npt.NDArray[np.bool_]
) -> SkillToLearn:
    opened = within & (before.band < Band.FITS) & (after.band == Band.FITS)
    reached = [
        Reached(demand.openings[row].id, int(before.points[row]), int(after.points[row]))
        for row in np.flatnonzero(opened).tolist()
    ]
    reached.sort(key=lambda one: (-one.points_after, one.opening))
    gained = np.where(within, after.points.astype(np.int64) - before.points, 0)
    return SkillToLearn(concept, reached, int(gained.sum()))
