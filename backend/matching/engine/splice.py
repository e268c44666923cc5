"""Rows of two tables put together in a new order: how a few changed rows take the place of the old ones.

Whatever is kept by row is concatenated, the old before the new, and taken in the wanted order: arrays are
moved, and nothing of the rows that stay is worked out anew.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Sequence
from itertools import compress
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backend.matching.engine.profile import Positions, Profile, expand

Order = npt.NDArray[np.int64]


class Spread(NamedTuple):
    """Rows of several entries: row i has `start[i]:start[i + 1]`; `entry` is where each was before."""

    start: Positions
    entry: Positions


def in_order(
    old: Sequence[str], new: Sequence[str], gone: Collection[str], *, key: Callable[[int], Any]
) -> Order:
    """Return the rows of the old that stay and of the new, by `key`; both are in that order already.

    What is new, or `gone`, is no longer among the old. The rows of the new follow those of the old.
    """
    out = {*new, *gone}
    rows = list(compress(range(len(old)), [each not in out for each in old]))
    for row in range(len(old), len(old) + len(new)):
        insort(rows, row, key=key)
    return np.array(rows, dtype=np.int64)


def spread(one: Positions, other: Positions, rows: Order) -> Spread:
    """Return where the entries of `rows` are when those of two tables follow each other."""
    start = joined_starts(one, other)
    counts = np.diff(start)[rows]
    return Spread(np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), expand(start[rows], counts))


def joined_starts(one: Positions, other: Positions) -> Positions:
    """Return the starts of two tables that follow each other."""
    return np.concatenate([one, other[1:] + one[-1]])


def starts_of(row: npt.NDArray[np.int32], rows: int) -> Positions:
    """Return where the entries of each row begin, where every entry names its row."""
    return np.searchsorted(row, np.arange(rows + 1)).astype(np.int64)


def profiles(one: Profile, other: Profile, rows: Order, *, sizes: tuple[int, int]) -> Profile:
    """Return the profile of `rows`; `sizes` are how many rows each has."""
    found = spread(starts_of(one.row, sizes[0]), starts_of(other.row, sizes[1]), rows)
    return Profile(
        named_rows(found.start), taken(one.group, other.group, found), taken(one.degree, other.degree, found)
    )


def named_rows(start: Positions) -> npt.NDArray[np.int32]:
    """Return the row of every entry."""
    return np.repeat(np.arange(len(start) - 1, dtype=np.int32), np.diff(start))


def taken(one: npt.NDArray[Any], other: npt.NDArray[Any], found: Spread) -> npt.NDArray[Any]:
    """Return a column of the entries that were found."""
    return np.concatenate([one, other]).take(found.entry)


def columns(one: npt.NDArray[Any], other: npt.NDArray[Any], rows: Order) -> npt.NDArray[Any]:
    """Return one value per row, along the last axis; words of bits that one side lacks are empty."""
    if one.ndim > 1 and len(one) != len(other):
        one, other = (_padded(each, max(len(one), len(other))) for each in (one, other))
    return np.concatenate([one, other], axis=-1).take(rows, axis=-1)


def texts(
    one: tuple[Sequence[str], npt.NDArray[np.int32]],
    other: tuple[Sequence[str], npt.NDArray[np.int32]],
    found: Spread,
) -> tuple[list[str], npt.NDArray[np.int32]]:
    """Return the distinct texts of the entries that were found, in order, and which each entry has."""
    every = [*one[0], *other[0]]
    index = np.concatenate([one[1], other[1] + np.int32(len(one[0]))]).take(found.entry)
    used = sorted({every[at] for at in np.flatnonzero(np.bincount(index)).tolist()})
    place = {text: at for at, text in enumerate(used)}
    numbers = np.array([place.get(text, 0) for text in every], dtype=np.int32)
    return used, numbers.take(index)


def _padded(words: npt.NDArray[Any], height: int) -> npt.NDArray[Any]:
    return np.pad(words, ((0, height - len(words)), (0, 0)))
