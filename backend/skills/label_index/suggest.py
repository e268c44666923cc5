"""Labels that begin with what has been written so far."""

from bisect import bisect_left
from collections.abc import Sequence

MOST = 200
"""Labels looked at per group, so that one letter costs no more than a word."""
_AFTER_EVERY_LETTER = chr(0x10FFFF)


class Prefixes:
    """Binary search in texts that are sorted within the names and within the titles."""

    def __init__(self, texts: Sequence[str], first_title: int) -> None:
        self._texts = texts
        self._groups = ((0, first_title), (first_title, len(texts)))

    def rows(self, prefix: str) -> list[int]:
        """List the rows of labels that begin with the prefix."""
        if not prefix:
            return []
        found: list[int] = []
        for low, high in self._groups:
            start = bisect_left(self._texts, prefix, low, high)
            end = bisect_left(self._texts, prefix + _AFTER_EVERY_LETTER, start, high)
            found.extend(range(start, min(end, start + MOST)))
        return found
