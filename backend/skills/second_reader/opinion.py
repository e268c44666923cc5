"""The first answer of the index and what a second reader holds of it, put together."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np

from backend.skills.label_index.hits import Hit
from backend.skills.second_reader.reader import Floats, SecondReader
from backend.skills.second_reader.vectors import LabelVectors

UNRELATED = 0.82
"""Cosine up to which two names have nothing to do with each other, in multilingual-e5-small."""
PER_COSINE = 2.0
"""What a cosine above that adds to a degree, which is the share of hits that are right."""
LEAST_NEW = 0.2
"""Degree from which a concept that the index did not find is offered: a cosine of .92. "Astronomi" is .88
from "Ljusteknik", "skotta snö" .94 from "Snöskottning på tak"."""
SUREST = 0.99
AT_MOST_NEW = 10


class SecondOpinion:
    """Weighs the concepts of one vocabulary by what a reader makes of their labels.

    A label whose vector is not there yet is known to the index alone.
    """

    def __init__(
        self, reader: SecondReader, vectors: LabelVectors, labels: Iterable[tuple[str, str]]
    ) -> None:
        self._reader = reader
        self._vectors = vectors
        read = [(concept, label) for concept, label in labels if label in vectors.row_of]
        self._concepts = [concept for concept, _ in read]
        self._labels = [label for _, label in read]
        self._rows = np.array([vectors.row_of[label] for label in self._labels], dtype=np.int64)

    def of(self, text: str, hits: Sequence[Hit], *, least_new: float = LEAST_NEW) -> list[Hit]:
        """Return the hits in the order of both readers, and what the second alone is sure enough of."""
        if not len(self._rows) or (hits and hits[0].degree == 1.0):
            return list(hits)  # what is written is a label: only a person can choose among those it names
        cosines = self._vectors.cosines(self._reader.read([text])[0], self._rows)
        nearest = self._nearest(cosines)
        known = {hit.concept_id for hit in hits}
        both = [
            hit._replace(degree=hit.degree + _more(nearest.get(hit.concept_id, (0.0, 0))[0])) for hit in hits
        ]
        new = [
            Hit(concept, self._labels[place], _more(cosine), "related", 0.0)
            for concept, (cosine, place) in self._first(nearest, known)
            if _more(cosine) >= least_new
        ]
        return _in_order([*both, *new])

    def _nearest(self, cosines: Floats) -> dict[str, tuple[float, int]]:
        """Find the nearest label of each concept that is related at all."""
        found: dict[str, tuple[float, int]] = {}
        places = np.flatnonzero(cosines > UNRELATED)
        for place in places[np.argsort(-cosines[places], kind="stable")].tolist():
            found.setdefault(self._concepts[place], (float(cosines[place]), place))
        return found

    def _first(
        self, nearest: dict[str, tuple[float, int]], known: set[str]
    ) -> list[tuple[str, tuple[float, int]]]:
        return [each for each in nearest.items() if each[0] not in known][:AT_MOST_NEW]


def _more(cosine: float) -> float:
    return PER_COSINE * max(0.0, cosine - UNRELATED)


def _in_order(hits: Sequence[Hit]) -> list[Hit]:
    """Sort by degree, equals as they stood, and bring degrees and margins back to what they may be."""
    ordered = sorted(hits, key=lambda hit: -hit.degree)
    degrees = list(accumulate((min(hit.degree, SUREST) for hit in ordered), min))
    return [
        hit._replace(degree=degree, margin=degree - below)
        for hit, degree, below in zip(ordered, degrees, [*degrees[1:], 0.0], strict=False)
    ]
