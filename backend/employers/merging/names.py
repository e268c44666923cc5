"""Whether two names are of one organisation or place, whatever the form of company and the typing errors."""

from typing import Final

from rapidfuzz import fuzz

from backend.core.text.confusable import in_latin
from backend.core.text.folding import fold

FORMS: Final = {
    *("ab", "hb", "kb", "aktiebolag", "handelsbolag", "kommanditbolag", "ekonomisk", "ideell", "forening"),
    *("ek", "for", "firma", "publ", "i", "och", "sverige"),
}
"""Words that tell nothing of which organisation it is."""
NEAR: Final = 88
FEWEST_LETTERS: Final = 5


def core_of(name: str) -> str:
    """Return the words of a name that tell it from others, folded; all of them if there are no others."""
    words = fold(in_latin(name)).split()
    return " ".join(word for word in words if word not in FORMS) or " ".join(words)


def are_alike(one: str, other: str) -> bool:
    """Tell whether two names are the same but for the form of company, the order or a typing error.

    Numbers tell apart: the second preschool of a municipality is not its first, misspelt.
    """
    first, second = core_of(one), core_of(other)
    if first == second:
        return True
    if _numbers(first) != _numbers(second) or min(len(first), len(second)) < FEWEST_LETTERS:
        return False
    return fuzz.token_sort_ratio(first, second) >= NEAR


def _numbers(folded: str) -> set[str]:
    return {word for word in folded.split() if any(sign.isdigit() for sign in word)}
