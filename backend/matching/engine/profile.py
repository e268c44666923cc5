"""Occupation groups that skills point to, on both sides: "the same kind of work".

A person's evidence only ever adds up, so learning more never weakens a profile. An opening's requirements are
read as naive Bayes evidence, because an opening means one kind of work, not several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backend.matching.engine.relations import MILLI, PRODUCT, Bytes, Csr, Floats, Ints, Relations
from backend.matching.engine.weights import (
    FULL,
    GROUP_DOUBT,
    GROUP_FLOOR,
    GROUP_STEPS,
    PROFILE_FLOOR,
    PROFILE_SCALE,
)

CELLS_AT_ONCE = 250_000
"""Rows times groups held at a time (2 MB)."""

Positions = npt.NDArray[np.int64]


class Cells(NamedTuple):
    """Row, group and degree (0-1) of what is worth keeping of a block of sums."""

    row: npt.NDArray[np.intp]
    group: npt.NDArray[np.intp]
    degree: Floats


class Profile(NamedTuple):
    """Per row the groups it points to and how surely: parallel arrays sorted by row, then group."""

    row: Ints
    group: Ints
    degree: Bytes

    def part(self, first: int, last: int) -> Profile:
        """The rows first to last - 1, as their own profile."""
        kept = slice(*np.searchsorted(self.row, [first, last]))
        return Profile(self.row[kept] - np.int32(first), self.group[kept], self.degree[kept])


def people_profiles(start: Positions, concept: Ints, strength: Bytes, relations: Relations) -> Profile:
    """Sum what each person's evidence says of every group, and turn it into certainty.

    Person i has the concepts `concept[start[i]:start[i + 1]]`.
    """
    weight = (relations.specificity.astype(np.int32)[concept] * strength // FULL).astype(np.uint16)

    def of_members(entries: Positions, group: Ints) -> Floats:
        return weight[entries].astype(np.float64)

    return _profile(start, concept, relations, value=of_members, cells=_certainty)


def opening_profiles(start: Positions, concept: Ints, relations: Relations) -> Profile:
    """The groups each opening may mean, the likeliest at full degree."""

    def of_members(entries: Positions, group: Ints) -> Floats:
        return _log_ratio(group, relations)

    return _profile(start, concept, relations, value=of_members, cells=_likelihood)


def expand(first: Positions, counts: Positions) -> Positions:
    """The positions first[0], first[0] + 1, … (counts[0] of them), first[1], … in one array."""
    before = np.cumsum(counts) - counts
    positions: Positions = np.arange(counts.sum(), dtype=np.int64) + np.repeat(first - before, counts)
    return positions


def _certainty(sums: Floats) -> Cells:
    surely_under = -0.999 * MILLI * PROFILE_SCALE * float(np.log1p(-PROFILE_FLOOR))
    row, group = np.nonzero(sums > surely_under)  # the exponential is costly, and few sums reach the floor
    sure: Floats = 1.0 - np.exp(-sums[row, group] / (MILLI * PROFILE_SCALE))
    kept = sure >= PROFILE_FLOOR
    return Cells(row[kept], group[kept], sure[kept])


def _likelihood(logs: Floats) -> Cells:
    relative: Floats = np.exp(logs - logs.max(axis=1, keepdims=True))
    probability = relative / relative.sum(axis=1, keepdims=True)
    row, group = np.nonzero((probability >= GROUP_FLOOR) & (logs > 0.0))
    return Cells(row, group, np.ceil(relative[row, group] * GROUP_STEPS) / GROUP_STEPS)


def _log_ratio(group: Ints, relations: Relations) -> Floats:
    """log P(concept | group) / P(concept | anything), where `GROUP_DOUBT` of all mentions are noise."""
    odds = (1.0 - GROUP_DOUBT) / GROUP_DOUBT * len(relations.concepts)
    ratio: Floats = np.log1p(odds / relations.group_size[group])
    return ratio


def _profile(
    start: Positions,
    concept: Ints,
    relations: Relations,
    *,
    value: Callable[[Positions, Ints], Floats],
    cells: Callable[[Floats], Cells],
) -> Profile:
    """Sum `value` of every (entry, group) per row and group, and keep what `cells` makes of the sums."""
    found = [Profile(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.uint8))]
    for first, sums in _blocks(start, concept, relations, value):
        row, group, degree = cells(sums)
        degrees = np.rint(degree * FULL).astype(np.uint8)
        found.append(Profile((row + first).astype(np.int32), group.astype(np.int32), degrees))
    return Profile(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _blocks(
    start: Positions, concept: Ints, relations: Relations, value: Callable[[Positions, Ints], Floats]
) -> Iterator[tuple[int, Floats]]:
    """Some rows at a time: the first row's number, and the sums as rows x groups."""
    width = len(relations.groups)
    step = max(1, CELLS_AT_ONCE // max(1, width))
    for first in range(0, len(start) - 1 if width else 0, step):
        bounds = start[first : first + step + 1]
        height = len(bounds) - 1
        entries = np.arange(bounds[0], bounds[-1], dtype=np.int64)
        counts = relations.breadth[concept[entries]]
        group = relations.members.column[expand(relations.members.start[concept[entries]], counts)]
        row = np.repeat(np.repeat(np.arange(height), np.diff(bounds)), counts)
        weights = value(np.repeat(entries, counts), group)
        sums: Floats = np.bincount(row * width + group, weights, minlength=height * width).astype(np.float64)
        yield first, sums.reshape(height, width)


def with_others(likely: Profile, others: Csr) -> Profile:
    """Add the groups that count for those of a profile, each once per row with its best degree."""
    counts = np.diff(others.start)[likely.group]
    at = expand(others.start[likely.group], counts)
    row, group = np.repeat(likely.row, counts), others.column[at]
    degree = PRODUCT[np.repeat(likely.degree, counts), others.degree[at]]
    order = np.lexsort((FULL - degree, group, row))
    row, group, degree = row[order], group[order], degree[order]
    first = np.ones(len(row), dtype=bool)
    first[1:] = (row[1:] != row[:-1]) | (group[1:] != group[:-1])
    return Profile(row[first], group[first], degree[first])
