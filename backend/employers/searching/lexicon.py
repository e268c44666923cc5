"""All words of some openings, and which of them a word that somebody writes may mean; plain Python."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from backend.employers.searching.words import bare

SHORTEST_INSIDE: Final = 4
SHORTEST_ALIKE: Final = 4
TWO_ERRORS_FROM: Final = 7
MOST_ALIKE: Final = 8
SEPARATOR: Final = "\n"
LAST: Final = "\U0010ffff"


class Likeness(IntEnum):
    """How a word of an opening answers to one that was asked for, the best first."""

    EXACT = 0
    WITHOUT_DOTS = 1
    BEGINS = 2
    INSIDE = 3
    OTHER_WORD = 4
    SOUNDS = 5
    MISSPELT = 6


class Lexicon:
    """Words by number, found by what they are, begin with, hold, sound like or nearly are."""

    def __init__(self, words: Iterable[str], sounds: Mapping[str, Iterable[str]]) -> None:
        self.words: list[str] = sorted(set(words), key=lambda word: (bare(word), word))
        self._bare = [bare(word) for word in self.words]
        self._all = SEPARATOR + SEPARATOR.join(self._bare) + SEPARATOR
        self._starts = [0]
        for word in self._bare:
            self._starts.append(self._starts[-1] + len(word) + 1)
        numbers = {word: number for number, word in enumerate(self.words)}
        self._sounds: dict[str, list[int]] = {}
        for word, heard in sounds.items():
            for sound in heard:
                self._sounds.setdefault(sound, []).append(numbers[word])

    def plain(self, word: str) -> dict[int, Likeness]:
        """Return the words that `word` is, begins or stands in."""
        key = bare(word)
        found: dict[int, Likeness] = {}
        if len(key) >= SHORTEST_INSIDE:
            found = dict.fromkeys(self._holding(key), Likeness.INSIDE)
        first, end = bisect_left(self._bare, key), bisect_left(self._bare, key + LAST)
        found |= dict.fromkeys(range(first, end), Likeness.BEGINS)
        same = range(first, bisect_right(self._bare, key))
        return found | {
            number: Likeness.EXACT if self.words[number] == word else Likeness.WITHOUT_DOTS for number in same
        }

    def other_words(self, words: Iterable[str]) -> dict[int, Likeness]:
        """Return the words that begin as one of `words`, which mean the same as what was asked for."""
        found: dict[int, Likeness] = {}
        for word in words:
            key = bare(word)
            first, end = bisect_left(self._bare, key), bisect_left(self._bare, key + LAST)
            found |= dict.fromkeys(range(first, end), Likeness.OTHER_WORD)
        return found

    def sounding(self, sounds: Iterable[str]) -> dict[int, Likeness]:
        """Return the names that sound like one of `sounds`."""
        return {number: Likeness.SOUNDS for sound in sounds for number in self._sounds.get(sound, ())}

    def misspelt(self, word: str) -> dict[int, Likeness]:
        """Return the few words that are nearest to `word`, one or two typing errors away."""
        if len(word) < SHORTEST_ALIKE or not word.isalpha():
            return {}
        errors = 2 if len(word) >= TWO_ERRORS_FROM else 1
        distance_of: Any = OSA.distance
        near: Sequence[tuple[str, float, int]] = process.extract(
            bare(word), self._bare, scorer=distance_of, score_cutoff=errors, limit=MOST_ALIKE
        )
        fewest = min((distance for _word, distance, _number in near), default=0)
        return {number: Likeness.MISSPELT for _word, distance, number in near if distance == fewest}

    def _holding(self, key: str) -> list[int]:
        found = []
        at = self._all.find(key)
        while at >= 0:
            number = bisect_right(self._starts, at - 1) - 1
            found.append(number)
            at = self._all.find(key, self._starts[number + 1])
        return found
