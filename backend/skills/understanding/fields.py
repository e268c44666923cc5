"""Fields of work in everyday words: "i kök", "nåt med bilar", "vad som helst". Plain Python, for Swedish.

Whoever wants something new names a field more often than an occupation. A field is a few groups of SSYK-2012
(Statistics Sweden), each by the first figures of its code, so it holds in every catalogue.
"""

import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

FIELDS = Path(__file__).resolve().parents[1] / "data" / "fields.tsv"

WORDS_KEPT = 20_000
"""Words whose fields stay at hand: people's wishes are read anew together, and share most of their words."""

_WORD = re.compile(r"[^\W_]+")
_NOT = re.compile(
    r"\b(?:ej|inte|utom|aldrig|slippa|not)\s+(?:jobba\s+|arbeta\s+)?(?:(?:med|i|på|som)\s+)?[^\W_]+"
)
_OPEN = re.compile(
    r"vad som helst|vilket (?:jobb|arbete) som helst|spelar ingen roll|allt möjligt"
    r"|(?:ja till|öppen för|testar|prova) allt|\balla jobb\b|\banything\b|\bany job\b|^\s*allt\s*$"
)


class Wished(NamedTuple):
    """What a wish names: the first figures of groups in SSYK-2012, and whether anything will do."""

    groups: frozenset[str]
    is_open: bool


def wished(text: str) -> Wished:
    """Return the fields of work that `text` names; none where it names no field that is known.

    Of the patterns that fit a word the longest counts: *djurvård* is no *vård*.
    """
    lower = text.casefold()
    words = _WORD.findall(_NOT.sub(" ", lower))
    pairs = [f"{one}_{other}" for one, other in pairwise(words)]
    told = [pair for pair in pairs if _named(pair)]
    rest = [word for word in words if not any(word in pair.split("_") for pair in told)]
    return Wished(frozenset().union(*map(_named, [*told, *rest])), bool(_OPEN.search(lower)))


@lru_cache(maxsize=WORDS_KEPT)
def _named(word: str) -> frozenset[str]:
    found = [(len(pattern), groups) for pattern, groups in _fields() if _fits(word, pattern)]
    longest = max((length for length, _groups in found), default=0)
    return frozenset(group for length, groups in found if length == longest for group in groups)


@cache
def _fields() -> list[tuple[str, tuple[str, ...]]]:
    _head, *lines = FIELDS.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return [(word, tuple(groups.split())) for words, groups in rows for word in words.split()]


def _fits(word: str, pattern: str) -> bool:
    """Tell whether a word is the pattern, or begins (`kök*`) or ends (`*kök`) with it."""
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    return word.endswith(pattern[1:]) if pattern.startswith("*") else word == pattern
