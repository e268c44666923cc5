"""Inverted lists: for a concept, a group or a text, who has it and how well. Best-of lists are kept once made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backend.matching.engine.demand import Demand
from backend.matching.engine.profile import people_profiles
from backend.matching.engine.relations import Bytes, Ints, Relations
from backend.matching.engine.supply import Supply
from backend.matching.engine.text import similar
from backend.matching.engine.weights import FULL

KEPT_BYTES = 40_000_000
"""Best-of lists kept at a time. With the lists they are made of, an index of 100,000 people stays under 64 MB."""

PRODUCT = ((np.arange(FULL + 1)[:, None] * np.arange(FULL + 1) + FULL // 2) // FULL).astype(np.uint8)
"""PRODUCT[a, b] is a·b, both of 0-255, rounded: one table, so that every path rounds alike."""

Scores = npt.NDArray[np.uint16]


class Postings(NamedTuple):
    """Who has a thing (distinct rows) and with what credit."""

    rows: Ints
    credit: Bytes


class Lists:
    """Postings of many items, one behind the other."""

    def __init__(self, item: Ints, row: Ints, strength: Bytes, *, items: int) -> None:
        order = np.argsort(item, kind="stable")
        self.start = np.concatenate([[0], np.cumsum(np.bincount(item, minlength=items))])
        self.row = row[order]
        self.strength = strength[order]

    def __getitem__(self, item: int) -> Postings:
        span = slice(self.start[item], self.start[item + 1])
        return Postings(self.row[span], self.strength[span])

    @property
    def nbytes(self) -> int:
        return int(self.start.nbytes + self.row.nbytes + self.strength.nbytes)


class Index:
    """The people of one `Supply`, ready to be ranked for openings."""

    def __init__(self, supply: Supply, relations: Relations) -> None:
        self.supply = supply
        self.relations = relations
        rows = np.repeat(np.arange(len(supply), dtype=np.int32), np.diff(supply.start))
        self.concepts = Lists(supply.concept, rows, supply.strength, items=len(relations.concepts))
        profile = people_profiles(supply.start, supply.concept, supply.strength, relations)
        self.groups = Lists(profile.group, profile.row, profile.degree, items=len(relations.groups))
        self.texts = Lists(supply.text_index, supply.text_row, supply.text_strength, items=len(supply.texts))
        self._kept: dict[int | str, Postings] = {}
        self._kept_bytes = 0

    @property
    def nbytes(self) -> int:
        """Bytes of all lists, the kept ones included."""
        return self.concepts.nbytes + self.groups.nbytes + self.texts.nbytes + self._kept_bytes

    def concept(self, number: int) -> Postings:
        """Who has this concept or a related one, each with the best credit."""
        kept = self._kept.get(number)
        if kept is None:
            related, degrees, _ = self.relations.related.row(number)
            pairs = zip(related.tolist(), degrees.tolist(), strict=True)
            kept = self._keep(number, self._best((self.concepts[other], degree) for other, degree in pairs))
        return kept

    def text(self, text: str) -> Postings:
        """Who wrote something like this folded text that has no concept."""
        kept = self._kept.get(text)
        if kept is None:
            found, degrees = similar(text, self.supply.texts)
            pairs = zip(found.tolist(), degrees.tolist(), strict=True)
            kept = self._keep(text, self._best((self.texts[index], degree) for index, degree in pairs))
        return kept

    def line(self, demand: Demand, line: int) -> Postings:
        """Who earns something of one line of an opening, each with the best credit of 0-255."""
        groups, degrees = demand.groups(line)
        parts = [(self.concept(number), FULL) for number in demand.concepts(line).tolist()]
        parts += [(self.groups[group], degree) for group, degree in zip(groups.tolist(), degrees.tolist(), strict=True)]
        parts += [(self.text(text), FULL) for text in demand.texts[line]]
        return parts[0][0] if len(parts) == 1 and parts[0][1] == FULL else self._best(parts)

    def score(self, demand: Demand, opening: int) -> Scores:
        """Points of every person for one opening, hard conditions aside."""
        points = np.zeros(len(self.supply), dtype=np.uint16)
        for line in demand.lines(opening):
            rows, credit = self.line(demand, line)
            points[rows] += earned(int(demand.points[line]))[credit]
        return points

    def _best(self, parts: Iterable[tuple[Postings, int]]) -> Postings:
        best = np.zeros(len(self.supply), dtype=np.uint8)
        for (rows, credit), degree in parts:
            if len(rows):
                best[rows] = np.maximum(best[rows], credit if degree == FULL else PRODUCT[degree][credit])
        rows = np.flatnonzero(best).astype(np.int32)
        return Postings(rows, best[rows])

    def _keep(self, key: int | str, postings: Postings) -> Postings:
        if self._kept_bytes > KEPT_BYTES:
            self._kept, self._kept_bytes = {}, 0
        self._kept[key] = postings
        self._kept_bytes += postings.rows.nbytes + postings.credit.nbytes
        return postings


def earned(points: int) -> Scores:
    """The points that each credit of 0-255 earns of a line worth `points`."""
    return ((np.arange(FULL + 1, dtype=np.uint32) * points + FULL // 2) // FULL).astype(np.uint16)
