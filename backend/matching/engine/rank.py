"""People for an opening and openings for a person: hard conditions first, then points, then the longer wait."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from backend.matching.engine.conditions import Condition, Flags, failures, squared_distance
from backend.matching.engine.demand import Demand
from backend.matching.engine.facts import great_circle
from backend.matching.engine.index import Index, Scores
from backend.matching.engine.weights import NEAR_TIE, TOTAL

BLOCK = 128
"""People per block when the best are looked for: the greatest of each block bounds what the block can hold."""

TRAVEL_STEPS = (10, 20, 30, 50, 75, 100)
"""Kilometres at which "how many more if they travelled further" is told."""

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of a ranking. `points` of 10,000; `distance_km` None where a place is unknown."""

    id: str
    row: int
    points: int
    distance_km: float | None = None
    failed: tuple[Condition, ...] = ()

    @property
    def score(self) -> float:
        return self.points / TOTAL


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best, and what became of the rest.

    `considered` were looked at and `scored` of them match at all. Of those, `removed` tells how many fail each
    condition, `removed_only` how many fail nothing else, and `within_km` how many of the ones who only live too far
    away would be reached at each distance.
    """

    rows: Sequence[Candidate]
    considered: int
    scored: int
    removed: Mapping[Condition, int] = field(default_factory=dict)
    removed_only: Mapping[Condition, int] = field(default_factory=dict)
    within_km: Mapping[int, int] = field(default_factory=dict)


def rank_people(
    demand: Demand, opening: int, index: Index, *, limit: int = 10, exclude: Collection[int] = (), near: bool = False
) -> Ranking:
    """Rank the people of an index for one opening (by row).

    `exclude` are rows that are out for reasons outside the engine (already proposed). With `near`, the rows are the
    near misses instead: who fails exactly one condition.
    """
    supply, facts = index.supply, demand.facts.take(opening)
    points = index.score(demand, opening)
    points[list(exclude)] = 0
    squared = squared_distance(supply.facts, facts)
    failed = failures(supply.facts, facts)
    return ranking(points, failed, squared, supply.ids, limit=limit, near=near)


def ranking(
    points: Scores,
    failed: dict[Condition, Flags],
    squared: npt.NDArray[np.float32],
    ids: Sequence[str],
    *,
    limit: int,
    near: bool,
) -> Ranking:
    """Put points, conditions and distances together; rows come in the order that decides near-ties."""
    scored = points > 0
    failed = {condition: scored & flags for condition, flags in failed.items() if np.any(flags)}
    count = _count(failed.values(), len(points))
    only = {condition: flags & (count == 1) for condition, flags in failed.items()}
    wanted = np.where(count == (1 if near else 0), points, 0)
    rows = best(wanted, limit=limit)
    return Ranking(
        rows=[
            Candidate(ids[row], row, int(points[row]), _km(squared[row]), _names(failed, row)) for row in rows.tolist()
        ],
        considered=len(points),
        scored=int(np.count_nonzero(scored)),
        removed=_totals(failed),
        removed_only=_totals(only),
        within_km=_reached(only.get(Condition.DISTANCE), squared),
    )


def best(points: Scores, *, limit: int) -> Rows:
    """The rows with most points, at most `limit`; near-ties in row order, which is the order of waiting."""
    step = points // NEAR_TIE
    floor = max(1, _bound(points, limit) // NEAR_TIE * NEAR_TIE)
    rows = np.flatnonzero(points >= floor)
    return rows[np.argsort(-step[rows].astype(np.int32), kind="stable")][:limit]


def _bound(points: Scores, limit: int) -> int:
    """A number of points that at least `limit` rows have, if that many have any."""
    blocks = len(points) // BLOCK
    if blocks < limit:
        return 0
    tops = points[: blocks * BLOCK].reshape(blocks, BLOCK).max(axis=1)
    return int(np.partition(tops, blocks - limit)[blocks - limit])


def _count(flags: Collection[Flags], size: int) -> npt.NDArray[np.uint8]:
    total = np.zeros(size, dtype=np.uint8)
    for flag in flags:
        total += flag
    return total


def _names(failed: dict[Condition, Flags], row: int) -> tuple[Condition, ...]:
    return tuple(condition for condition, flags in failed.items() if flags[row])


def _totals(failed: dict[Condition, Flags]) -> dict[Condition, int]:
    totals = {condition: int(np.count_nonzero(flags)) for condition, flags in failed.items()}
    return {condition: total for condition, total in totals.items() if total}


def _reached(flags: Flags | None, squared: npt.NDArray[np.float32]) -> dict[int, int]:
    if flags is None or not np.any(flags):
        return {}
    km = great_circle(squared[flags])
    return {step: int(np.count_nonzero(km <= step)) for step in TRAVEL_STEPS if np.any(km <= step)}


def _km(squared: np.float32) -> float | None:
    return None if np.isnan(squared) else float(great_circle(np.asarray(squared)))
