"""Labels that begin as a text that is still being written, or have a later word that does. Pure Python."""

from bisect import bisect_left
from collections.abc import Iterable
from heapq import nsmallest
from typing import NamedTuple

from backend.skills.label_index.normalise import normalise

LAST = "\U0010ffff"


class Start(NamedTuple):
    """One word of one label where somebody may begin; compares as suggestions are ordered."""

    is_later_word: bool
    is_other_label: bool
    length: int
    label: str
    concept_id: str


class TypeAhead:
    """Finds labels by the beginning of any of their words; never changes after it is built."""

    def __init__(self, labels: Iterable[tuple[str, str]]) -> None:
        """Take (concept, label) pairs, the preferred label of each concept before its others."""
        met: set[str] = set()
        found: list[tuple[str, Start]] = []
        for concept_id, label in labels:
            words = normalise(label).split()
            for place in range(len(words)):
                rest = " ".join(words[place:])
                found.append((rest, Start(place > 0, concept_id in met, len(label), label, concept_id)))
            met.add(concept_id)
        found.sort()
        self._texts = [text for text, _ in found]
        self._starts = [start for _, start in found]

    def find(self, typed: str, *, limit: int) -> list[Start]:
        """List the best start of each of at most `limit` concepts: what is all written, then short names."""
        key = normalise(typed)
        if not key:
            return []
        first, end = bisect_left(self._texts, key), bisect_left(self._texts, key + LAST)
        best: dict[str, tuple[bool, Start]] = {}
        for place in range(first, end):
            start = self._starts[place]
            found = (start.is_later_word or self._texts[place] != key, start)
            best[start.concept_id] = min(found, best.get(start.concept_id, found))
        return [start for _, start in nsmallest(limit, best.values())]
