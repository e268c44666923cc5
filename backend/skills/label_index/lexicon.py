"""The words of a language: whether one is a word at all, and whether two are forms of one word."""

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from backend.skills.label_index.normalise import normalise_word

Hashes = npt.NDArray[np.int64]
SHORTEST_PART = 3
"""Letters of a word that can be part of a compound."""


class Lexicon:
    """Words and their base forms by their hashes: 16 bytes a form, where strings take a hundred."""

    def __init__(self, own: Iterable[tuple[str, str]], foreign: Iterable[tuple[str, str]] = ()) -> None:
        """Take (form, base form) pairs, as `normalise_word` gives them, of the language and of another.

        What both languages have is the own one's; of one form the first base counts.
        """
        of_own, of_foreign = _hashes(own), _hashes(foreign)
        pairs = np.concatenate([of_own, of_foreign])
        self._forms, firsts = np.unique(pairs[:, 0], return_index=True)
        self._bases: Hashes = pairs[:, 1][firsts]
        self._is_own = firsts < len(of_own)

    def __contains__(self, word: str) -> bool:
        return bool(self.among([word])[0])

    def among(self, words: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Tell which of `words` either language has."""
        hashes = np.fromiter(map(hash, words), dtype=np.int64, count=len(words))
        if not len(self._forms):
            return np.zeros(len(words), dtype=np.bool_)
        found: npt.NDArray[np.bool_] = self._forms.take(self._places(hashes)) == hashes
        return found

    def are_own(self, words: Sequence[str]) -> bool:
        """Tell whether all of `words` are of the language itself."""
        places = self._places(np.fromiter(map(hash, words), dtype=np.int64, count=len(words)))
        return bool(self.among(words).all()) and bool(self._is_own.take(places).all())

    def is_form_of(self, word: str, other: str) -> bool:
        """Tell whether both are forms of one word: "servitriser" and "servitris"."""
        if word not in self or other not in self:
            return False
        bases = [self._base(word), self._base(other)]
        return bases[0] == bases[1] or hash(other) == bases[0] or hash(word) == bases[1]

    def base_of(self, word: str) -> int:
        """Return what stands for the base form of `word`, the same for all its forms; of others, its own."""
        return self._base(word) if word in self else hash(word)

    def is_base(self, word: str) -> bool:
        """Tell whether `word` is what a dictionary lists: no plural, no genitive."""
        return word in self and self._base(word) == hash(word)

    def has_compound(self, word: str, *, shortest_end: int) -> bool:
        """Tell whether two words of the language make up `word`, with or without a joining s."""
        return any(
            word[seam:] in self and (word[:seam] in self or word[:seam].removesuffix("s") in self)
            for seam in range(SHORTEST_PART, len(word) - shortest_end + 1)
        )

    def _base(self, word: str) -> int:
        return int(self._bases[self._places(np.array([hash(word)], dtype=np.int64))[0]])

    def _places(self, hashes: Hashes) -> Hashes:
        places: Hashes = np.minimum(self._forms.searchsorted(hashes), len(self._forms) - 1)
        return places


@cache
def everyday_words() -> Lexicon:
    """Return the words of Swedish, and of English beside it, read once in a process (some seconds)."""
    return Lexicon(_forms("sv"), _forms("en"))


def _forms(language: str) -> Iterable[tuple[str, str]]:
    dictionary = DefaultDictionaryFactory().get_dictionary(language)
    return zip(map(normalise_word, dictionary), map(normalise_word, dictionary.values()), strict=True)


def _hashes(pairs: Iterable[tuple[str, str]]) -> Hashes:
    numbers = (number for form, base in pairs for number in (hash(form), hash(base)))
    return np.fromiter(numbers, dtype=np.int64).reshape(-1, 2)
