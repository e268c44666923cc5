"""Inverted lists: for a concept, a group or a text, who has it or something related, and how well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backend.matching.engine.demand import Demand
from backend.matching.engine.profile import expand, people_profiles
from backend.matching.engine.relations import PRODUCT, Bytes, Ints, Relations, product
from backend.matching.engine.store import Store
from backend.matching.engine.supply import Supply
from backend.matching.engine.text import similar

KEPT_BYTES = 12_000_000
KEPT_KINDS_BYTES = 3_000_000
"""Best-of lists kept at a time, of concepts and of kinds of work: 100,000 people take 25 MB in all."""

DENSE_FROM = 14
"""A list of more than every 14th person is kept as one byte per person: adding it up is then a vector
operation, which measures faster than a gather and a scatter from about there."""

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
            rows = self.rows.astype(np.intp)  # once, and `take`: a third faster than indexing twice
            scores[rows] = scores.take(rows) + earned

    def raise_to(self, best: Bytes) -> None:
        """Raise everybody's best credit to the credit here."""
        if self.rows is None:
            np.maximum(best, self.credit, out=best)
        else:
            rows = self.rows.astype(np.intp)
            best[rows] = np.maximum(best.take(rows), self.credit)


def distinct(rows: Ints, credit: Bytes, *, people: int) -> Postings:
    """Each row once, with its last credit, as the shorter kind of list."""
    numbers = np.arange(len(rows), dtype=np.int32)
    last, at = np.empty(people, dtype=np.int32), rows.astype(np.intp)
    last[at] = numbers  # of several numbers for one row the last one stays
    kept = last.take(at) == numbers
    return packed(rows[kept], credit[kept], people=people)


def packed(rows: Ints, credit: Bytes, *, people: int) -> Postings:
    """Distinct rows as they are, or as one credit per person where there are many."""
    if len(rows) * DENSE_FROM <= people:
        return Postings(rows, credit)
    dense = np.zeros(people, dtype=np.uint8)
    dense[rows] = credit
    return Postings(None, dense)


def merged(parts: Sequence[Postings], *, people: int) -> Postings:
    """The best credit out of several lists."""
    best = np.zeros(people, dtype=np.uint8)
    for part in parts:
        part.raise_to(best)
    return Postings(None, best)


class Lists:
    """Postings of many items, one behind the other."""

    def __init__(self, item: Ints, row: Ints, strength: Bytes, *, items: int) -> None:
        order = np.argsort(item.astype(np.min_scalar_type(items)), kind="stable")  # 16 bits: a radix sort
        self.start = np.concatenate([[0], np.cumsum(np.bincount(item, minlength=items))])
        self.row = row[order]
        self.strength = strength[order]

    def best(self, items: Ints, degrees: Bytes, *, people: int) -> Postings:
        """Who has one of some items, each with the best of degree times strength."""
        first = self.start[items]
        counts = self.start[items + 1] - first
        if counts.sum() * DENSE_FROM > people:
            parts = zip(first.tolist(), (first + counts).tolist(), degrees.tolist(), strict=True)
            return merged([self._span(*part) for part in parts], people=people)
        at = expand(first, counts)
        credit = product(np.repeat(degrees, counts), self.strength.take(at))
        rising = np.argsort(credit, kind="stable")
        return distinct(self.row.take(at.take(rising)), credit.take(rising), people=people)

    def _span(self, first: int, last: int, degree: int) -> Postings:
        return Postings(self.row[first:last], PRODUCT[degree].take(self.strength[first:last]))

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
        self._by_concept: Store[Postings] = Store(KEPT_BYTES)
        self._by_kind: Store[Postings] = Store(KEPT_KINDS_BYTES)

    @property
    def nbytes(self) -> int:
        """Bytes of all lists, the kept ones included."""
        lists = self.concepts.nbytes + self.groups.nbytes + self.texts.nbytes
        return lists + self._by_concept.nbytes + self._by_kind.nbytes

    def concept(self, number: int) -> Postings:
        """Who has this concept or a related one, each with the best credit."""
        related, degrees, _ = self.relations.related.row(number)
        people = len(self.supply)
        return self._by_concept.get(number, lambda: self.concepts.best(related, degrees, people=people))

    def kind_of_work(self, groups: Ints, degrees: Bytes) -> Postings:
        """Who knows one of these occupation groups, each with the best credit."""
        key, people = (groups.tobytes(), degrees.tobytes()), len(self.supply)
        return self._by_kind.get(key, lambda: self.groups.best(groups, degrees, people=people))

    def text(self, text: str) -> Postings:
        """Who wrote something like this folded text that has no concept."""
        people = len(self.supply)
        return self._by_concept.get(
            text, lambda: self.texts.best(*similar(text, self.supply.texts), people=people)
        )

    def line(self, demand: Demand, line: int) -> Postings:
        """Who earns something of one line of an opening, each with the best credit."""
        parts = [self.concept(number) for number in demand.concepts(line).tolist()]
        groups, degrees = demand.groups(line)
        if len(groups):
            parts.append(self.kind_of_work(groups, degrees))
        if self.supply.texts:
            parts += [self.text(text) for text in demand.texts[line]]
        return parts[0] if len(parts) == 1 else merged(parts, people=len(self.supply))

    def score(self, demand: Demand, opening: int) -> Scores:
        """Points of every person for one opening, hard conditions aside."""
        scores = np.zeros(len(self.supply), dtype=np.uint16)
        for line in demand.lines(opening):
            self.line(demand, line).add_to(scores, int(demand.shares[line]))
        return scores
