"""Words and their parts: Swedish endings taken off, compounds split where the vocabulary itself shows a seam.

Nothing here is a dictionary: the parts are learned from the labels that are being indexed.
"""

from collections import Counter
from math import log

_INFLECTIONS = "a ar arna or orna er erna en et n s ens ets ers ars ans ornas ernas arnas e es t"
_VERBS_AND_NOUNS_OF_DOING = (
    "ning ningar ningen ningarna nings ing ingar ingen ings ande andet ende endet ad ade at "
    "era erar ering eringar eringen erings else elser elsen tion tioner tionen tions ation ationer ations"
)
_DOERS_AND_QUALITIES = (
    "are aren arens arnas eri erier het heter hetens lig liga ligt ig iga igt isk iska iskt ik"
)
_ENDINGS = frozenset(f"{_INFLECTIONS} {_VERBS_AND_NOUNS_OF_DOING} {_DOERS_AND_QUALITIES}".split())
_LONGEST_ENDING = max(map(len, _ENDINGS))
_SHORTEST_STEM = 3

_SHORTEST_LEFT, _SHORTEST_RIGHT = 3, 4


def stem(word: str) -> str:
    """Take off the longest Swedish ending, so that "reparera" and "reparation" meet; three letters stay."""
    for place in range(max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING), len(word)):
        if word[place:] in _ENDINGS:
            return word[:place]
    return word


class Compounds:
    """Splits compounds at the seam that the vocabulary supports best.

    A seam needs a known word on its right and, on its left, a known word or a beginning that other
    words share. Among several seams the best has the most productive sides: many words end with the
    right one, many begin with the left one (the successor and predecessor counts of Harris, 1955).
    """

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words
        self._beginnings = Counter(word[:i] for word in words for i in range(_SHORTEST_LEFT, len(word)))
        tails = (word[i:] for word in words for i in range(1, len(word) - 2))
        self._endings = Counter(tail for tail in tails if tail in words)

    def split(self, word: str) -> list[str]:
        """List the parts of a word from left to right; a word without a seam is its own part."""
        parts: list[str] = []
        while seam := self._best_seam(word):
            parts.insert(0, word[seam:])
            word = word[:seam]
        return [word, *parts]

    def _best_seam(self, word: str) -> int:
        """Find the place of the best seam; 0 where there is none."""
        words = self._words
        best, support = 0, 0.0
        for place in range(_SHORTEST_LEFT, len(word) - _SHORTEST_RIGHT + 1):
            if word[place:] in words and (here := self._support(word, place)) > support:
                best, support = place, here
        return best

    def _support(self, word: str, place: int) -> float:
        left, right = word[:place], word[place:]
        itself = word in self._words
        known = self._is_word(left)
        shared, productive = self._beginnings[left] - itself, self._endings[right] - itself
        if not known and shared + productive < 1:
            return 0.0
        balance = 0.3 * min(len(left), len(right), 5)
        return log(1 + productive) + log(1 + shared) + known + balance

    def _is_word(self, left: str) -> bool:
        """Know the left side as it stands, without its joining s, or with the vowel it lost ("kyrk|torn")."""
        bare = left.removesuffix("s")
        return left in self._words or any(bare + vowel in self._words for vowel in ("", "a", "e"))
