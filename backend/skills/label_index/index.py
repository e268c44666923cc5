"""Text -> concepts: exact labels first, then the nearest by shared features, confirmed by edit distance."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from backend.skills.label_index.answers import Answerer, Floats, Ints
from backend.skills.label_index.headings import headings
from backend.skills.label_index.hits import Hit
from backend.skills.label_index.normalise import key_of
from backend.skills.label_index.postings import Postings
from backend.skills.label_index.spelling import MOST_EDITS, Misspellings, confirmed, edits_to
from backend.skills.label_index.weights import WEIGHTS, Weights

SHORTLIST = 40
"""Names, and half as many group titles, compared letter by letter for one text; more changed nothing."""
LONGEST_BROKEN = 26
"""Letters up to which two typing errors may leave no rare gram whole; a longer text keeps some."""


class LabelIndex:
    """Labels of concepts, searchable by text as people write it; another language is simply more labels.

    The first label given for a concept is its preferred one; otherwise the order of the labels changes
    nothing. The index never changes after it is built, so that readers need no lock: to follow a
    changed catalogue, build a new one and swap it in.
    """

    def __init__(self, labels: Iterable[tuple[str, str]], weights: Weights = WEIGHTS) -> None:
        self._weights = weights
        given = list(dict.fromkeys(labels))
        preferred = dict(reversed(given))
        titles = headings([text for _, text in given])
        rows = sorted(
            (title, key_of(text), text, concept) for title, (concept, text) in zip(titles, given, strict=True)
        )
        self._first_title = bisect_left(rows, True, key=lambda row: row[0])
        self._texts = [row[1] for row in rows]
        self._lengths = np.fromiter(map(len, self._texts), dtype=np.int16, count=len(self._texts))
        self._exact: dict[str, list[int]] = {}
        for place, text in enumerate(self._texts):
            self._exact.setdefault(text, []).append(place)
        self._postings = Postings(self._texts, self._first_title, weights)
        self._answerer = Answerer(
            concepts=[concept for _, _, _, concept in rows],
            labels=[label for _, _, label, _ in rows],
            texts=self._texts,
            preferred=[preferred[concept] == label for _, _, label, concept in rows],
            first_title=self._first_title,
            title_handicap=weights.title_handicap,
        )
        self._misspellings = Misspellings(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    @property
    def nbytes(self) -> int:
        """Memory of the arrays that are searched, in bytes; the labels themselves come on top."""
        return self._postings.nbytes + self._misspellings.nbytes + self._lengths.nbytes

    @property
    def words(self) -> frozenset[str]:
        """All words of the labels, normalised."""
        return self._postings.words

    def search(self, texts: Sequence[str], limit: int = 10) -> list[list[Hit]]:
        """Find, for each text, at most `limit` concepts, each by its best label, the surest first."""
        return [self._search_one(text, limit) for text in texts]

    def _search_one(self, text: str, limit: int) -> list[Hit]:
        written = key_of(text)
        certain = self._exact.get(written) or self._nearly(written)
        rows, cosines = self._postings.near(written, certain)
        if not len(rows) or limit < 1:
            return []
        kept = self._shortlist(rows, cosines, certain, max(SHORTLIST, 4 * limit))
        rows = rows[kept]
        edits = self._edits(written, rows)
        scores = confirmed(cosines[kept], edits, self._weights)
        return self._answerer.hits(written, rows.tolist(), scores, edits.tolist(), limit)

    def _edits(self, written: str, rows: Ints) -> npt.NDArray[np.uint8]:
        """Count the edits to labels; those of another length are too far to be worth reading."""
        edits = np.full(len(rows), MOST_EDITS + 1, dtype=np.uint8)
        places = np.flatnonzero(np.abs(self._lengths.take(rows) - len(written)) <= MOST_EDITS)
        if len(places):
            edits[places] = edits_to(written, [self._texts[row] for row in rows.take(places).tolist()])
        return edits

    def _nearly(self, written: str) -> list[int]:
        """List the labels within two edits of a short text that has a word which no label has."""
        if len(written) > LONGEST_BROKEN or not self._postings.is_unknown(written):
            return []
        rows = self._misspellings.candidates(written).tolist()
        edits = edits_to(written, [self._texts[row] for row in rows]).tolist()
        return sorted(row for row, edit in zip(rows, edits, strict=True) if edit <= MOST_EDITS)

    def _shortlist(self, rows: Ints, cosines: Floats, certain: Sequence[int], count: int) -> Ints:
        """Choose the certain rows, the `count` best names and half as many titles, in ascending order."""
        wanted = cosines
        if certain:
            wanted = cosines.copy()
            wanted[rows.searchsorted(certain)] += 1
        if self._first_title == len(self._texts):
            return _largest(wanted, count)
        edge = int(rows.searchsorted(self._first_title))
        return np.concatenate([_largest(wanted[:edge], count), edge + _largest(wanted[edge:], count // 2)])


def _largest(values: Floats, count: int) -> Ints:
    """Find the places of the `count` largest values, in ascending order of the places."""
    if len(values) <= count:
        return np.arange(len(values))
    places = values.argpartition(-count)[-count:]
    places.sort()
    return places
