"""Which labels share features with a text: an inverted index for finding, a forward one for scoring."""

from collections.abc import Sequence
from math import sqrt
from threading import local
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backend.skills.label_index.features import Analyser
from backend.skills.label_index.table import ROOM_FOR_UNITS, FeatureTable, feature_table
from backend.skills.label_index.weights import Weights

LONGEST = 1_000
"""Labels kept per feature, those with the fewest features first: a feature of more says little."""
BUDGET = 2_000
"""Postings read for one text, rarest features first."""
PRESELECTED = 150
"""Best postings, of names and of group titles, whose labels are then scored exactly; 200 were no better."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.uint16] | npt.NDArray[np.uint32]


class _Buffers(NamedTuple):
    """Weights by label and by feature, all zeros between searches."""

    sums: Floats
    wanted: Floats


class Postings:
    """Cosine between texts and labels; features weigh by their units and their rarity among labels (idf)."""

    def __init__(self, texts: Sequence[str], first_title: int, weights: Weights) -> None:
        self._first_title = first_title
        self.words = frozenset(word for text in texts for word in text.split())
        self._analyser = Analyser(self.words, weights.start)
        table = feature_table(self._analyser, texts)
        self._row_of = table.row_of
        counts = np.bincount(table.features, minlength=len(table.row_of))
        self._idf = (np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float32)
        squares = (table.units * self._idf[table.features]) ** 2
        norms = np.sqrt(np.bincount(table.labels, weights=squares, minlength=len(texts)))
        norms[first_title:] *= _relieved(norms[first_title:], weights.title_length)
        self._scale = (1 / np.maximum(norms, 1e-9)).astype(np.float32)
        self._forward: Rows = table.features.astype(np.uint32)
        if len(counts) < 2**16:
            self._forward = self._forward.astype(np.uint16)
        self._units = table.units
        self._forward_ends = _ends(np.bincount(table.labels, minlength=len(texts)))
        self._inverted, self._inverted_ends = self._invert(table, counts)
        self._thread = local()

    @property
    def nbytes(self) -> int:
        """Memory of the arrays, in bytes."""
        return sum(value.nbytes for value in vars(self).values() if isinstance(value, np.ndarray))

    def is_unknown(self, normalised: str) -> bool:
        """Tell whether a text has a word that no label has."""
        return not self.words.issuperset(normalised.split())

    def near(self, normalised: str, always: Sequence[int] = ()) -> tuple[Ints, Floats]:
        """Find the labels nearest to a text, and `always` these: their rows, ascending, and their cosines."""
        units = self._analyser.text(normalised)
        row_of = self._row_of.get
        known = [
            row * ROOM_FOR_UNITS + unit for name, unit in units.items() if (row := row_of(name)) is not None
        ]
        if not known:
            return np.array(always, dtype=np.int64), np.ones(len(always), dtype=np.float32)
        known.sort()
        rows, amounts = np.divmod(np.array(known, dtype=np.int64), ROOM_FOR_UNITS)
        idf = self._idf.take(rows)
        own = amounts * idf
        weights = (own * idf).astype(np.float32)
        labels = self._gather(rows, weights)
        if always:
            labels = _distinct(np.concatenate([labels, always], dtype=np.int64))
        cosines = self._dots(rows, weights, labels) * self._scale.take(labels)
        return labels, cosines / np.float32(sqrt(own @ own))

    def _gather(self, rows: Ints, weights: Floats) -> Ints:
        """Keep the labels that gathered most weight from the rarest features within the budget."""
        ends = self._inverted_ends.take(rows + 1)
        starts = self._inverted_ends.take(rows)
        sizes = ends - starts
        order = sizes.argsort(kind="stable")
        sizes = sizes.take(order)
        count = max(1, int(sizes.cumsum().searchsorted(BUDGET)))
        order, sizes = order[:count], sizes[:count]
        spans = zip(starts.take(order).tolist(), ends.take(order).tolist(), strict=True)
        labels = np.concatenate([self._inverted[start:end] for start, end in spans], dtype=np.int64)
        sums = self._buffers().sums
        np.add.at(sums, labels, weights.take(order).repeat(sizes))
        gathered = sums.take(labels) * self._scale.take(labels)
        sums[labels] = 0
        if self._first_title == len(sums):
            return _best(labels, gathered)
        title = labels >= self._first_title
        return np.concatenate([_best(labels[side], gathered[side]) for side in (~title, title)])

    def _dots(self, rows: Ints, weights: Floats, labels: Ints) -> Floats:
        """Sum the products of the weights over the features that each label shares."""
        wanted = self._buffers().wanted
        wanted[rows] = weights
        starts = self._forward_ends.take(labels)
        lengths = self._forward_ends.take(labels + 1) - starts
        firsts = lengths.cumsum() - lengths
        places = (starts - firsts).repeat(lengths)
        places += np.arange(len(places))
        products = wanted.take(self._forward.take(places)) * self._units.take(places)
        wanted[rows] = 0
        dots: Floats = np.add.reduceat(products, firsts)
        return dots

    def _invert(
        self, table: FeatureTable, counts: Ints
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """List for each feature its `LONGEST` labels of largest scale; ties in the order of the labels."""
        by_scale = np.argsort(-self._scale, kind="stable")
        rank = np.empty_like(by_scale)
        rank[by_scale] = np.arange(len(by_scale))
        width = max(len(by_scale), 1)
        pairs = np.sort(table.features * width + rank[table.labels])
        place = np.arange(len(pairs)) - np.repeat(np.cumsum(counts) - counts, counts)
        kept = pairs[place < LONGEST] % width
        return by_scale[kept].astype(np.int32), _ends(np.minimum(counts, LONGEST))

    def _buffers(self) -> _Buffers:
        """Give each thread its own accumulators."""
        buffers: _Buffers | None = getattr(self._thread, "buffers", None)
        if buffers is None:
            sizes = (len(self._scale), len(self._idf))
            buffers = self._thread.buffers = _Buffers(*(np.zeros(size, dtype=np.float32) for size in sizes))
        return buffers


def _ends(counts: Ints) -> npt.NDArray[np.int32]:
    """Sum the counts up, from 0: run i lies between the values i and i + 1."""
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)


def _best(labels: Ints, gathered: Floats) -> Ints:
    """Keep the labels with the largest sums, each once, in ascending order."""
    if len(labels) > PRESELECTED:
        least = gathered.copy()
        least.partition(-PRESELECTED)
        labels = labels[gathered >= least[-PRESELECTED]]
    return _distinct(labels)


def _distinct(labels: Ints) -> Ints:
    """Sort in place, and take each once; np.unique is slower for so few."""
    labels.sort()
    first = np.empty(len(labels), dtype=np.bool_)
    first[:1] = True
    np.not_equal(labels[1:], labels[:-1], out=first[1:])
    return labels[first]


def _relieved(norms: npt.NDArray[np.float64], power: float) -> npt.NDArray[np.float64]:
    """Bring the norms of the titles towards their mean."""
    return (norms / norms.mean()) ** (power - 1) if len(norms) else norms
