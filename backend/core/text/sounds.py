"""How a Swedish name sounds, so that it is found by somebody who has only heard it.

No maintained library knows Swedish. These are spellings of one sound that names have side by side: Häggström
and Heggström, Carlsson and Karlson, Lindqvist and Lindquist, Sköld and Schöld, Göran and Jöran.
"""

import re
import unicodedata

from backend.core.text.folding import fold

SHORTEST = 3

# In this order. 1 stands for the sound of sj, 2 for that of tj.
_SPELLINGS: list[tuple[str, str]] = [
    ("æ", "ä"),
    ("ø", "ö"),
    ("aa", "å"),
    (r"^s(?:tj|kj|j)|sch|sh", "1"),
    (r"^sk(?=[eiyäö])|^ch(?=[aeiouyåäö])", "1"),
    (r"^(?:kj|tj)|^k(?=[eiyäö])", "2"),
    (r"^[dghl]j|^g(?=[eiyäö])|^y(?=[aeou])", "j"),
    ("ph", "f"),
    ("th", "t"),
    ("c[hk]", "k"),
    ("q[uvw]?", "kv"),
    ("x", "ks"),
    ("z", "s"),
    ("c(?=[eiyäö])", "s"),
    ("c", "k"),
    ("w", "v"),
    ("(?<=.)f", "v"),
    ("(?<=.)h", ""),
    ("d(?=t)", ""),
    ("y", "i"),
    ("ä", "e"),
    ("[åö]", "o"),
    (r"(.)\1+", r"\1"),
]
_RULES = [(re.compile(spelling), sound) for spelling, sound in _SPELLINGS]
_NOT_LETTERS = re.compile(r"[\W_]+")
_SWEDISH = {"a\u030a", "a\u0308", "o\u0308"}


def sounds_in(text: str) -> dict[str, list[str]]:
    """Return how each word of `text` may sound, by the word as `fold` gives it."""
    words = _NOT_LETTERS.split(unicodedata.normalize("NFC", text))
    return {fold(word): sounds_of(word) for word in words if word}


def sounds_of(word: str) -> list[str]:
    """Return how `word` may sound: with its å, ä and ö, and as if somebody had left out their dots."""
    letters = unicodedata.normalize("NFD", word.casefold())
    dotted = re.sub(r"(.)([\u0300-\u036f]+)", _keep_swedish, letters)
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    if len(bare) < SHORTEST or not bare.isalpha():
        return []
    return list(dict.fromkeys(_sound(each) for each in (dotted, bare)))


def _keep_swedish(found: re.Match[str]) -> str:
    letter = found[1] + found[2]
    return unicodedata.normalize("NFC", letter) if letter in _SWEDISH else found[1]


def _sound(word: str) -> str:
    for spelling, sound in _RULES:
        word = spelling.sub(sound, word)
    return word
