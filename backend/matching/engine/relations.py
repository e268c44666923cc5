"""The catalogue as the matcher sees it: concepts, what may stand in for what, and the occupation groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backend.matching.engine.weights import FULL, RARITY_FLOOR, SIBLING_WISH
from backend.skills.relations.relatedness import Reason

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]


SIBLING_FIGURES = 3
"""Of the four figures of a group's code, those that name the wider group."""

MILLI = 1000
"""Specificity is counted in whole thousandths: sums of integers do not depend on their order."""

PRODUCT = ((np.arange(FULL + 1)[:, None] * np.arange(FULL + 1) + FULL // 2) // FULL).astype(np.uint8)
"""PRODUCT[a, b] is a·b, both of 0-255, rounded: one table, so that every path rounds alike."""


class Edge(NamedTuple):
    """Somebody who has `related` is worth `degree` (0-1) to somebody who asks for `concept`."""

    concept: str
    related: str
    degree: float
    reason: Reason


class Membership(NamedTuple):
    """A skill used in, or an occupation that belongs to, an occupation group (SSYK-2012 level 4)."""

    concept: str
    group: str


@dataclass(frozen=True)
class Csr:
    """Rows of (column, degree, reason), one behind the other; row i is `start[i]:start[i + 1]`."""

    start: npt.NDArray[np.int64]
    column: Ints
    degree: Bytes
    reason: Bytes

    def row(self, index: int) -> tuple[Ints, Bytes, Bytes]:
        span = slice(self.start[index], self.start[index + 1])
        return self.column[span], self.degree[span], self.reason[span]

    def turned(self, columns: int) -> Csr:
        """The same edges as rows of their columns."""
        rows = np.repeat(np.arange(len(self.start) - 1, dtype=np.int32), np.diff(self.start))
        order = np.argsort(self.column, kind="stable")
        counts = np.bincount(self.column, minlength=columns)
        return Csr(_starts(counts), rows[order], self.degree[order], self.reason[order])


@dataclass(frozen=True)
class Relations:
    """Concepts by number. `related` starts each row with the concept itself; `members` has no degrees."""

    concepts: Sequence[str]
    groups: Sequence[str]
    related: Csr
    members: Csr
    kin: Csr
    number: dict[str, int] = field(repr=False)

    @classmethod
    def build(
        cls,
        *,
        concepts: Sequence[str],
        edges: Iterable[Edge] = (),
        memberships: Iterable[Membership] = (),
        kin: Iterable[Edge] = (),
    ) -> Relations:
        """Number the concepts and sort the edges; an edge to an unknown concept is left out.

        `kin` relates groups to groups (substitutable occupations, the same SSYK-3 group). Of several edges
        between two concepts the best counts, but what somebody has decided (`Reason.OVERRIDE`) counts alone,
        also when it is 0.
        """
        concepts = sorted(set(concepts))
        number = {concept: index for index, concept in enumerate(concepts)}
        memberships = [pair for pair in memberships if pair.concept in number]
        groups = sorted({pair.group for pair in memberships})
        group_number = {group: index for index, group in enumerate(groups)}
        belongs = [Edge(pair.concept, pair.group, 1.0, Reason.SHARED_OCCUPATIONS) for pair in memberships]
        return cls(
            concepts=concepts,
            groups=groups,
            related=_csr(edges, rows=number, columns=number, reflexive=True),
            members=_csr(belongs, rows=number, columns=group_number, reflexive=False),
            kin=_csr(kin, rows=group_number, columns=group_number, reflexive=True),
            number=number,
        )

    def groups_under(self, prefix: str) -> Ints:
        """The groups whose code begins so: one group, or a wider one of SSYK-2012."""
        return np.array([at for at, group in enumerate(self.groups) if group.startswith(prefix)], np.int32)

    @cached_property
    def group_size(self) -> npt.NDArray[np.int64]:
        """How many concepts each group has."""
        return np.bincount(self.members.column, minlength=len(self.groups))

    @cached_property
    def breadth(self) -> npt.NDArray[np.int64]:
        """In how many groups each concept is used."""
        return np.diff(self.members.start)

    @cached_property
    def rarity(self) -> Floats:
        """How telling each concept is, `RARITY_FLOOR` to 1: an idf over occupation groups.

        Taken from the catalogue, not from the people at hand: what one person learns must not change what a
        requirement is worth, and a score must mean the same tomorrow.
        """
        groups = max(2, len(self.groups))
        idf: Floats = np.log(groups / np.maximum(self.breadth, 1)) / np.log(groups)
        return np.maximum(idf, RARITY_FLOOR)

    @cached_property
    def specificity(self) -> npt.NDArray[np.int64]:
        """How much each concept says about the kind of work, in thousandths: 1000 in one group, 0 in all."""
        groups = len(self.groups)
        if groups < 2:
            return np.full(len(self.concepts), MILLI, dtype=np.int64)
        share: Floats = np.log(groups / np.maximum(self.breadth, 1)) / np.log(groups)
        return np.rint(MILLI * share**2).astype(np.int64)

    @cached_property
    def siblings(self) -> Csr:
        """The groups of one wider group of SSYK-2012 (its first three figures), and each group itself."""
        wider = [group[:SIBLING_FIGURES] for group in self.groups]
        edges = [
            Edge(one, other, SIBLING_WISH, Reason.SAME_GROUP)
            for one, of_one in zip(self.groups, wider, strict=True)
            for other, of_other in zip(self.groups, wider, strict=True)
            if of_one == of_other and one != other
        ]
        numbers = {group: at for at, group in enumerate(self.groups)}
        return _csr(edges, rows=numbers, columns=numbers, reflexive=True)

    @cached_property
    def stands_for(self) -> Csr:
        """The related rows turned round: what each concept may stand in for."""
        return self.related.turned(len(self.concepts))


def product(one: Bytes, other: Bytes) -> Bytes:
    """PRODUCT of two arrays; quicker than to index the table by both."""
    return PRODUCT.take(one.astype(np.intp) * (FULL + 1) + other)


def to_byte(share: float) -> int:
    """Store a share of 0-1 as 0-255."""
    return max(0, min(FULL, round(share * FULL)))


def _csr(edges: Iterable[Edge], *, rows: dict[str, int], columns: dict[str, int], reflexive: bool) -> Csr:
    best: dict[tuple[int, int], tuple[int, int]] = {}
    decided: dict[tuple[int, int], tuple[int, int]] = {}
    for edge in edges:
        row, column = rows.get(edge.concept), columns.get(edge.related)
        if row is None or column is None:
            continue
        found = (-to_byte(edge.degree), int(edge.reason))
        best[row, column] = min(best.get((row, column), found), found)
        if edge.reason is Reason.OVERRIDE:
            decided[row, column] = found
    best.update(decided)
    if reflexive:
        best.update({(index, index): (-FULL, int(Reason.SAME)) for index in rows.values()})
    best = {pair: found for pair, found in best.items() if found[0]}
    keys = np.array(sorted(best), dtype=np.int64).reshape(-1, 2)
    values = np.array([best[row, column] for row, column in keys.tolist()], dtype=np.int64).reshape(-1, 2)
    counts = np.bincount(keys[:, 0], minlength=len(rows))
    return Csr(
        start=_starts(counts),
        column=keys[:, 1].astype(np.int32),
        degree=(-values[:, 0]).astype(np.uint8),
        reason=values[:, 1].astype(np.uint8),
    )


def _starts(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
