"""What would open doors: the one skill that would bring a person into most openings, with the openings."""

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
"""A door is open from two fifths of a full score: few who do another kind of work reach that, and most who do
this kind pass it."""

TRIED = 40
"""Skills tried in full; the ones that the most openings ask for that are not yet open."""

NEW_STRENGTH = to_byte(LEVEL_STRENGTH[Level.UNKNOWN] * SOURCE_STRENGTH[Source.SELF])


@dataclass(frozen=True, slots=True)
class Opened:
    """An opening that one more skill would bring over the bar."""

    opening: str
    points_before: int
    points_after: int


@dataclass(frozen=True, slots=True)
class Door:
    """A skill to learn, and what it opens; `lift` is the sum of points gained in all openings."""

    concept: str
    opens: Sequence[Opened]
    lift: int


def what_opens_doors(
    demand: Demand, supply: Supply, person: int, relations: Relations, *, limit: int = 5, bar: int = BAR
) -> list[Door]:
    """The skills that open most openings among those whose hard conditions the person meets.

    Every promise is the real score: the person is scored anew with the skill, told by themself.
    """
    concept, strength = supply.evidence(person)
    written = supply.written(person)
    before = total_points(demand, line_credits(demand, concept, strength, written, relations))
    within = _meets(demand, supply, person)
    doors = []
    for skill in _asked_for(demand, within & (before < bar), set(concept.tolist())):
        known = _with(concept, strength, skill)
        after = total_points(demand, line_credits(demand, *known, written, relations))
        doors.append(
            _door(demand, relations.concepts[skill], np.where(within, before, 0), after * within, bar)
        )
    doors.sort(key=lambda door: (-len(door.opens), -door.lift, door.concept))
    return [door for door in doors if door.lift][:limit]


def _meets(demand: Demand, supply: Supply, person: int) -> npt.NDArray[np.bool_]:
    facts = supply.facts.take(person)
    failed = failures(facts, demand.facts, squared_distance(facts, demand.facts))
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


def _door(demand: Demand, concept: str, before: Scores, after: Scores, bar: int) -> Door:
    opened = np.flatnonzero((before < bar) & (after >= bar))
    opens = [Opened(demand.openings[row].id, int(before[row]), int(after[row])) for row in opened.tolist()]
    opens.sort(key=lambda one: (-one.points_after, one.opening))
    return Door(concept, opens, int(after.sum(dtype=np.int64) - before.sum(dtype=np.int64)))
