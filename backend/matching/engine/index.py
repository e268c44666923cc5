"""Inverted lists: for a concept, a group or a text, who has it or something related, and how well."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backend.matching.engine.bands import Bands, Signs, bands, worth
from backend.matching.engine.demand import Demand, Part
from backend.matching.engine.profile import Profile, expand, people_profiles
from backend.matching.engine.relations import PRODUCT, Bytes, Ints, Relations, product
from backend.matching.engine.store import Store
from backend.matching.engine.supply import Supply, Told
from backend.matching.engine.text import similar
from backend.matching.engine.weights import RELATED_FROM, Band

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

    def count_from(self, counts: Bytes, least: int) -> None:
        """Count one for everybody with a credit of `least` or more."""
        enough = self.credit >= least
        if self.rows is None:
            counts += enough
        else:
            counts[self.rows[enough]] += 1

    def dense(self, people: int) -> Bytes:
        """One credit per person."""
        if self.rows is None:
            return self.credit
        credit = np.zeros(people, dtype=np.uint8)
        credit[self.rows] = self.credit
        return credit

    def raise_to(self, best: Bytes) -> None:
        """Raise everybody's best credit to the credit here."""
        if self.rows is None:
            np.maximum(best, self.credit, out=best)
        else:
            rows = self.rows.astype(np.intp)
            best[rows] = np.maximum(best.take(rows), self.credit)


NOTHING = Postings(np.empty(0, np.int32), np.empty(0, np.uint8))


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


class Side:
    """What people can, or what they want, as lists: of concepts, of occupation groups and of texts."""

    def __init__(self, told: Told, groups: Profile, relations: Relations) -> None:
        self.told, self.relations = told, relations
        self.people = len(told.start) - 1
        rows = np.repeat(np.arange(self.people, dtype=np.int32), np.diff(told.start))
        self.concepts = Lists(told.concept, rows, told.strength, items=len(relations.concepts))
        self.groups = Lists(groups.group, groups.row, groups.degree, items=len(relations.groups))
        self.texts = Lists(told.text_index, told.text_row, told.text_strength, items=len(told.texts))
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
        return self._by_concept.get(number, lambda: self.concepts.best(related, degrees, people=self.people))

    def kind_of_work(self, groups: Ints, degrees: Bytes) -> Postings:
        """Who knows one of these occupation groups, each with the best credit."""
        key = (groups.tobytes(), degrees.tobytes())
        return self._by_kind.get(key, lambda: self.groups.best(groups, degrees, people=self.people))

    def text(self, text: str) -> Postings:
        """Who wrote something like this folded text that has no concept."""
        return self._by_concept.get(
            text, lambda: self.texts.best(*similar(text, self.told.texts), people=self.people)
        )

    def parts(self, demand: Demand, line: int) -> list[Postings]:
        """Who earns something of one line of an opening, in as many lists as there are ways to earn it."""
        parts = [self.concept(number) for number in demand.concepts(line).tolist()]
        groups, degrees = demand.groups(line)
        if len(groups):
            parts.append(self.kind_of_work(groups, degrees))
        if self.told.texts:
            parts += [self.text(text) for text in demand.texts(line)]
        return parts


class Index:
    """The people of one `Supply`, ready to be ranked for openings."""

    def __init__(self, supply: Supply, relations: Relations) -> None:
        self.supply = supply
        can = supply.can
        known = people_profiles(can.start, can.concept, can.strength, relations)
        self.can = Side(can, known, relations)
        self.wants = Side(supply.wants, supply.fields, relations)
        self.openness = Postings(None, supply.openness)

    @property
    def nbytes(self) -> int:
        """Bytes of all lists, the kept ones included."""
        return self.can.nbytes + self.wants.nbytes + self.openness.nbytes

    def line(self, demand: Demand, line: int) -> Postings:
        """Who earns something of one line of an opening, each with the best credit."""
        if demand.part[line] == Part.WISHED:
            parts = [*self.wants.parts(demand, line), self.openness]
        else:
            parts = self.can.parts(demand, line)
        return parts[0] if len(parts) == 1 else merged(parts, people=len(self.supply))

    def score(self, demand: Demand, opening: int) -> Scored:
        """Points and band of every person for one opening, hard conditions aside."""
        people = len(self.supply)
        points = np.zeros(people, dtype=np.uint16)
        met, credit = np.zeros(people, dtype=np.uint8), dict.fromkeys(Part, NOTHING)
        for line in demand.lines(opening):
            found = self.line(demand, line)
            found.add_to(points, int(demand.shares[line]))
            if demand.is_tested[line]:
                found.count_from(met, RELATED_FROM)
            credit[Part(demand.part[line])] = found
        had = self._had(demand, opening)
        done, wished = (credit[part].dense(people) for part in (Part.DONE, Part.WISHED))
        signs = Signs(demand.asked[opening], met, done, had, wished, demand.is_job[opening])
        return Scored(points, bands(signs, points))

    def _had(self, demand: Demand, opening: int) -> Bytes:
        """How far everybody has had the very occupation of an opening."""
        lines = (line for line in demand.lines(opening) if demand.part[line] == Part.DONE)
        numbers = [number for line in lines for number in demand.concepts(line).tolist()]
        return merged([self.can.concept(number) for number in numbers], people=len(self.supply)).credit


class Scored(NamedTuple):
    """Points and bands of pairs, hard conditions aside."""

    points: Scores
    band: Bands

    @property
    def worth(self) -> Scores:
        """What orders a list."""
        return worth(self.band, self.points)

    def without(self, rows: Collection[int]) -> Scored:
        """The same, where some rows earn nothing."""
        out = list(rows)
        self.points[out] = 0
        self.band[out] = Band.FAR
        return self
