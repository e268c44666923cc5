"""Letter-by-letter likeness, which confirms a hit but never finds one."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from backend.skills.label_index.normalise import sort_words

Floats = npt.NDArray[np.float32]

CONFIRMING_RATIO = 75
CONFIRMATION = 0.8
"""What a ratio above `CONFIRMING_RATIO` % adds for each 100 %: below it two texts may be alike by chance.

Anything from 0.2 to 0.8 gave the same success@1 on real vocabulary; typing errors want the most.
"""


def similar_spelling(
    written: str, rows: Sequence[int], texts: Sequence[str], sorted_texts: Sequence[str]
) -> Floats:
    """Compare as written and with the words in alphabetical order; the better ratio of the two, 0–100.

    The words of the labels are sorted beforehand, which makes rapidfuzz's `token_sort_ratio` a plain `ratio`.
    """
    ratios: Floats = _ratios(written, [texts[row] for row in rows])
    if " " in written:
        in_order = _ratios(sort_words(written), [sorted_texts[row] for row in rows])
        np.maximum(ratios, in_order, out=ratios)
    return ratios


def confirmed(cosines: Floats, ratios: Floats) -> Floats:
    """Add score only where the spelling is so alike that it is hardly chance."""
    return cosines + np.float32(CONFIRMATION / 100) * np.maximum(ratios - CONFIRMING_RATIO, 0)


def _ratios(written: str, texts: Sequence[str]) -> Floats:
    ratios: Floats = process.cdist([written], texts, scorer=fuzz.ratio, dtype=np.float32)[0]
    return ratios
