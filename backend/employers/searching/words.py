"""The words of a text as openings are searched by; plain Python.

Other than in lists of names, signs that make another word stay ("C#", "C++", ".NET"), and å, ä and ö are
letters of their own: who writes them means them, and who leaves out the dots finds both.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

MOST_WORDS: Final = 8
# What Unicode does not take apart; ø and æ are other countries' ö and ä.
_FOREIGN: Final = str.maketrans(
    {"æ": "ä", "ø": "ö", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "œ": "oe", "ħ": "h"}
)
_BARE: Final = str.maketrans({"å": "a", "ä": "a", "ö": "o"})
_NOT_SWEDISH: Final = re.compile(r"[^\x00-\x7fåäö]")
_WORD: Final = re.compile(r"(?<![\w.])\.[a-z]+(?![\w.])|(?:[^\W_])+(?:\+\+|#)?")
_EMPTY_WORDS = (
    "i på och som en ett för till med av att om eller den det the a an in at of as and or for to with"
)
EMPTY: Final = frozenset(_EMPTY_WORDS.split())
"""Words that say nothing; they are left out where others stand beside them."""


@lru_cache(maxsize=100_000)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text` in order: "Hjälp i C#/.NET-gruppen" gives hjälp, i, c#, .net, gruppen."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_FOREIGN)
    return tuple(_WORD.findall(_NOT_SWEDISH.sub(_without_accent, plain).replace("/", " ").replace("-", " ")))


def asked_words(text: str) -> list[str]:
    """Return what somebody asks for: at most MOST_WORDS, each once, without those that say nothing."""
    found = list(dict.fromkeys(words_of(text)))
    telling = [word for word in found if word not in EMPTY]
    return (telling or found)[:MOST_WORDS]


def bare(word: str) -> str:
    """Return the word without the dots and rings of å, ä and ö."""
    return word if word.isascii() else word.translate(_BARE)


def _without_accent(sign: re.Match[str]) -> str:
    parts = unicodedata.normalize("NFKD", sign[0])
    return "".join(part for part in parts if not unicodedata.combining(part))
