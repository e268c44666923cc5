"""Texts without a concept: they match other such texts by rapidfuzz, and at best by `TEXT_DEGREE`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process

from backend.matching.engine.relations import Bytes, Ints
from backend.matching.engine.weights import FULL, TEXT_DEGREE, TEXT_FLOOR

PERCENT = 100.0


def fold(text: str) -> str:
    """Lower case, words apart by one space, in alphabetical order: token_sort becomes a plain ratio."""
    words = "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()
    return " ".join(sorted(words))


def degree(ratio: float) -> int:
    """What a likeness of `ratio` (0-100) is worth, 0-255."""
    share = ratio / PERCENT
    return round(share * TEXT_DEGREE * FULL) if share >= TEXT_FLOOR else 0


def similar(text: str, texts: Sequence[str]) -> tuple[Ints, Bytes]:
    """Which of the folded `texts` are like this one, and the degree of each."""
    if not text or not texts:
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.uint8)
    found = process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=TEXT_FLOOR * PERCENT, limit=None)
    found.sort(key=lambda hit: hit[2])
    return (
        np.array([index for _, _, index in found], dtype=np.int32),
        np.array([degree(ratio) for _, ratio, _ in found], dtype=np.uint8),
    )
