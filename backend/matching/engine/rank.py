"""People for an opening: hard conditions first, then bands, then points, then the longer wait."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from backend.matching.engine.circumstances import great_circle, squared_chord
from backend.matching.engine.conditions import Condition, Flags, failures, squared_distance
from backend.matching.engine.demand import Demand
from backend.matching.engine.index import Index, Scored, Scores
from backend.matching.engine.weights import NEAR_TIE, TOTAL, Band

BLOCK = 128
"""People per block when the best are looked for: the greatest of a block bounds the rest of it."""

TRAVEL_STEPS = (10, 20, 30, 50, 75, 100)
"""Kilometres at which "how many more if they travelled further" is told."""

Rows = npt.NDArray[np.intp]
Squared = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of a ranking. `points` of `TOTAL`; `distance_km` None where a place is unknown."""

    id: str
    points: int
    band: Band
    distance_km: float | None = None
    failed: tuple[Condition, ...] = ()

    @property
    def score(self) -> float:
        """The points as a share, 0-1."""
        return self.points / TOTAL


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best, and what became of the rest.

    `considered` were looked at (not who was excluded), `fitting` of them meet the conditions and what is
    essential, and `scored` of them could be proposed if it were not
    for the conditions: they are in a band above `FAR`. Of those, `removed` tells how many fail each
    condition, `removed_only` how many fail nothing else, and `within_km` how many of the ones who only live
    too far away would be reached at each distance. Whoever is far comes last, and is in no count.
    """

    rows: Sequence[Candidate]
    considered: int
    scored: int
    fitting: int = 0
    removed: Mapping[Condition, int] = field(default_factory=dict)
    removed_only: Mapping[Condition, int] = field(default_factory=dict)
    within_km: Mapping[int, int] = field(default_factory=dict)


def rank_people(
    demand: Demand,
    opening: int,
    index: Index,
    *,
    limit: int = 10,
    exclude: Collection[int] = (),
    near: bool = False,
) -> Ranking:
    """Rank the people of an index for one opening (by row).

    `exclude` are rows, each once, that are out for reasons outside the engine (already proposed). With
    `near`, the rows
    are the near misses instead: who fails exactly one condition.
    """
    people, place = index.supply.circumstances, demand.circumstances.take(opening)
    scored = index.score(demand, opening).without(exclude)
    squared = squared_distance(people, place)
    failed = failures(people, place, squared)
    considered = len(scored.points) - len(exclude)
    return ranking(scored, failed, squared, index.supply.ids, considered=considered, limit=limit, near=near)


def ranking(
    pairs: Scored,
    failed: Mapping[Condition, Flags],
    squared: Squared,
    ids: Sequence[str],
    *,
    considered: int,
    limit: int,
    near: bool,
) -> Ranking:
    """Put points, conditions and distances together; rows come in the order that decides near-ties."""
    scored = pairs.band > Band.FAR
    failed = {condition: flags for condition, flags in failed.items() if np.any(flags)}
    misses = np.zeros(len(scored), dtype=np.uint8)
    for flags in failed.values():
        misses += flags
    wanted = (misses == 1) & scored if near else misses == 0
    rows = best(pairs.worth * wanted, limit=limit)
    failed = {condition: scored & flags for condition, flags in failed.items()}
    only = {condition: flags & (misses == 1) for condition, flags in failed.items()}
    return Ranking(
        rows=[_candidate(ids, row, pairs, squared, failed) for row in rows.tolist()],
        considered=considered,
        scored=int(np.count_nonzero(scored)),
        fitting=int(np.count_nonzero((pairs.band == Band.FITS) & (misses == 0))),
        removed=_totals(failed),
        removed_only=_totals(only),
        within_km=_reached(only.get(Condition.DISTANCE), squared),
    )


def best(worth: Scores, *, limit: int) -> Rows:
    """The rows worth most, at most `limit`; near-ties in row order, which is the order of waiting."""
    floor = max(1, _bound(worth, limit) // NEAR_TIE * NEAR_TIE)
    rows = np.flatnonzero(worth >= floor)
    step = worth[rows].astype(np.int32) // NEAR_TIE
    if len(rows) > limit:
        enough = step >= np.partition(step, len(rows) - limit)[len(rows) - limit]
        rows, step = rows[enough], step[enough]
    return rows[np.argsort(-step, kind="stable")][:limit]


def _bound(worth: Scores, limit: int) -> int:
    """What at least `limit` rows are worth, if that many are worth anything."""
    blocks = len(worth) // BLOCK
    if blocks < limit:
        return 0
    tops = worth[: blocks * BLOCK].reshape(BLOCK, blocks).max(axis=0)
    return int(np.partition(tops, blocks - limit)[blocks - limit])


def _candidate(
    ids: Sequence[str], row: int, pairs: Scored, squared: Squared, failed: Mapping[Condition, Flags]
) -> Candidate:
    names = tuple(condition for condition, flags in failed.items() if flags[row])
    return Candidate(ids[row], int(pairs.points[row]), Band(pairs.band[row]), km(squared[row]), names)


def km(squared: np.float32 | Squared) -> float | None:
    """A squared chord as great-circle km; None where a place is unknown."""
    return None if np.isnan(squared) else float(great_circle(np.asarray(squared)))


def _totals(failed: Mapping[Condition, Flags]) -> dict[Condition, int]:
    totals = {condition: int(np.count_nonzero(flags)) for condition, flags in failed.items()}
    return {condition: total for condition, total in totals.items() if total}


def _reached(flags: Flags | None, squared: Squared) -> dict[int, int]:
    if flags is None or not np.any(flags):
        return {}
    steps = squared_chord(TRAVEL_STEPS)
    counts = [int(np.count_nonzero(flags & (squared <= step))) for step in steps]
    return {step: count for step, count in zip(TRAVEL_STEPS, counts, strict=True) if count}
