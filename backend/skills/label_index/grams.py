"""Character 3-grams of words: " ab", "abc", "bc " for "abc"; none crosses from one word into the next."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SIZE = 3
_BITS = 21  # a Unicode code point is below 2**21, so that three of them fit in 63 bits


def grams_of(normalised: str) -> list[str]:
    """List the distinct 3-grams in the order of their first appearance."""
    padded = f" {normalised} "
    return list(dict.fromkeys(padded[i : i + SIZE] for i in range(len(padded) - 2) if padded[i + 1] != " "))


def gram_table(texts: Sequence[str]) -> tuple[list[str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Find the distinct grams of all texts and, pair by pair, which text has which gram.

    Returns the grams, and two arrays of equal length: the row of the gram and the row of the text,
    ordered by gram and then by text, each pair once.
    """
    points, owners = _code_points(texts)
    inside = points[1:-1] != ord(" ")
    keys = ((points[:-2] << 2 * _BITS) | (points[1:-1] << _BITS) | points[2:])[inside]
    distinct, rows = np.unique(keys, return_inverse=True)
    pairs = np.unique(rows * len(texts) + owners[1:-1][inside])
    return [_decode(int(key)) for key in distinct], pairs // max(len(texts), 1), pairs % max(len(texts), 1)


def _code_points(texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Lay all texts in one array, each between two spaces, with the row of the text beside each character."""
    joined = "".join(f" {text} " for text in texts) or "  "
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    lengths = np.fromiter((len(text) + 2 for text in texts), dtype=np.int64, count=len(texts))
    owners = np.repeat(np.arange(len(texts)), lengths)
    return points, owners if len(texts) else np.zeros(2, dtype=np.int64)


def _decode(key: int) -> str:
    mask = (1 << _BITS) - 1
    return chr(key >> 2 * _BITS) + chr(key >> _BITS & mask) + chr(key & mask)
