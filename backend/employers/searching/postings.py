"""Which opening has which word where, and how well it answers to what is asked; NumPy, no Django."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from backend.employers.searching.lexicon import Lexicon, Likeness
from backend.employers.searching.words import words_of

Costs = npt.NDArray[np.int16]

NOT_THERE: Final = 1000
OF_MEANING: Final = 3
"""What it costs that the whole text means the occupation or skill."""


class Where(IntEnum):
    """The part of an opening in which a word stands; the last two are other names of its concepts."""

    TITLE = 0
    OCCUPATION = 1
    EMPLOYER = 2
    WORKPLACE = 3
    PLACE = 4
    SKILL = 5
    DESCRIPTION = 6
    OCCUPATION_TOO = 7
    SKILL_TOO = 8


NAMES: Final = (Where.TITLE, Where.EMPLOYER, Where.WORKPLACE, Where.PLACE)
"""Where words are looked for by their sound too."""
_OF_PART: Final = {
    Where.TITLE: 0,
    Where.OCCUPATION: 0,
    Where.EMPLOYER: 1,
    Where.WORKPLACE: 1,
    Where.PLACE: 1,
    Where.SKILL: 2,
    Where.DESCRIPTION: 4,
    Where.OCCUPATION_TOO: 1,
    Where.SKILL_TOO: 3,
}
OTHER_NAME: Final = {Where.OCCUPATION: Where.OCCUPATION_TOO, Where.SKILL: Where.SKILL_TOO}
_OF_LIKENESS: Final = {
    Likeness.EXACT: 0,
    Likeness.WITHOUT_DOTS: 1,
    Likeness.BEGINS: 2,
    Likeness.INSIDE: 4,
    Likeness.OTHER_WORD: 5,
    Likeness.SOUNDS: 8,
    Likeness.MISSPELT: 9,
}


class Phrase(NamedTuple):
    """An occupation or a skill of an opening: as a reader sees it, as it was written, and the concept."""

    where: Where
    text: str
    written: str = ""
    concept: int | None = None

    @property
    def words(self) -> str:
        """All words of it."""
        return self.text if self.written in ("", self.text) else f"{self.text} {self.written}"


@dataclass(frozen=True)
class Document:
    """What is looked for in one opening; `key` is its primary key."""

    key: str
    texts: Mapping[Where, str]
    phrases: Sequence[Phrase] = ()


@dataclass(frozen=True)
class Asked:
    """One word that was asked for, and which words answer to it."""

    word: str
    likenesses: Mapping[int, Likeness]


@dataclass(frozen=True)
class Reason:
    """Why one word leads to an opening: where it stands, as which word, and how alike that is.

    `phrase` is the occupation or skill, `label` another name of it; `word` is the word that stands there, ""
    where the whole text means it.
    """

    where: Where
    likeness: Likeness
    word: str = ""
    phrase: str = ""
    label: str = ""


@dataclass
class _Gathered:
    """Where each word stands, and which rows have a concept, while documents are read."""

    places: dict[str, list[int]] = field(default_factory=dict)
    concepts: dict[int, list[int]] = field(default_factory=dict)


class Postings:
    """Some openings, searchable by their words and by those of their concepts; never changed once made."""

    def __init__(
        self,
        documents: Iterable[Document],
        labels: Mapping[int, Sequence[str]],
        sounds_of: Callable[[str], Sequence[str]],
    ) -> None:
        self.documents = list(documents)
        self.row_of = {each.key: row for row, each in enumerate(self.documents)}
        gathered = _gather(self.documents)
        _add_labels(gathered, self.documents, labels)
        names = {
            word
            for word, places in gathered.places.items()
            if any(place % len(Where) in NAMES for place in places)
        }
        self.lexicon = Lexicon(gathered.places, {word: sounds_of(word) for word in names})
        self._places = [np.unique(gathered.places[word]) for word in self.lexicon.words]
        self._concepts = {key: np.unique(rows) for key, rows in gathered.concepts.items()}

    def __len__(self) -> int:
        return len(self.documents)

    def costs(self, asked: Sequence[Asked], means: Iterable[int]) -> Costs:
        """Tell what each opening costs, the best 0; NOT_THERE where it lacks a word and means none of it."""
        total = np.zeros(len(self), dtype=np.int16)
        for each in asked:
            total += self._costs_of(each)
        costs = np.where(total < NOT_THERE, total // max(len(asked), 1), NOT_THERE).astype(np.int16)
        if not asked:
            costs[:] = NOT_THERE
        for concept in means:
            rows = self._concepts.get(concept)
            if rows is not None:
                costs[rows] = np.minimum(costs[rows], OF_MEANING)
        return costs

    def _costs_of(self, asked: Asked) -> Costs:
        costs = np.full(len(self), NOT_THERE, dtype=np.int16)
        by_likeness: dict[Likeness, list[int]] = {}
        for number, likeness in asked.likenesses.items():
            by_likeness.setdefault(likeness, []).append(number)
        # The best last, so that it stands.
        for likeness in sorted(by_likeness, reverse=True):
            numbers = by_likeness[likeness]
            places = np.concatenate([self._places[number] for number in numbers])
            rows, parts = places // len(Where), places % len(Where)
            found = _COST[likeness][parts]
            order = np.argsort(-found, kind="stable")
            better = np.full(len(self), NOT_THERE, dtype=np.int16)
            better[rows[order]] = found[order]
            np.minimum(costs, better, out=costs)
        return costs


def _price(part: Where, likeness: Likeness) -> int:
    """Return what a word costs; one that only stands inside another name of a concept says nothing."""
    says_nothing = likeness == Likeness.INSIDE and part in OTHER_NAME.values()
    return NOT_THERE if says_nothing else _OF_PART[part] + _OF_LIKENESS[likeness]


_COST: Final = {
    likeness: np.array([_price(part, likeness) for part in Where], dtype=np.int16) for likeness in Likeness
}


def _gather(documents: Sequence[Document]) -> _Gathered:
    gathered = _Gathered()
    seen: dict[str, list[str]] = {}
    for row, document in enumerate(documents):
        for where, text in (
            *document.texts.items(),
            *((each.where, each.words) for each in document.phrases),
        ):
            words = seen.get(text)
            if words is None:
                words = seen[text] = list(dict.fromkeys(words_of(text)))
            place = row * len(Where) + where
            for word in words:
                gathered.places.setdefault(word, []).append(place)
    return gathered


def _add_labels(
    gathered: _Gathered, documents: Sequence[Document], labels: Mapping[int, Sequence[str]]
) -> None:
    """Let an opening be found by all words of its concepts."""
    places: dict[tuple[int, Where], list[int]] = {}
    for row, document in enumerate(documents):
        for phrase in document.phrases:
            if phrase.concept is not None:
                gathered.concepts.setdefault(phrase.concept, []).append(row)
                where = OTHER_NAME[phrase.where]
                places.setdefault((phrase.concept, where), []).append(row * len(Where) + where)
    for (concept, _where), found in places.items():
        for word in {word for label in labels.get(concept, ()) for word in words_of(label)}:
            gathered.places.setdefault(word, []).extend(found)


def reason_of(
    document: Document, likenesses: Mapping[str, Likeness], labels: Mapping[int, Sequence[str]]
) -> Reason | None:
    """Return where the word stands that answers best to one that was asked for; None where none does."""
    found = min(_answering(document, likenesses, labels), default=None, key=lambda each: each[0])
    return found[1] if found else None


def _answering(
    document: Document, likenesses: Mapping[str, Likeness], labels: Mapping[int, Sequence[str]]
) -> Iterator[tuple[int, Reason]]:
    for where, text in document.texts.items():
        yield from _priced(where, words_of(text), likenesses)
    for phrase in document.phrases:
        words = words_of(phrase.words)
        yield from _priced(phrase.where, words, likenesses, phrase.text)
        if phrase.concept is not None:
            for label in labels.get(phrase.concept, ()):
                where = OTHER_NAME[phrase.where]
                yield from _priced(where, words_of(label), likenesses, phrase.text, label)


def _priced(
    where: Where, words: Iterable[str], likenesses: Mapping[str, Likeness], phrase: str = "", label: str = ""
) -> Iterator[tuple[int, Reason]]:
    for word in words:
        likeness = likenesses.get(word)
        if likeness is not None:
            yield _price(where, likeness), Reason(where, likeness, word, phrase, label)
