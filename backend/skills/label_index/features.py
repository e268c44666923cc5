"""What two texts are compared by: 3-letter grams of stems, and how the parts of compounds begin.

Three views of "betonggjutning", all without its endings: the grams of the whole word ("bet", "eto", …,
"ngg", …), the grams of its parts betong + gjut (" gj" rather than "ngg"), and the first four letters
of each part ("#beto", "#gjut"), a crude stem that "gjuta betong" shares.
"""

from functools import lru_cache
from typing import NamedTuple

from backend.skills.label_index.morphology import Compounds, stem

SIZE = 3
START = 4
ASKED_KEPT = 4_096
"""Words of texts whose features are remembered: people ask in the same ones."""
UNITS_IN_ONE_VIEW, UNITS_IN_BOTH = 10, 14
"""Weight of a gram that lies on a seam or end (one view), or inside a part (both): 10 and 10·√2."""

_SHIFTED_VOWELS = str.maketrans("åäö", "aao")


class WordFeatures(NamedTuple):
    """The three views of one word."""

    whole: list[str]
    parts: list[str]
    starts: list[str]


class Analyser:
    """Turns normalised texts into weighed features; what it knows of compounds comes from the words given."""

    def __init__(self, words: frozenset[str], units_of_start: int) -> None:
        self._compounds = Compounds(words)
        self.units_of_start = units_of_start
        self._of_asked = lru_cache(ASKED_KEPT)(self.word)

    def word(self, word: str) -> WordFeatures:
        """Look at one word in the three ways; a list may name a feature twice."""
        whole = _grams(stem(word))
        parts = self._compounds.split(word)
        if len(parts) == 1:
            return WordFeatures(whole, whole, [_start(word)])
        in_parts = [gram for part in parts for gram in _grams(stem(part))]
        return WordFeatures(whole, in_parts, [_start(part) for part in parts])

    def text(self, normalised: str) -> dict[str, int]:
        """Map each feature of a text to its units."""
        words = [self._of_asked(word) for word in normalised.split()]
        whole = {gram for word in words for gram in word.whole}
        parts = {gram for word in words for gram in word.parts}
        units = dict.fromkeys(whole & parts, UNITS_IN_BOTH)
        units |= dict.fromkeys(whole ^ parts, UNITS_IN_ONE_VIEW)
        units |= {start: self.units_of_start for word in words for start in word.starts}
        return units


def _grams(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[i : i + SIZE] for i in range(len(padded) - SIZE + 1)]


def _start(part: str) -> str:
    """Take the first letters, with the vowel that Swedish shifts undone (bok–böcker, man–män)."""
    return f"#{part[:START].translate(_SHIFTED_VOWELS)}"
