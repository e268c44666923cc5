"""What a label that was found is to the text: the text itself, the same words, or a misspelling of them.

Likeness of letters alone says little about short words: "lokförare" is no misspelt "bokförare", nor "bil" a
misspelt "bio". So a word counts as misspelt only when no language has it.
"""

from collections.abc import Set
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import permutations

from rapidfuzz.distance import OSA

from backend.skills.label_index.lexicon import SHORTEST_PART, Lexicon
from backend.skills.label_index.morphology import stem
from backend.skills.label_index.spelling import MOST_EDITS

SHORTEST_MISSPELT = 6
"""Letters from which a word may be recognised in spite of its spelling; shorter ones have too many likes."""
SHORTEST_OFFERED = 4
"""Letters from which such a likeness is worth asking about."""
SHORTEST_MISSPELT_TWICE = 9
"""Letters from which it may have two errors."""
MOST_WORDS = 4
"""Words of a text that are paired in any order; more only in their own."""
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
SHORTEST_END = 4
"""Letters of a compound's end that one error hardly makes by chance; three it does ("svets|nig")."""
SHORTEST_FORM = 5
"""Letters from which one noun alone is seen to be a form of another."""
_WITHOUT_DOTS = str.maketrans("åäö", "aao")
_ENDINGS_OF_DOING = ("a", "ning", "ande", "ing")
"""Of a verb and its noun, which mean the same where a skill is named: "svetsa", "svetsning", "planera",
"planering". Not -are, who does it, nor -eri, where it is done."""
_SHORTEST_DOING = 4
_ENDINGS_OF_NOUNS = {
    "": frozenset(["n", "en", "et", "ar", "er", "na", "arna", "erna", "s", "ns", "ens", "ets"]),
    "a": frozenset(("or", "orna")),
    "e": frozenset(("ar", "arna")),
}
"""Of one and of more ("kock", "kockar"); -r on an a is a verb's ("nagla", "naglar")."""


class Likeness(IntEnum):
    """What a label is to a text, the nearest first."""

    SAME = 0
    SAME_WORDS = 1
    MISSPELT = 2
    RELATED = 3
    BY_CHANCE = 4


@dataclass(frozen=True)
class Comparison:
    """Compares texts with labels, both normalised, knowing the words of everyday and of the catalogue."""

    lexicon: Lexicon
    catalogue_words: Set[str] = field(default_factory=frozenset)

    def likeness(self, written: str, label: str) -> Likeness:
        """Tell what `label` is to `written`."""
        if written == label:
            return Likeness.SAME
        if _squeezed(written) == _squeezed(label):
            return Likeness.SAME_WORDS
        likeness = self._of_words(written.split(), label.split())
        if likeness == Likeness.SAME_WORDS and not self._may_be_alone(written, label):
            return Likeness.RELATED
        if likeness == Likeness.RELATED and " " in written + label:
            joined = self._of_word(_squeezed(written), _squeezed(label))
            return Likeness.MISSPELT if joined == Likeness.MISSPELT else likeness
        return likeness

    def _may_be_alone(self, written: str, label: str) -> bool:
        """Tell whether no other words are needed to see that one word is another's form.

        "Kör" is a choir, "mätta" is to satisfy; "kör truck" and "kockar" are clear.
        """
        if " " in written or _is_the_same_doing(written, label):
            return True
        return len(written) >= SHORTEST_FORM and _is_noun_of(written, label)

    def _of_words(self, written: list[str], label: list[str]) -> Likeness:
        """Pair the words; one that is left over or exchanged makes the whole another thing."""
        if len(written) != len(label):
            return Likeness.RELATED
        left = [word for word in written if word not in label]
        right = [word for word in label if word not in written]
        if len(left) != len(right):
            return Likeness.RELATED
        orders = permutations(right) if len(right) <= MOST_WORDS else [tuple(right)]
        return min(max(map(self._of_word, left, order), default=Likeness.SAME_WORDS) for order in orders)

    def _of_word(self, written: str, label: str) -> Likeness:
        if self._is_other_form(written, label):
            return Likeness.SAME_WORDS
        edits = _edits(written, label)
        if edits > MOST_EDITS:
            return Likeness.RELATED
        if len(written) < SHORTEST_OFFERED or self._is_word(written):
            return Likeness.RELATED if stem(written) == stem(label) else Likeness.BY_CHANCE
        is_sure = self._is_plainly_misspelt(written, label, edits)
        return Likeness.MISSPELT if is_sure else Likeness.RELATED

    def _is_plainly_misspelt(self, written: str, label: str, edits: int) -> bool:
        if len(written) < (SHORTEST_MISSPELT if edits < 2 else SHORTEST_MISSPELT_TWICE):
            return False
        if _without_dots(written[0]) not in _without_dots(label[:2]):
            return False
        shortest_end = SHORTEST_END if edits < MOST_EDITS else SHORTEST_PART
        is_compound = edits > 0 and self.lexicon.has_compound(written, shortest_end=shortest_end)
        if is_compound and not self._is_joined_otherwise(written, label):
            return False  # "migsvetsning" is another thing than "tigsvetsning"
        return not self._has_nearer(written, label, edits)

    def _is_word(self, word: str) -> bool:
        return word in self.catalogue_words or word in self.lexicon

    def _is_joined_otherwise(self, written: str, label: str) -> bool:
        """Tell whether the same two words were joined with an s in one and without in the other."""
        short, long = sorted((written, label), key=len)
        return any(
            long[:seam] + long[seam + 1 :] == short
            and all(self.lexicon.among([long[:seam], long[seam + 1 :]]))
            for seam, letter in enumerate(long)
            if letter == "s"
        )

    def _is_other_form(self, written: str, label: str) -> bool:
        return self.lexicon.is_form_of(written, label) or _is_the_same_doing(written, label)

    def _has_nearer(self, written: str, label: str, edits: int) -> bool:
        """Tell whether the language has another word that is no further from what was written."""
        others = [word for word in _one_edit_from(written) if word != label]
        known = [word for word, is_known in zip(others, self.lexicon.among(others), strict=True) if is_known]
        return any(
            _edits(written, word) <= edits
            and self.lexicon.is_base(word)
            and not self._is_other_form(word, label)
            for word in known
        )


def _squeezed(text: str) -> str:
    return text.replace(" ", "")


def _without_dots(text: str) -> str:
    return text.translate(_WITHOUT_DOTS)


def _edits(written: str, word: str) -> int:
    """Count typing errors; dots and rings that were left out are none."""
    return OSA.distance(_without_dots(written), _without_dots(word))


def _is_the_same_doing(written: str, label: str) -> bool:
    for ending in _ENDINGS_OF_DOING:
        done = label.removesuffix(ending)
        is_verb = label.endswith(ending) and len(done) >= _SHORTEST_DOING
        if is_verb and written in {done + other for other in _ENDINGS_OF_DOING}:
            return True
    return False


def _is_noun_of(word: str, other: str) -> bool:
    """Tell whether the endings of nouns are all that two forms of one word differ in."""
    short, long = sorted((word, other), key=len)
    for singular, plurals in _ENDINGS_OF_NOUNS.items():
        done = short.removesuffix(singular)
        if short.endswith(singular) and long.startswith(done) and long[len(done) :] in plurals:
            return True
    return False


def _one_edit_from(word: str) -> list[str]:
    """List what one letter left out, exchanged, added or swapped with the next makes of `word`."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    return [
        *(left + right[1:] for left, right in splits if right),
        *(left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1),
        *(left + letter + right[1:] for left, right in splits if right for letter in LETTERS),
        *(left + letter + right for left, right in splits for letter in LETTERS),
    ]
