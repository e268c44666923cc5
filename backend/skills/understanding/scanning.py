"""What stands among the words of a part of a note: labels, licences and languages, the longest first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from backend.skills.enums import ConceptKind
from backend.skills.label_index.normalise import normalise
from backend.skills.understanding.empty_words import PLACES
from backend.skills.understanding.languages import LanguageStated, language_of
from backend.skills.understanding.licences import names_licence
from backend.skills.understanding.phrasebook import LONGEST_PHRASE, Phrasebook
from backend.skills.understanding.phrases import says_nothing

SHORTEST_WORD = 3
_DEGREES = frozenset(
    ["lite", "litet", "mycket", "också", "även", "bra", "gärna", "ofta", "mina", "min", "sin", "sina"]
)
_OF_OTHERS = frozenset(["hos", "träffa", "träffar", "syster", "bror", "pappa", "mamma", "man", "fru"])


class Found(NamedTuple):
    """What words from `start` up to `end` are: concepts with their labels, a card, or a language."""

    start: int
    end: int
    kind: ConceptKind | None = None
    concepts: Mapping[str, str] = {}
    language: LanguageStated | None = None
    is_licence: bool = False


def scan(
    words: Sequence[str], books: Mapping[ConceptKind, Phrasebook], first: ConceptKind
) -> tuple[list[Found], list[str]]:
    """Find what stands among `words`, left to right, and list the telling words that are left over.

    Of a phrase that two kinds have, that of the kind `first` is meant.
    """
    kept = [word for word in words if normalise(word) not in _DEGREES]
    found: list[Found] = []
    left: list[str] = []
    place = 0
    while place < len(kept):
        one = _longest_at(kept, place, books, first)
        if one and not _is_said(one, found):
            found.append(one)
        elif not one and _is_telling(kept, place):
            left.append(kept[place])
        place = one.end if one else place + 1
    return found, left


def _is_said(one: Found, found: Sequence[Found]) -> bool:
    """Tell whether another word said the same; "sfi" where a work is told is where, not what."""
    if one.language:
        is_course = one.language.name == "Svenska"
        return bool(found) and is_course and found[-1].kind == ConceptKind.OCCUPATION
    return any(each.kind == one.kind and each.concepts.keys() & one.concepts.keys() for each in found)


def is_of_others(words: Sequence[str], found: Found) -> bool:
    """Tell whether the word before says that somebody else is it: "går hos psykolog"."""
    before = {normalise(word) for word in words[max(found.start - 3, 0) : found.start]}
    return not before.isdisjoint(_OF_OTHERS)


def _longest_at(
    words: Sequence[str], place: int, books: Mapping[ConceptKind, Phrasebook], first: ConceptKind
) -> Found | None:
    longest = min(LONGEST_PHRASE, len(words) - place)
    for find in (_licence, _concept(books, first)):
        for length in range(longest, 0, -1):
            if found := find(words, place, place + length):
                return found
    return _language(words, place)


def _licence(words: Sequence[str], start: int, end: int) -> Found | None:
    text = " ".join(words[start:end])
    if says_nothing(words[start]) or says_nothing(words[end - 1]) or not names_licence(text):
        return None
    return Found(start, end, is_licence=True)


def _concept(
    books: Mapping[ConceptKind, Phrasebook], first: ConceptKind
) -> Callable[[Sequence[str], int, int], Found | None]:
    order = sorted(books, key=lambda kind: kind != first)

    def find(words: Sequence[str], start: int, end: int) -> Found | None:
        span = [part for word in words[start:end] for part in normalise(word).split()]
        if not _tells(span, words[start:end]):
            return None
        for kind in sorted(order, key=lambda kind: not books[kind].has(span)):
            if concepts := books[kind].find(span):
                return Found(start, end, kind, concepts)
        return None

    return find


def _language(words: Sequence[str], place: int) -> Found | None:
    following = words[place + 1] if place + 1 < len(words) else ""
    language = language_of(words[place])
    if language is None or (_is_telling(words, place + 1) and not language_of(following)):
        return None
    return Found(place, place + 1, language=language)


def _tells(span: Sequence[str], written: Sequence[str]) -> bool:
    """Tell whether a span is more than words that say nothing, and no two letters that are anything."""
    if all(map(says_nothing, span)):
        return False
    return len(span) > 1 or len(span[0]) >= SHORTEST_WORD or written[0].isupper()


def _is_telling(words: Sequence[str], place: int) -> bool:
    """Tell whether a word that is left over changes what was found: no name, no place, no empty word."""
    if place >= len(words) or says_nothing(words[place]):
        return False
    word = words[place]
    return normalise(word) not in PLACES and not (place and word[:1].isupper())


def hyphened(words: Sequence[str]) -> Iterator[str]:
    """Part "arabiska-svenska", where both are languages; other words stay."""
    for word in words:
        halves = word.split("-")
        yield from halves if len(halves) > 1 and all(map(language_of, halves)) else [word]
