"""The labels of a vocabulary as phrases to be found among other words, whatever their inflection.

"Städat på sjukhus" finds the label "städa på sjukhus" and none that is only like it: where words are many, a
likeness of letters is always to be had.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from backend.skills.label_index import Lexicon
from backend.skills.label_index.decisions import is_acronym
from backend.skills.label_index.likeness import Comparison, Likeness
from backend.skills.label_index.normalise import normalise

LONGEST_PHRASE = 6
_SMALL_WORDS = frozenset(
    ["på", "i", "med", "åt", "av", "till", "inom", "vid", "om", "för", "som", "en", "ett", "den", "det"]
)
_ARTICLE = "ال"
_PARTICIPLES = ("ade", "ats", "ad", "at")
"""Endings of verbs in -a that the dictionary lists as adjectives of their own ("städad")."""
_IRREGULAR = {"syr": "sy", "sålt": "sälja", "såld": "sälja", "sålts": "sälja"}
Key = tuple[int, ...]


class Phrasebook:
    """Finds the concepts that have a phrase among their labels; never changes after it is built."""

    def __init__(
        self, labels: Iterable[tuple[str, str]], foreign: Iterable[tuple[str, str]], lexicon: Lexicon
    ) -> None:
        """Take (concept, label) pairs; foreign ones and acronyms that are words of one's own are left out."""
        self._lexicon = lexicon
        self._base = lru_cache(maxsize=None)(self._base_of)
        others = frozenset(foreign)
        self._exact: dict[Key, dict[str, str]] = {}
        self._loose: dict[Key, dict[str, str]] = {}
        for pair in labels:
            concept, label = pair
            words = normalise(label).split()
            is_other = (pair in others or is_acronym(label)) and lexicon.are_own(words)
            if not words or len(words) > LONGEST_PHRASE or is_other:
                continue
            self._exact.setdefault(self._key(words), {}).setdefault(concept, label)
            if loose := self._loose_key(words):
                self._loose.setdefault(loose, {}).setdefault(concept, label)

    def find(self, words: Sequence[str]) -> Mapping[str, str]:
        """Map the concepts that have these normalised words as a label to that label.

        The very words go before other forms of them ("kock" is no "kocka").
        """
        if found := self._exact.get(self._key(words)):
            written = " ".join(words)
            same = {key: label for key, label in found.items() if normalise(label) == written}
            return same or {key: label for key, label in found.items() if self._is_form(written, label)}
        loose = self._loose_key(words)
        return self._loose.get(loose, {}) if loose else {}

    def has(self, words: Sequence[str]) -> bool:
        """Tell whether a label is these very words."""
        written = " ".join(words)
        return any(normalise(label) == written for label in self.find(words).values())

    def _key(self, words: Sequence[str]) -> Key:
        return tuple(self._base(_without_article(word)) for word in words)

    def _base_of(self, word: str) -> int:
        word = _IRREGULAR.get(word, word)
        for ending in _PARTICIPLES:
            if word.endswith(ending) and (verb := word.removesuffix(ending) + "a") in self._lexicon:
                return self._lexicon.base_of(verb)
        base = self._lexicon.base_of(word)
        is_verb = word.endswith("ar") and base == hash(f"{word}e")  # "städar" is no "städare"
        return self._lexicon.base_of(word[:-1]) if is_verb else base

    def _is_form(self, written: str, label: str) -> bool:
        """Tell whether a label is written otherwise; one word alone needs more than a base in common."""
        is_alone = " " not in written
        return (
            not is_alone or Comparison(self._lexicon).likeness(written, normalise(label)) < Likeness.MISSPELT
        )

    def _loose_key(self, words: Sequence[str]) -> Key:
        """Return the key without the small words; empty where that leaves a word alone or leaves none out."""
        key = self._key([word for word in words if word not in _SMALL_WORDS])
        return key if len(key) > 1 else ()


def _without_article(word: str) -> str:
    rest = word.removeprefix(_ARTICLE)
    return rest if len(rest) > 2 else word
