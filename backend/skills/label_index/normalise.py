"""Text as people write it, made comparable."""

import re
import unicodedata

MAX_LENGTH = 200
"""Characters of a text that are read; the longest ESCO and JobTech names have about 150."""

_NOT_WORD = re.compile(r"[\W_]+")
_KEEP_SIGNS = str.maketrans({"+": "p", "#": "s"})
_SWEDISH = frozenset("åäö")


def normalise(text: str) -> str:
    """Fold case, accents, punctuation and white space; å, ä and ö stay letters of their own.

    "C++" and "C#" keep their signs as letters, so that they differ from "C". Texts longer than
    `MAX_LENGTH` are cut, which bounds the time of a search.
    """
    folded = unicodedata.normalize("NFKC", text[:MAX_LENGTH]).casefold().translate(_KEEP_SIGNS)
    if not folded.isascii():
        folded = "".join(map(_without_accent, folded))
    return _NOT_WORD.sub(" ", folded).strip()[:MAX_LENGTH]


def sort_words(normalised: str) -> str:
    """Put the words in alphabetical order, so that the order of writing stops mattering."""
    return " ".join(sorted(normalised.split()))


def _without_accent(char: str) -> str:
    if char.isascii() or char in _SWEDISH:
        return char
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
