"""What is worth learning: the one skill that would bring most openings within a person's reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from backend.matching.engine.conditions import failures, squared_distance
from backend.matching.engine.demand import Demand
from backend.matching.engine.index import Scores
from backend.matching.engine.relations import Bytes, Ints, Relations, to_byte
from backend.matching.engine.reverse import line_credits, total_points
from backend.matching.engine.supply import Supply
from backend.matching.engine.weights import LEVEL_STRENGTH, SOURCE_STRENGTH, TOTAL, Level, Source

BAR = TOTAL * 2 // 5
"""An opening is within reach from two fifths of a full score: few who do another kind of work have that, and
most who do this kind have more."""

TRIED = 40
"""Skills tried in full; the ones that the most openings ask for that are not yet open."""

NEW_STRENGTH = to_byte(LEVEL_STRENGTH[Level.UNKNOWN] * SOURCE_STRENGTH[Source.SELF])


@dataclass(frozen=True, slots=True)
class Reached:
    """An opening that one more skill would bring over the bar."""

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
    demand: Demand, supply: Supply, person: int, relations: Relations, *, limit: int = 5, bar: int = BAR
) -> list[SkillToLearn]:
    """The skills that bring most openings within reach, of those whose hard conditions the person meets.

    Every promise is the real score: the person is scored anew with the skill, told by themself.
    """
    concept, strength = supply.evidence(person)
    written = supply.written(person)
    before = total_points(demand, line_credits(demand, concept, strength, written, relations))
    within = _meets(demand, supply, person)
    found = []
    for skill in _asked_for(demand, within & (before < bar), set(concept.tolist())):
        known = _with(concept, strength, skill)
        after = total_points(demand, line_credits(demand, *known, written, relations))
        found.append(
            _learnt(demand, relations.concepts[skill], np.where(within, before, 0), after * within, bar)
        )
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
    wanted = openings[opening] & ~demand.is_occupation[demand.line_of_concept]
    counts = Counter(concept for concept in demand.concept[wanted].tolist() if concept not in known)
    return [concept for concept, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:TRIED]]


def _with(concept: Ints, strength: Bytes, skill: int) -> tuple[Ints, Bytes]:
    at = int(np.searchsorted(concept, skill))
    return np.insert(concept, at, skill), np.insert(strength, at, NEW_STRENGTH)


def _learnt(demand: Demand, concept: str, before: Scores, after: Scores, bar: int) -> SkillToLearn:
    opened = np.flatnonzero((before < bar) & (after >= bar))
    reached = [Reached(demand.openings[row].id, int(before[row]), int(after[row])) for row in opened.tolist()]
    reached.sort(key=lambda one: (-one.points_after, one.opening))
    return SkillToLearn(concept, reached, int(after.sum(dtype=np.int64) - before.sum(dtype=np.int64)))
