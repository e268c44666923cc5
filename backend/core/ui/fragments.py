"""Pieces of pages that are drawn once: each is kept under all that it says, so it is never another's."""

from collections.abc import Callable, Hashable
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT: Final = 4_096


class Fragments:
    """Pieces of HTML, kept in this process under all that went into them.

    There is nothing to forget when a row changes: what says something else has another key. So a key must
    hold everything that `draw` reads, and `draw` must know neither request nor reader.
    """

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: dict[Hashable, SafeString] = {}

    def piece(self, key: Hashable, draw: Callable[[], SafeString]) -> SafeString:
        """Return the piece that says `key` in the present language, drawn where it is new."""
        key = (get_language(), key)
        found = self._kept.get(key)
        if found is None:
            found = draw()
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[key] = found
        return found

    def __len__(self) -> int:
        return len(self._kept)
