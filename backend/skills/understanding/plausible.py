"""Which hits of a search are worth asking about: "Menade du …?" offers nothing that nobody means."""

from collections.abc import Sequence

from backend.skills.label_index import Hit
from backend.skills.label_index.morphology import stem
from backend.skills.label_index.normalise import normalise
from backend.skills.understanding.empty_words import SAY_NOTHING

PLAUSIBLE_DEGREE = 0.12
"""Below this a hit is never offered."""
SURE_OF_LETTERS = 0.35
"""Degree from which likeness of letters alone, without a word or a part in common, is worth a question."""
_GENERAL = """
    sköta skötsel skötare göra hålla köra ta laga hjälpa hjälp leda ge hantera använda ansvara arbete
    arbetare jobb montera byta bygga bra vara assistent biträde medarbetare personal ledare tekniker kunskap
    kunskaper rutiner olika stora små nya andra människor service plan planera
"""
_SHORTEST_SHARED = 4


def plausible(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Keep the hits that share a telling word with `text`, are its misspelling, or are likely anyhow."""
    return [hit for hit in hits if hit.degree >= PLAUSIBLE_DEGREE and _may_be_meant(text, hit)]


def _may_be_meant(text: str, hit: Hit) -> bool:
    if hit.why in ("exact", "synonym", "spelling") or hit.degree >= SURE_OF_LETTERS:
        return True
    written, label = _telling(text), _telling(hit.label)
    return any(_share(word, other) for word in written for other in label)


def _share(word: str, other: str) -> bool:
    """Tell whether two words have their stem in common, or one is a part of the other at either end."""
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    return len(short) >= _SHORTEST_SHARED and (long.startswith(short) or long.endswith(short))


def _telling(text: str) -> set[str]:
    words = normalise(text).split()
    return {stem(word) for word in words if word not in _EMPTY and word not in SAY_NOTHING}


_EMPTY = frozenset(_GENERAL.split())
