"""All openings beside all people: the best pairs of each opening, for allocation and for large worlds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backend.matching.engine.conditions import Flags, failures, squared_distance
from backend.matching.engine.demand import Demand
from backend.matching.engine.index import Index, Scores
from backend.matching.engine.rank import Rows, best
from backend.matching.engine.relations import Relations
from backend.matching.engine.supply import Supply
from backend.matching.engine.weights import NEAR_TIE

MARGIN = 32
"""How many times the wanted number is looked at first: of the best, some meet the conditions."""

ROWS_TOGETHER = 10_000
"""Pairs whose hard conditions are looked at in one go: for one opening's, the calls cost more than the
comparing."""

SHARD = 100_000
"""People indexed at a time, so that the index of any number of people stays under 64 MB."""


class Pairs(NamedTuple):
    """Pairs by row, by opening and from the best down; `worth` is what orders a list."""

    opening: npt.NDArray[np.int64]
    person: npt.NDArray[np.int64]
    worth: Scores


def best_pairs(demand: Demand, index: Index, *, limit: int = 10) -> Pairs:
    """The `limit` best people of every opening, with the same order and conditions as `rank_people`.

    Openings of one kind of work follow each other, because they share lists; one thread, because most of the
    work is too small to let go of the interpreter's lock (two measured slower).
    """
    rows: list[Rows] = [np.empty(0, np.intp)] * len(demand)
    worth: list[Scores] = [np.empty(0, np.uint16)] * len(demand)
    order = sorted(range(len(demand)), key=demand.kind_of_work)
    wanted = MARGIN * limit
    step = max(1, ROWS_TOGETHER // max(1, wanted))
    for some in (order[first : first + step] for first in range(0, len(order), step)):
        found = _best_of(demand, some, index, limit, wanted=wanted)
        for opening, (best_rows, their_worth) in zip(some, found, strict=True):
            rows[opening], worth[opening] = best_rows, their_worth
    return Pairs(
        opening=np.repeat(np.arange(len(demand)), [len(found) for found in rows]),
        person=np.concatenate([np.empty(0, np.intp), *rows]),
        worth=np.concatenate([np.empty(0, np.uint16), *worth]),
    )


def best_pairs_in_shards(demand: Demand, supply: Supply, relations: Relations, *, limit: int = 10) -> Pairs:
    """The same for any number of people, with only `SHARD` of them indexed at a time."""
    parts = []
    for first, shard in shards(supply):
        found = best_pairs(demand, Index(shard, relations), limit=limit)
        parts.append(Pairs(found.opening, found.person + first, found.worth))
    return merged(parts, limit=limit)


def shards(supply: Supply) -> Iterator[tuple[int, Supply]]:
    """Slices of people in row order, each with its first row."""
    for first in range(0, len(supply), SHARD):
        yield first, supply.part(first, min(first + SHARD, len(supply)))


def merged(parts: Sequence[Pairs], *, limit: int) -> Pairs:
    """The `limit` best of each opening out of several lists."""
    opening, person, worth = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((person, -(worth.astype(np.int32) // NEAR_TIE), opening))
    opening, person, worth = opening[order], person[order], worth[order]
    rank = np.arange(len(opening)) - np.searchsorted(opening, opening)
    kept = rank < limit
    return Pairs(opening[kept], person[kept], worth[kept])


def _best_of(
    demand: Demand, openings: Sequence[int], index: Index, limit: int, *, wanted: int
) -> list[tuple[Rows, Scores]]:
    """The best of each opening, looked for among its `wanted` best and, where too few of those fit, more."""
    likely = [_likely(demand, opening, index, wanted) for opening in openings]
    fits = _fit(demand, openings, index, likely)
    found = []
    for opening, (rows, worth), fit in zip(openings, likely, fits, strict=True):
        if np.count_nonzero(fit) >= limit or len(rows) < wanted:
            found.append((rows[fit][:limit], worth[fit][:limit]))
        else:
            found += _best_of(demand, [opening], index, limit, wanted=wanted * MARGIN)
    return found


def _likely(demand: Demand, opening: int, index: Index, wanted: int) -> tuple[Rows, Scores]:
    """The rows worth most, hard conditions aside."""
    worth = index.score(demand, opening).worth
    rows = best(worth, limit=wanted)
    return rows, worth[rows]


def _fit(
    demand: Demand, openings: Sequence[int], index: Index, likely: Sequence[tuple[Rows, Scores]]
) -> list[Flags]:
    """Which of the rows of each opening meet its hard conditions."""
    counts = [len(rows) for rows, _ in likely]
    people = index.supply.circumstances.take(np.concatenate([rows for rows, _ in likely]))
    places = demand.circumstances.take(np.repeat(openings, counts))
    fit = np.ones(sum(counts), dtype=bool)
    for failed in failures(people, places, squared_distance(people, places)).values():
        fit &= ~failed
    return np.split(fit, np.cumsum(counts)[:-1])
