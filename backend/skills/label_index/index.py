"""Text -> concepts: exact labels first, then the nearest by shared features, confirmed by edit distance."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np

from backend.skills.label_index.answers import EXACT, Answerer, Floats, Ints
from backend.skills.label_index.headings import headings
from backend.skills.label_index.hits import Hit
from backend.skills.label_index.normalise import key_of, sort_words
from backend.skills.label_index.postings import Postings
from backend.skills.label_index.spelling import confirmed, similar_spelling
from backend.skills.label_index.suggest import Prefixes

SHORTLIST = 40
"""Names, and as many group titles, compared letter by letter for one text; more changed nothing."""


class LabelIndex:
    """Labels of concepts, searchable by text as people write it; another language is simply more labels.

    The first label given for a concept is its preferred one; otherwise the order of the labels changes
    nothing. The index never changes after it is built, so that readers need no lock: to follow a
    changed catalogue, build a new one and swap it in.
    """

    def __init__(self, labels: Iterable[tuple[str, str]]) -> None:
        given = list(dict.fromkeys(labels))
        preferred = dict(reversed(given))
        titles = headings([text for _, text in given])
        rows = sorted(
            (title, key_of(text), text, concept) for title, (concept, text) in zip(titles, given, strict=True)
        )
        self._first_title = bisect_left(rows, True, key=lambda row: row[0])
        self._texts = [row[1] for row in rows]
        self._sorted_texts = [sort_words(text) for text in self._texts]
        self._exact: dict[str, list[int]] = {}
        for place, text in enumerate(self._texts):
            self._exact.setdefault(text, []).append(place)
        self._postings = Postings(self._texts, self._first_title)
        self._answerer = Answerer(
            concepts=[concept for _, _, _, concept in rows],
            labels=[label for _, _, label, _ in rows],
            texts=self._texts,
            preferred=[preferred[concept] == label for _, _, label, concept in rows],
            first_title=self._first_title,
        )
        self._prefixes = Prefixes(self._texts, self._first_title)

    def __len__(self) -> int:
        return len(self._texts)

    @property
    def nbytes(self) -> int:
        """Memory of the arrays that are searched, in bytes; the labels themselves come on top."""
        return self._postings.nbytes

    def search(self, texts: Sequence[str], limit: int = 10) -> list[list[Hit]]:
        """Find, for each text, at most `limit` concepts, each by its best label, the surest first."""
        return [self._search_one(text, limit) for text in texts]

    def suggest(self, written: str, limit: int = 10) -> list[Hit]:
        """Find concepts for a text that is still being written: labels that begin so, then similar ones."""
        key = key_of(written)
        begun = self._answerer.begun(key, self._prefixes.rows(key), limit)
        known = {hit.concept_id for hit in begun}
        similar = [hit for hit in self._search_one(written, limit) if hit.concept_id not in known]
        return (begun + similar)[:limit]

    def _search_one(self, text: str, limit: int) -> list[Hit]:
        written = key_of(text)
        exact = self._exact.get(written, [])
        rows, scores = self._postings.near(written, exact)
        if not len(rows) or limit < 1:
            return []
        scores[np.searchsorted(rows, exact)] = EXACT
        rows, scores = self._shorten(rows, scores, max(SHORTLIST, 4 * limit))
        places = rows.tolist()
        ratios = similar_spelling(written, places, self._texts, self._sorted_texts)
        scores = np.where(scores < EXACT, confirmed(scores, ratios), EXACT)
        return self._answerer.hits(written, places, scores, ratios, limit)

    def _shorten(self, rows: Ints, scores: Floats, count: int) -> tuple[Ints, Floats]:
        """Keep the `count` best names and the `count` best titles, in ascending order of the rows."""
        edge = int(np.searchsorted(rows, self._first_title))
        if max(edge, len(rows) - edge) <= count:
            return rows, scores
        kept = np.concatenate([_largest(scores[:edge], count), edge + _largest(scores[edge:], count)])
        return rows[kept], scores[kept]


def _largest(values: Floats, count: int) -> Ints:
    """Find the places of the `count` largest values, in ascending order of the places."""
    if len(values) <= count:
        return np.arange(len(values))
    return np.sort(np.argpartition(values, -count)[-count:])
