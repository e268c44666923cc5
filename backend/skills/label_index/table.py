"""The weighed features of all labels as one sorted table of arrays."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backend.skills.label_index.features import UNITS_IN_BOTH, UNITS_IN_ONE_VIEW, Analyser

Ints = npt.NDArray[np.int64]
Integers = npt.NDArray[np.integer]
ROOM_FOR_UNITS = 32
"""Above all units, so that a feature and its units fit in one number."""


class FeatureTable(NamedTuple):
    """Which label has which feature, ordered by label and then by feature, each pair once."""

    row_of: dict[str, int]
    labels: Ints
    features: Ints
    units: npt.NDArray[np.uint8]


class _Runs(NamedTuple):
    """Lists of numbers, end to end."""

    values: Ints
    lengths: Ints


def feature_table(analyser: Analyser, texts: Sequence[str]) -> FeatureTable:
    """Analyse each distinct word once and spread its features over the labels that have the word."""
    words, label_words = _numbered(text.split() for text in texts)
    row_of, features = _numbered(chain.from_iterable(map(analyser.word, words)))
    whole, parts, starts = (_every_third(features, place) for place in range(3))
    width = max(len(row_of), 1)
    grams = np.concatenate([2 * _pairs(label_words, whole, width), 2 * _pairs(label_words, parts, width) + 1])
    grams = _distinct(grams) >> 1
    is_first = np.diff(grams, prepend=-1) > 0
    is_in_both = np.diff(grams, append=-1)[is_first] == 0
    units = np.where(is_in_both, UNITS_IN_BOTH, UNITS_IN_ONE_VIEW)
    beginnings = _distinct(_pairs(label_words, starts, width))
    packed = np.concatenate(
        [grams[is_first] * ROOM_FOR_UNITS + units, beginnings * ROOM_FOR_UNITS + analyser.units_of_start]
    )
    packed.sort()
    pairs = packed // ROOM_FOR_UNITS
    return FeatureTable(row_of, pairs // width, pairs % width, (packed % ROOM_FOR_UNITS).astype(np.uint8))


def ragged(starts: Integers, lengths: Integers) -> Ints:
    """List the places start, start + 1, … of several runs, one run after the other."""
    shifts: Ints = (starts - lengths.cumsum() + lengths).repeat(lengths)
    return shifts + np.arange(len(shifts))


def _numbered(rows: Iterable[Iterable[str]]) -> tuple[dict[str, int], _Runs]:
    """Number the distinct strings in the order of their first appearance."""
    number_of: defaultdict[str, int] = defaultdict()
    number_of.default_factory = number_of.__len__
    lengths: list[int] = []
    values: list[int] = []
    for row in rows:
        before = len(values)
        values.extend(map(number_of.__getitem__, row))
        lengths.append(len(values) - before)
    return dict(number_of), _Runs(np.array(values, dtype=np.int64), np.array(lengths, dtype=np.int64))


def _every_third(runs: _Runs, first: int) -> _Runs:
    starts = np.cumsum(runs.lengths) - runs.lengths
    chosen = runs.lengths[first::3]
    return _Runs(runs.values[ragged(starts[first::3], chosen)], chosen)


def _pairs(label_words: _Runs, word_features: _Runs, width: int) -> Ints:
    """Number each pair of a label and a feature of one of its words: label · width + feature."""
    labels = np.repeat(np.arange(len(label_words.lengths)), label_words.lengths)
    lengths = word_features.lengths[label_words.values]
    starts = (np.cumsum(word_features.lengths) - word_features.lengths)[label_words.values]
    pairs: Ints = np.repeat(labels * width, lengths) + word_features.values[ragged(starts, lengths)]
    return pairs


def _distinct(values: Ints) -> Ints:
    in_order: Ints = np.sort(values)
    return in_order[np.diff(in_order, prepend=-1) > 0]
