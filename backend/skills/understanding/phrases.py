"""Free text about a person, cut into parts that each tell one thing, with what the words around it say.

Plain Python, for Swedish as it is written in haste, with the commonest English, Arabic and Persian joints.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from backend.skills.label_index.normalise import normalise
from backend.skills.understanding.empty_words import (
    DONE,
    LITTLE,
    NEGATIONS,
    NUMBERS,
    PARTICLES,
    SAY_NOTHING,
    WELL,
    WISHES,
)

_SENTENCES = re.compile(r"[\n\r]+|[.!?؟](?=\s|$)")
_BETWEEN = re.compile(
    r"[,;|•·،؛*]+|:\s(?=\S+\s\S+\s|\S{3})|\s[–—+-]\s|^\s*[–—+>-]\s|\s(?:men|but|därefter|(?:sen|sedan)(?!\s+\d))\s"
)
_AND = re.compile(
    r"\s(?:och|o|samt|eller|and|or|och/eller|та|і|й|و|یا|iyo)\s|\s*[&+]\s+|\s*\+(?!\+|$)|\s*/\s*",
    re.IGNORECASE,
)
_JOINED_AND = re.compile(r"(?<=[\u0600-\u06ff])\sو(?=[\u0600-\u06ff]{3})")
"""Arabic writes "and" together with the word that follows."""
_HALF = re.compile(r"\w+-\s+(?:och|&|samt|eller)\s+(?=\w{6})", re.IGNORECASE)
"""The first of two compounds with one end ("matte- och fysiklärare"); the second tells what it is."""
_ASIDE = re.compile(r"\(([^)]*)\)?")
_UNIT = r"(?:års?|mån(?:ader)?|somrar|säsonger|yrs?|years?|سنوات|سنة|سال|роки|років|рік|sano)"
_HOW_LONG = re.compile(
    rf"\b(?:i|under|sedan|for|ca|cirka|över|drygt|typ)?\s*\b(\d+|{'|'.join(NUMBERS)})[+]?\s*{_UNIT}\b"
    rf"(?:\s+(?:i|inom|av|som)?\s*(?:erfarenhet|erf|experience|досвіду|tid))?",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\b((?:19|20)?\d\d)\s*[-–]\s*((?:19|20)?\d\d)\b")
_WHEN = re.compile(
    r"\b(?:(?:sedan|sen|år|klar|utb|utbildad|since)\s+)?(?:19|20)\d\d\b|\b\d+\s?(?:h/v|h|%|t)\b",
    re.IGNORECASE,
)
_EDGES = " \t.,;:!?\"'”’()[]"
_LATIN = re.compile(r"[a-zåäö]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Part:
    """Something of a note that may tell one thing.

    `way` is "wish" or "done" where the words say so, `years` for how long, `how` is "little" or "well".
    """

    text: str
    way: str = ""
    years: int | None = None
    how: str = ""
    is_denied: bool = False

    @property
    def words(self) -> list[str]:
        """The words as written, without the punctuation at their edges."""
        found = (word.strip(_EDGES) for word in without_time(self.text).split())
        return [word for word in found if word]


def pieces_of(line: str) -> list[Part]:
    """Cut a line at its commas, full stops and the like; a wish holds on to the end of its sentence."""
    found: list[Part] = []
    for sentence in _SENTENCES.split(line):
        way = ""
        for piece in _BETWEEN.split(sentence):
            if text := " ".join(piece.split()).strip("-–—• "):
                part = hear(text)
                way = part.way or (way if way == "wish" else "")
                found.append(replace(part, way=way))
    return found


def parts_of(piece: Part) -> list[Part]:
    """Cut a piece at its "och" and its brackets; what is denied or wished of one goes for the next."""
    texts = list(_apart(piece.text))
    heard = [hear(text) for text in texts]
    return [
        replace(
            part,
            text=text,
            way=part.way or piece.way,
            years=part.years or (piece.years if len(texts) > 1 else None),
            is_denied=part.is_denied or (bool(place) and heard[0].is_denied and "(" not in piece.text),
        )
        for place, (text, part) in enumerate(zip(texts, heard, strict=True))
    ]


def _apart(text: str) -> Iterator[str]:
    text = _HALF.sub("", _JOINED_AND.sub(" و ", text))
    for place, side in enumerate(_ASIDE.split(text)):
        parts = _AND.split(side) if place % 2 == 0 else [side]
        yield from (" ".join(part.split()) for part in parts if part and part.strip(_EDGES))


def hear(text: str) -> Part:
    """Read what the words around a thing say: wished or done, for how long, how well, or denied."""
    words = normalise(text).split()
    pairs = {f"{first} {second}" for first, second in pairwise(words)}
    said = pairs.union(words)
    years = how_long(text)
    is_denied = not NEGATIONS.isdisjoint(said) and "inte bara" not in pairs
    is_wish = not WISHES.isdisjoint(said)
    way = "wish" if is_wish else "done" if years is not None or not DONE.isdisjoint(said) else ""
    how = "little" if not LITTLE.isdisjoint(said) else "well" if not WELL.isdisjoint(said) else ""
    return Part(text, way, years, how, is_denied)


def how_long(text: str) -> int | None:
    """Return the whole years that a text speaks of ("i 5 år", "2009–2015"); None where it speaks of none."""
    if span := _SPAN.search(text):
        first, last = (int(year[-2:]) for year in span.groups())
        return (last - first) % 100
    if told := _HOW_LONG.search(text):
        count = int(told[1]) if told[1].isdecimal() else NUMBERS[told[1].casefold()]
        return count if re.search(r"år|yr|year|سن|سال|рок|рік|sano", told[0]) else 0
    return None


def without_time(text: str) -> str:
    """Leave out how long something lasted, and when."""
    for pattern in (_HOW_LONG, _SPAN, _WHEN):
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def bare(text: str) -> str:
    """Leave out the words that say nothing at both ends ("har jobbat som"), and how long it lasted."""
    words = Part(" ".join(_apart_from_asides(text))).words
    while words and says_nothing(words[0]):
        words.pop(0)
    while words and says_nothing(words[-1]) and normalise(words[-1]) not in PARTICLES:
        words.pop()
    return " ".join(words) or text


def _apart_from_asides(text: str) -> list[str]:
    return _ASIDE.sub(" ", text).split()


def says_nothing(word: str) -> bool:
    """Tell whether a word only leads to what is told ("jobbat", "lite"), or is a number."""
    normalised = normalise(word)
    return not normalised or normalised in SAY_NOTHING or normalised.isdecimal()


def tells_occupation(text: str) -> bool:
    """Tell whether the words say that they lead to an occupation: "har jobbat som", "vill bli"."""
    words = normalise(text).split()
    return any(word in words[:-1] for word in ("som", "bli", "utbildad", "as")) or "till" in words[:2]


def is_in_another_script(text: str) -> bool:
    """Tell whether a text has letters, and none of them are Latin."""
    return bool(_LETTER.search(text)) and not _LATIN.search(text)
