"""Text -> concepts: exact labels first, then the nearest by 3-grams, confirmed by edit distance."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from backend.skills.label_index.hits import Hit, Why
from backend.skills.label_index.normalise import normalise, sort_words
from backend.skills.label_index.postings import Postings

SHORTLIST = 64
"""Labels rescored for one text; a relevant one is among them in .65 (occupations) and .83 (skills)."""


class LabelIndex:
    """Labels of concepts, searchable by text as people write it; the same for every language.

    The first label of a concept is its preferred one. The index never changes after it is built,
    so that readers in several processes need no lock: build a new one and swap it in.
    """

    def __init__(self, labels: Iterable[tuple[str, str]]) -> None:
        rows = list(labels)
        self._concepts = [concept for concept, _ in rows]
        self._labels = [text for _, text in rows]
        self._texts = [_key(text) for text in self._labels]
        self._sorted = [sort_words(text) for text in self._texts]
        self._exact: dict[str, list[int]] = {}
        for row, text in enumerate(self._texts):
            self._exact.setdefault(text, []).append(row)
        preferred: dict[str, int] = {}
        for row, concept in enumerate(self._concepts):
            preferred.setdefault(concept, row)
        self._preferred = frozenset(preferred.values())
        self._postings = Postings(self._texts)

    def __len__(self) -> int:
        return len(self._labels)

    def search(self, texts: Sequence[str], limit: int = 10) -> list[list[Hit]]:
        """Find, for each text, at most `limit` concepts, each by its best label, the surest first."""
        return [self._search_one(text, limit) for text in texts]

    def suggest(self, prefix: str, limit: int = 10) -> list[Hit]:
        """Find concepts for a text that is still being written."""
        return self._search_one(prefix, limit)

    def _search_one(self, text: str, limit: int) -> list[Hit]:
        written = _key(text)
        found: dict[int, tuple[float, Why]] = {
            row: (1.0, "exact" if row in self._preferred else "synonym")
            for row in self._exact.get(written, ())
        }
        rows, cosines = self._postings.nearest(written, SHORTLIST)
        for row, degree, why in self._rescore(written, rows, cosines):
            found.setdefault(row, (degree, why))
        return self._ranked(found, limit)

    def _rescore(
        self, written: str, rows: npt.NDArray[np.int64], cosines: npt.NDArray[np.float32]
    ) -> list[tuple[int, float, Why]]:
        if not len(rows):
            return []
        places = rows.tolist()
        plain = process.cdist([written], [self._texts[row] for row in places], scorer=fuzz.ratio)[0]
        words = sort_words(written)
        ordered = process.cdist([words], [self._sorted[row] for row in places], scorer=fuzz.ratio)[0]
        ratios = np.maximum(plain, ordered) / 100
        scores = cosines + 0.4 * np.maximum(ratios - 0.75, 0)
        degrees = np.minimum(1 / (1 + np.exp(-(scores - 0.72) * 9)), 0.99)
        whys: list[Why] = ["spelling" if ratio > 0.85 else "words" for ratio in ratios]
        return list(zip(places, degrees.tolist(), whys, strict=True))

    def _ranked(self, found: dict[int, tuple[float, Why]], limit: int) -> list[Hit]:
        """Keep the best label of each concept; the order never depends on the order of the labels."""
        order = sorted(found, key=lambda row: (-found[row][0], self._texts[row], self._concepts[row]))
        best: dict[str, int] = {}
        for row in order:
            best.setdefault(self._concepts[row], row)
            if len(best) > limit:
                break
        kept = list(best.items())
        degrees = [found[row][0] for _, row in kept] + [0.0]
        return [
            Hit(concept, self._labels[row], found[row][0], found[row][1], found[row][0] - degrees[place + 1])
            for place, (concept, row) in enumerate(kept[:limit])
        ]


def _key(text: str) -> str:
    """Normalise; a text without any letter or digit (an emoji) is compared as it stands."""
    return normalise(text) or text.strip().casefold()[:200]
