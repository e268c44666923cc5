"""Which labels share 3-grams with a text: an inverted index for finding, a forward one for scoring."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from backend.skills.label_index.grams import gram_table, grams_of

BUDGET = 6_000
"""Postings read for one text, rarest grams first: common grams find nothing new and cost the most."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Postings:
    """The 3-grams of the labels, weighed by how few labels have them (idf), labels at unit length."""

    def __init__(self, labels: Sequence[str]) -> None:
        grams, gram_rows, label_rows = gram_table(labels)
        self._row_of = {gram: row for row, gram in enumerate(grams)}
        counts = np.bincount(gram_rows, minlength=len(grams))
        self._starts = np.concatenate(([0], np.cumsum(counts)))
        self._labels = label_rows.astype(np.int32)
        self._idf = (np.log((1 + len(labels)) / (1 + counts)) + 1).astype(np.float32)
        squares = np.bincount(label_rows, weights=self._idf[gram_rows] ** 2, minlength=len(labels))
        self._scale = (1 / np.sqrt(np.maximum(squares, 1e-9))).astype(np.float32)
        self._forward_starts = np.concatenate(
            ([0], np.cumsum(np.bincount(label_rows, minlength=len(labels))))
        )
        small = np.uint16 if len(grams) < 2**16 else np.uint32
        self._forward = gram_rows[np.argsort(label_rows, kind="stable")].astype(small)
        self._sums = np.zeros(len(labels), dtype=np.float32)

    @property
    def nbytes(self) -> int:
        """Memory of the arrays, in bytes."""
        return sum(value.nbytes for value in vars(self).values() if isinstance(value, np.ndarray))

    def nearest(self, normalised: str, count: int) -> tuple[Ints, Floats]:
        """Find the rows of the `count` labels nearest by cosine, with their cosines, best first."""
        known = [row for row in map(self._row_of.get, grams_of(normalised)) if row is not None]
        if not known:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        candidates = self._candidates(known, 4 * count)
        cosines = self._cosines(known, candidates)
        best = np.lexsort((candidates, -cosines))[:count]
        return candidates[best], cosines[best]

    def _candidates(self, known: list[int], count: int) -> Ints:
        """Keep the labels that gathered most weight from the rarest grams within the budget."""
        sums = self._sums
        read, spent = [], 0
        for row in sorted(known, key=lambda row: -float(self._idf[row])):
            ids = self._labels[self._starts[row] : self._starts[row + 1]]
            if read and spent + len(ids) > BUDGET:
                break
            sums[ids] += self._idf[row] ** 2
            read.append(ids)
            spent += len(ids)
        touched = np.unique(np.concatenate(read)).astype(np.int64)
        weights = sums[touched] * self._scale[touched]
        sums[touched] = 0
        if len(touched) <= count:
            return touched
        return touched[np.argpartition(-weights, count)[:count]]

    def _cosines(self, known: list[int], candidates: Ints) -> Floats:
        weights = np.zeros(len(self._idf), dtype=np.float32)
        weights[known] = self._idf[known] ** 2
        starts = self._forward_starts[candidates]
        lengths = self._forward_starts[candidates + 1] - starts
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1]) + np.repeat(starts - (ends - lengths), lengths)
        totals = np.add.reduceat(weights[self._forward[places]], ends - lengths)
        own_length = np.sqrt(np.sum(self._idf[known] ** 2))
        cosines: Floats = totals * self._scale[candidates] / own_length
        return cosines
