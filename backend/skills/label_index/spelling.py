"""Labels that are one or two typing errors away."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from backend.skills.label_index.weights import Weights

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

MOST_EDITS = 2
EXACT = 2.0
"""Score of the label itself, above every other."""
SHORTEST_FOR = {1: 3, 2: 5}
"""Letters that a text needs for one edit, and for two, to say anything."""
_LETTERS = 32


def edits_to(written: str, texts: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Count the letters inserted, left out, replaced or swapped; `MOST_EDITS` + 1 stands for too many."""
    edits: npt.NDArray[np.uint8] = process.cdist(
        [written], texts, scorer=OSA.distance, score_cutoff=MOST_EDITS, dtype=np.uint8
    )[0]
    for count, shortest in SHORTEST_FOR.items():
        if len(written) < shortest:
            edits[edits == count] = MOST_EDITS + 1
    return edits


def confirmed(cosines: Floats, edits: npt.NDArray[np.uint8], weights: Weights) -> Floats:
    """Add to the cosine of each label what 0, 1 and 2 edits say; longer distances added nothing to it."""
    confirmation = np.array([EXACT, weights.few_edits, weights.few_edits / 2, 0.0], dtype=np.float32)
    scores: Floats = np.minimum(cosines + confirmation.take(edits), EXACT)
    return scores


class Misspellings:
    """Finds labels whose letters are nearly those of a text, however the errors break up its grams.

    Each label has a signature of 64 bits: which letters occur, and which occur twice or more. One edit
    changes at most two of the bits, so labels within `MOST_EDITS` differ in at most four.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        self._rows = np.argsort(lengths, kind="stable").astype(np.int32)
        self._signatures = _signatures(texts, lengths)[self._rows]
        self._ends = np.searchsorted(lengths[self._rows], np.arange(lengths.max(initial=0) + 2))

    @property
    def nbytes(self) -> int:
        """Memory of the arrays, in bytes."""
        return self._rows.nbytes + self._signatures.nbytes + self._ends.nbytes

    def candidates(self, written: str) -> Ints:
        """Find the rows of all labels within two edits, and some others."""
        longest = len(self._ends) - 1
        low = self._ends[min(max(len(written) - MOST_EDITS, 0), longest)]
        high = self._ends[min(len(written) + MOST_EDITS + 1, longest)]
        differences = np.bitwise_count(self._signatures[low:high] ^ np.uint64(_signature(written)))
        found: Ints = self._rows[low:high][differences <= 2 * MOST_EDITS].astype(np.int64)
        return found


def _signature(text: str) -> int:
    once = twice = 0
    for char in text:
        bit = 1 << ord(char) % _LETTERS
        twice |= once & bit
        once |= bit
    return twice << _LETTERS | once


def _signatures(texts: Sequence[str], lengths: Ints) -> npt.NDArray[np.uint64]:
    """Set bit i for a letter of class i, bit 32 + i for two or more of them; `_signature` for many texts."""
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    owners = np.repeat(np.arange(len(texts)), lengths)
    counts = np.bincount(owners * _LETTERS + points % _LETTERS, minlength=len(texts) * _LETTERS)
    bits = np.concatenate([counts.reshape(-1, _LETTERS) >= least for least in (1, 2)], axis=1)
    signatures: npt.NDArray[np.uint64] = np.packbits(bits, axis=1, bitorder="little").view(np.uint64).ravel()
    return signatures
