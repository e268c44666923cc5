"""People as arrays: what each can do (rows of concepts), and the circumstances for the hard conditions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from backend.matching.engine.circumstances import Codebook, PeopleCircumstances
from backend.matching.engine.people import Person
from backend.matching.engine.relations import Bytes, Ints, Relations, to_byte
from backend.matching.engine.text import fold

NEVER = date.max.toordinal()


@dataclass(frozen=True)
class Supply:
    """People by row, the longest waiting first and then by id: of two rows with one score the first one wins.

    Row i has the concepts `concept[start[i]:start[i + 1]]`, each once and in order, with a strength of 0-255.
    Texts without a concept are in `texts` (folded, distinct); (`text_row`, `text_index`) say who wrote what.
    """

    ids: Sequence[str]
    start: npt.NDArray[np.int64]
    concept: Ints
    strength: Bytes
    texts: Sequence[str]
    text_row: Ints
    text_index: Ints
    text_strength: Bytes
    waiting_since: npt.NDArray[np.int32]
    circumstances: PeopleCircumstances
    codes: Codebook

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(
        cls, people: Iterable[Person], relations: Relations, *, today: date, codes: Codebook | None = None
    ) -> Supply:
        """Read people into arrays. A concept the catalogue lacks counts as its text."""
        codes = codes or Codebook()
        ranked = sorted(people, key=lambda person: (waiting_day(person), person.id))
        known, written = _evidence(ranked, relations, today=today)
        row, concept, strength = _strongest(known)
        texts = sorted({text for _, text, _ in written})
        index = {text: at for at, text in enumerate(texts)}
        text_row, text_index, text_strength = _strongest(
            [(row, index[text], power) for row, text, power in written]
        )
        return cls(
            ids=[person.id for person in ranked],
            start=np.searchsorted(row, np.arange(len(ranked) + 1)),
            concept=concept,
            strength=strength,
            texts=texts,
            text_row=text_row,
            text_index=text_index,
            text_strength=text_strength,
            waiting_since=np.array([waiting_day(person) for person in ranked], dtype=np.int32),
            circumstances=PeopleCircumstances.of(ranked, codes),
            codes=codes,
        )

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {person: row for row, person in enumerate(self.ids)}

    def part(self, first: int, last: int) -> Supply:
        """The people of rows first to last - 1, as their own supply."""
        known = slice(self.start[first], self.start[last])
        written = slice(*np.searchsorted(self.text_row, [first, last]))
        return replace(
            self,
            ids=self.ids[first:last],
            start=self.start[first : last + 1] - self.start[first],
            concept=self.concept[known],
            strength=self.strength[known],
            text_row=self.text_row[written] - np.int32(first),
            text_index=self.text_index[written],
            text_strength=self.text_strength[written],
            waiting_since=self.waiting_since[first:last],
            circumstances=self.circumstances.part(first, last),
        )

    def evidence(self, row: int) -> tuple[Ints, Bytes]:
        """The concepts of one person, and their strengths."""
        span = slice(self.start[row], self.start[row + 1])
        return self.concept[span], self.strength[span]

    def written(self, row: int) -> list[tuple[str, int]]:
        """The folded texts of one person that have no concept, and their strengths."""
        span = slice(*np.searchsorted(self.text_row, [row, row + 1]))
        pairs = zip(self.text_index[span].tolist(), self.text_strength[span].tolist(), strict=True)
        return [(self.texts[index], strength) for index, strength in pairs]


def waiting_day(person: Person) -> int:
    """The day the wait began; who has no date comes after everybody who has."""
    return person.waiting_since.toordinal() if person.waiting_since else NEVER


def _evidence(
    people: Sequence[Person], relations: Relations, *, today: date
) -> tuple[list[tuple[int, int, int]], list[tuple[int, str, int]]]:
    known: list[tuple[int, int, int]] = []
    written: list[tuple[int, str, int]] = []
    for row, person in enumerate(people):
        for item in person.evidence:
            strength = to_byte(item.strength(today=today))
            concept = relations.number.get(item.concept) if item.concept else None
            if concept is not None:
                known.append((row, concept, strength))
            elif text := fold(item.text):
                written.append((row, text, strength))
    return known, written


def _strongest(triples: Sequence[tuple[int, int, int]]) -> tuple[Ints, Ints, Bytes]:
    """Each (row, item) once, with its greatest strength, in order."""
    table = np.array(triples, dtype=np.int32).reshape(-1, 3)
    table = table[np.lexsort((-table[:, 2], table[:, 1], table[:, 0]))]
    first = np.ones(len(table), dtype=bool)
    first[1:] = np.any(table[1:, :2] != table[:-1, :2], axis=1)
    row, item, strength = table[first].T
    return row, item, strength.astype(np.uint8)
