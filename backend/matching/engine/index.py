"""Inverted lists: for a concept, a group or a text, who has it or something related, and how well."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backend.matching.engine.demand import Demand
from backend.matching.engine.profile import people_profiles
from backend.matching.engine.relations import PRODUCT, Bytes, Ints, Relations
from backend.matching.engine.supply import Supply
from backend.matching.engine.text import similar
from backend.matching.engine.weights import FULL

KEPT_BYTES = 32_000_000
"""Best-of lists kept at a time, the latest used: with their sources, 100,000 people stay under 64 MB."""

DENSE_FROM = 14
"""A list of more than every 14th person is kept as one byte per person: adding it up is then a vector
operation,
which measures faster than a gather and a scatter from about there."""

Scores = npt.NDArray[np.uint16]


class Postings(NamedTuple):
    """Who has a thing and with what credit: distinct rows, or everybody in order where `rows` is None."""

    rows: Ints | None
    credit: Bytes

    @property
    def nbytes(self) -> int:
        return self.credit.nbytes + (0 if self.rows is None else self.rows.nbytes)

    def add_to(self, scores: Scores, share: int) -> None:
        """Give everybody `share` times their credit."""
        earned = self.credit * np.uint16(share)
        if self.rows is None:
            scores += earned
        else:
            scores[self.rows] += earned

    def raise_to(self, best: Bytes, degree: int) -> None:
        """Raise everybody's best credit to `degree` times the credit here."""
        credit = self.credit if degree == FULL else PRODUCT[degree][self.credit]
        if self.rows is None:
            np.maximum(best, credit, out=best)
        else:
            best[self.rows] = np.maximum(best[self.rows], credit)


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
        self._kept: OrderedDict[int | str, Postings] = OrderedDict()
        self._kept_bytes = 0
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        """Bytes of all lists, the kept ones included."""
        return self.concepts.nbytes + self.groups.nbytes + self.texts.nbytes + self._kept_bytes

    def concept(self, number: int) -> Postings:
        """Who has this concept or a related one, each with the best credit."""
        known = self._known(number)
        if known is None:
            others, degrees, _ = self.relations.related.row(number)
            pairs = zip(others.tolist(), degrees.tolist(), strict=True)
            known = self._keep(number, self._best((self.concepts[other], degree) for other, degree in pairs))
        return known

    def text(self, text: str) -> Postings:
        """Who wrote something like this folded text that has no concept."""
        known = self._known(text)
        if known is None:
            found, degrees = similar(text, self.supply.texts)
            pairs = zip(found.tolist(), degrees.tolist(), strict=True)
            known = self._keep(text, self._best((self.texts[index], degree) for index, degree in pairs))
        return known

    def line(self, demand: Demand, line: int) -> Postings:
        """Who earns something of one line of an opening, each with the best credit."""
        parts = [(self.concept(number), FULL) for number in demand.concepts(line).tolist()]
        groups = zip(*(column.tolist() for column in demand.groups(line)), strict=True)
        parts += [(self.groups[group], degree) for group, degree in groups]
        if self.supply.texts:
            parts += [(self.text(text), FULL) for text in demand.texts[line]]
        return parts[0][0] if len(parts) == 1 and parts[0][1] == FULL else self._best(parts)

    def score(self, demand: Demand, opening: int) -> Scores:
        """Points of every person for one opening, hard conditions aside."""
        scores = np.zeros(len(self.supply), dtype=np.uint16)
        for line in demand.lines(opening):
            self.line(demand, line).add_to(scores, int(demand.shares[line]))
        return scores

    def _best(self, parts: Iterable[tuple[Postings, int]]) -> Postings:
        best = np.zeros(len(self.supply), dtype=np.uint8)
        for postings, degree in parts:
            postings.raise_to(best, degree)
        if np.count_nonzero(best) * DENSE_FROM > len(best):
            return Postings(None, best)
        rows = np.flatnonzero(best)
        return Postings(rows.astype(np.int32), best[rows])

    def _known(self, item: int | str) -> Postings | None:
        with self._lock:
            found = self._kept.get(item)
            if found is not None:
                self._kept.move_to_end(item)
            return found

    def _keep(self, item: int | str, postings: Postings) -> Postings:
        with self._lock:
            replaced = self._kept.pop(item, None)
            self._kept[item] = postings
            self._kept_bytes += postings.nbytes - (replaced.nbytes if replaced else 0)
            while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._kept_bytes -= oldest.nbytes
        return postings
