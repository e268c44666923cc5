"""Which hits of a search are worth asking about: "Menade du …?" offers nothing that nobody means."""

from collections.abc import Sequence

from backend.skills.label_index import Hit
from backend.skills.label_index.morphology import stem
from backend.skills.label_index.normalise import normalise
from backend.skills.understanding.empty_words import SAY_NOTHING

PLAUSIBLE_DEGREE = 0.12
"""Below this a hit is never offered."""
_GENERAL = """
    sköta skötsel skötare göra hålla köra ta laga hjälpa hjälp leda ge hantera använda ansvara arbete
    arbetare jobb montera byta bygga bra vara assistent biträde medarbetare personal ledare tekniker kunskap
    kunskaper rutiner olika stora små nya andra människor service plan planera
"""
_SHORTEST_SHARED = 5
_SHORTEST_STEM = 4


def plausible(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Keep the hits that share a telling word with `text`, or are its misspelling."""
    return [hit for hit in hits if hit.degree >= PLAUSIBLE_DEGREE and _may_be_meant(text, hit)]


def _may_be_meant(text: str, hit: Hit) -> bool:
    if hit.why in ("exact", "synonym", "spelling"):
        return True
    written, label = _telling(text), _telling(hit.label)
    return any(_share(word, other) for word in written for other in label)


def _share(word: str, other: str) -> bool:
    """Tell whether two words have their stem in common, or one is a part of the other at either end."""
    if word == other or (stem(word) == stem(other) and len(stem(word)) >= _SHORTEST_STEM):
        return True
    short, long = sorted((word, other), key=len)
    ends = (short, stem(short)) if len(stem(short)) >= _SHORTEST_SHARED else (short,)
    return len(short) >= _SHORTEST_SHARED and (long.startswith(ends) or long.endswith(ends))


def _telling(text: str) -> set[str]:
    words = normalise(text).split()
    return {word for word in words if word not in _EMPTY and word not in SAY_NOTHING}


_EMPTY = frozenset(_GENERAL.split())
