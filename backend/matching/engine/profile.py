"""Occupation groups that skills point to, on both sides: "the same kind of work".

A person's evidence only ever adds up, so learning more never weakens a profile. An opening's requirements are
read as naive Bayes evidence, because an opening means one kind of work, not several.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backend.matching.engine.relations import Bytes, Floats, Ints, Relations
from backend.matching.engine.weights import (
    FULL,
    GROUP_DOUBT,
    GROUP_FLOOR,
    GROUP_LIMIT,
    PROFILE_FLOOR,
    PROFILE_SCALE,
)

MILLI = 1000
"""Specificity is counted in whole thousandths: sums of integers do not depend on their order."""

CELLS_AT_ONCE = 2_000_000
"""Rows times groups held at a time (16 MB)."""


class Profile(NamedTuple):
    """Per row the groups it points to and how surely, as three parallel arrays sorted by row, then group."""

    row: Ints
    group: Ints
    degree: Bytes


def specificity(relations: Relations) -> npt.NDArray[np.int64]:
    """How much each concept says about the kind of work, in thousandths: 1000 in one group only, 0 in all."""
    groups = len(relations.groups)
    if groups < 2:  # noqa: PLR2004
        return np.full(len(relations.concepts), MILLI, dtype=np.int64)
    breadth = np.maximum(relations.breadth, 1)
    share: Floats = np.log(groups / breadth) / np.log(groups)
    return np.rint(MILLI * share**2).astype(np.int64)


def people_profiles(start: npt.NDArray[np.int64], concept: Ints, strength: Bytes, relations: Relations) -> Profile:
    """Sum what each person's evidence (rows `start`) says of every group, and turn it into certainty."""
    weight = specificity(relations)[concept] * strength // FULL
    return _collect(start, concept, weight.astype(np.float64), relations, _certainty)


def opening_profiles(start: npt.NDArray[np.int64], concept: Ints, relations: Relations) -> Profile:
    """The groups each opening may mean, the likeliest at full degree, with substitutable groups in their degree."""
    likely = _collect(start, concept, None, relations, _relative_likelihood)
    return _limited(_with_kin(likely, relations))


def _certainty(sums: Floats) -> Floats:
    sure: Floats = 1.0 - np.exp(-sums / (MILLI * PROFILE_SCALE))
    sure[sure < PROFILE_FLOOR] = 0.0
    return sure


def _relative_likelihood(logs: Floats) -> Floats:
    share: Floats = np.exp(logs - logs.max(axis=1, keepdims=True))
    share[(share < GROUP_FLOOR) | (logs == 0.0)] = 0.0
    return share


def _collect(start, concept, weight, relations, to_degree):  # type: ignore[no-untyped-def]
    groups = max(1, len(relations.groups))
    step = max(1, CELLS_AT_ONCE // groups)
    parts = [
        _dense(start[first : first + step + 1], concept, weight, relations, groups)
        for first in range(0, len(start) - 1, step)
    ]
    found = [np.rint(to_degree(part) * FULL).astype(np.uint8) for part in parts]
    rows = [np.nonzero(part) for part in found]
    return Profile(
        row=np.concatenate([r + i * step for i, (r, _) in enumerate(rows)] or [[]]).astype(np.int32),
        group=np.concatenate([g for _, g in rows] or [[]]).astype(np.int32),
        degree=np.concatenate([part[at] for part, at in zip(found, rows, strict=True)] or [[]]).astype(np.uint8),
    )


def _dense(start, concept, weight, relations, groups):  # type: ignore[no-untyped-def]
    """Rows x groups: the summed weights of the concepts (their log likelihood ratios where None)."""
    span = slice(start[0], start[-1])
    concepts = concept[span]
    rows = np.repeat(np.arange(len(start) - 1), np.diff(start))
    counts = relations.breadth[concepts]
    member = expand(relations.members.start[concepts], counts)
    group = relations.members.column[member]
    value = _log_ratio(group, relations) if weight is None else np.repeat(weight[span], counts)
    cells = np.bincount(np.repeat(rows, counts) * groups + group, weights=value, minlength=(len(start) - 1) * groups)
    return cells.reshape(-1, groups)


def _log_ratio(group: Ints, relations: Relations) -> Floats:
    """log P(concept | group) / P(concept | anything), where `GROUP_DOUBT` of all mentions are noise."""
    odds = (1.0 - GROUP_DOUBT) / GROUP_DOUBT * len(relations.concepts)
    ratio: Floats = np.log1p(odds / relations.group_size[group])
    return ratio


def _with_kin(likely: Profile, relations: Relations) -> Profile:
    counts = np.diff(relations.kin.start)[likely.group]
    kin = expand(relations.kin.start[likely.group], counts)
    row = np.repeat(likely.row, counts)
    group = relations.kin.column[kin]
    degree = np.repeat(likely.degree, counts).astype(np.int32) * relations.kin.degree[kin]
    degree = ((degree + FULL // 2) // FULL).astype(np.uint8)
    order = np.lexsort((255 - degree, group, row))
    row, group, degree = row[order], group[order], degree[order]
    first = np.ones(len(row), dtype=bool)
    first[1:] = (row[1:] != row[:-1]) | (group[1:] != group[:-1])
    return Profile(row[first], group[first], degree[first])


def _limited(profile: Profile) -> Profile:
    """Keep the `GROUP_LIMIT` likeliest groups of each row above the floor."""
    keep = profile.degree >= GROUP_FLOOR * FULL
    row, group, degree = profile.row[keep], profile.group[keep], profile.degree[keep]
    order = np.lexsort((group, 255 - degree, row))
    row = row[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row, side="left")
    kept = np.sort(order[rank < GROUP_LIMIT])
    sorted_rows = np.lexsort((group[kept], profile.row[keep][kept]))
    kept = kept[sorted_rows]
    return Profile(profile.row[keep][kept], group[kept], degree[kept])


def expand(first: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The positions first[0], first[0]+1, …, first[0]+counts[0]-1, first[1], … in one array."""
    total = int(counts.sum())
    before = np.cumsum(counts) - counts
    return np.arange(total) + np.repeat(first - before, counts)
