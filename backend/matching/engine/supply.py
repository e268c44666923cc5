"""People as arrays: what each can and wants, and the circumstances for the hard conditions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from backend.matching.engine import splice
from backend.matching.engine.circumstances import Codebook, PeopleCircumstances
from backend.matching.engine.people import Person, Wish
from backend.matching.engine.profile import Profile
from backend.matching.engine.relations import MILLI, Bytes, Ints, Relations, to_byte
from backend.matching.engine.text import fold
from backend.matching.engine.weights import FIELD_STRENGTH, FULL, OPEN_TO_ANYTHING, WISH_UNSAID, Source

_Said = tuple[str | None, str, int, int]
"""A concept or None, the text, a strength of 0-255, and the `Source`."""

NEVER = date.max.toordinal()


@dataclass(frozen=True)
class Told:
    """What people can, or what they want, by row.

    Row i has the concepts `concept[start[i]:start[i + 1]]`, each once and in order, with a strength of 0-255
    and whoever says so. Texts without a concept are in `texts` (folded, distinct); (`text_row`, `text_index`)
    say who wrote what.
    """

    start: npt.NDArray[np.int64]
    concept: Ints
    strength: Bytes
    source: Bytes
    texts: Sequence[str]
    text_row: Ints
    text_index: Ints
    text_strength: Bytes

    @classmethod
    def of(cls, said: Sequence[Sequence[_Said]], relations: Relations) -> Told:
        """Read what each person has said. A concept the catalogue lacks counts as its text."""
        known, written = _by_row(said, relations)
        row, concept, strength, source = _strongest(known)
        texts = sorted({text for _, text, _ in written})
        index = {text: at for at, text in enumerate(texts)}
        text_row, text_index, text_strength, _ = _strongest(
            [(row, index[text], power, 0) for row, text, power in written]
        )
        return cls(
            start=np.searchsorted(row, np.arange(len(said) + 1)),
            concept=concept,
            strength=strength,
            source=source,
            texts=texts,
            text_row=text_row,
            text_index=text_index,
            text_strength=text_strength,
        )

    def part(self, first: int, last: int) -> Told:
        """What the people of rows first to last - 1 have said."""
        known = slice(self.start[first], self.start[last])
        written = slice(*np.searchsorted(self.text_row, [first, last]))
        return replace(
            self,
            start=self.start[first : last + 1] - self.start[first],
            concept=self.concept[known],
            strength=self.strength[known],
            source=self.source[known],
            text_row=self.text_row[written] - np.int32(first),
            text_index=self.text_index[written],
            text_strength=self.text_strength[written],
        )

    def spliced(self, other: Told, rows: splice.Order) -> Told:
        """What the people of `rows` have said, where those of another follow these."""
        known = splice.spread(self.start, other.start, rows)
        written = splice.spread(self._text_start, other._text_start, rows)
        texts, index = splice.texts((self.texts, self.text_index), (other.texts, other.text_index), written)
        return Told(
            start=known.start,
            concept=splice.taken(self.concept, other.concept, known),
            strength=splice.taken(self.strength, other.strength, known),
            source=splice.taken(self.source, other.source, known),
            texts=texts,
            text_row=splice.named_rows(written.start),
            text_index=index,
            text_strength=splice.taken(self.text_strength, other.text_strength, written),
        )

    @property
    def _text_start(self) -> npt.NDArray[np.int64]:
        return splice.starts_of(self.text_row, len(self.start) - 1)

    def concepts(self, row: int) -> tuple[Ints, Bytes]:
        """The concepts of one person, and their strengths."""
        span = slice(self.start[row], self.start[row + 1])
        return self.concept[span], self.strength[span]

    def sources(self, row: int) -> Bytes:
        """Who says so, concept by concept."""
        return self.source[self.start[row] : self.start[row + 1]]

    def written(self, row: int) -> list[tuple[str, int]]:
        """The folded texts of one person that have no concept, and their strengths."""
        span = slice(*np.searchsorted(self.text_row, [row, row + 1]))
        pairs = zip(self.text_index[span].tolist(), self.text_strength[span].tolist(), strict=True)
        return [(self.texts[index], strength) for index, strength in pairs]


@dataclass(frozen=True)
class Supply:
    """People by row, the longest waiting first and then by id: of two rows with one score the first one wins.

    `can` is what they can and have done, `wants` what they wish for. `fields` are the occupation groups that
    a wish names, and `openness` the credit that somebody has for any work at all.
    """

    ids: Sequence[str]
    can: Told
    wants: Told
    fields: Profile
    openness: Bytes
    waiting_since: npt.NDArray[np.int32]
    circumstances: PeopleCircumstances
    codes: Codebook

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(
        cls, people: Iterable[Person], relations: Relations, *, today: date, codes: Codebook | None = None
    ) -> Supply:
        """Read people into arrays."""
        codes = codes or Codebook()
        ranked = sorted(people, key=lambda person: (waiting_day(person), person.id))
        can = [
            [
                (item.concept, item.text, to_byte(item.strength(today=today)), item.source)
                for item in person.evidence
            ]
            for person in ranked
        ]
        by = Source.SELF
        wants = [[(wish.concept, wish.text, FULL, by) for wish in person.wishes] for person in ranked]
        return cls(
            ids=[person.id for person in ranked],
            can=Told.of(can, relations),
            wants=Told.of(wants, relations),
            fields=_fields([person.wishes for person in ranked], relations),
            openness=np.array([_openness(person.wishes) for person in ranked], dtype=np.uint8),
            waiting_since=np.array([waiting_day(person) for person in ranked], dtype=np.int32),
            circumstances=PeopleCircumstances.of(ranked, codes),
            codes=codes,
        )

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {person: row for row, person in enumerate(self.ids)}

    def changed(
        self,
        people: Iterable[Person],
        gone: Collection[str],
        relations: Relations,
        *,
        today: date,
        codes: Codebook,
    ) -> Supply:
        """The same with some people as they are now, and without those who are gone.

        `codes` are those of this side, and may have more.
        """
        new = Supply.of(people, relations, today=today, codes=codes)
        ids, since = [*self.ids, *new.ids], np.concatenate([self.waiting_since, new.waiting_since])
        rows = splice.in_order(self.ids, new.ids, gone, key=lambda row: (int(since[row]), ids[row]))
        return Supply(
            ids=[ids[row] for row in rows.tolist()],
            can=self.can.spliced(new.can, rows),
            wants=self.wants.spliced(new.wants, rows),
            fields=splice.profiles(self.fields, new.fields, rows, sizes=(len(self), len(new))),
            openness=splice.columns(self.openness, new.openness, rows),
            waiting_since=since.take(rows),
            circumstances=self.circumstances.spliced(new.circumstances, rows),
            codes=codes,
        )

    def part(self, first: int, last: int) -> Supply:
        """The people of rows first to last - 1, as their own supply."""
        return replace(
            self,
            ids=self.ids[first:last],
            can=self.can.part(first, last),
            wants=self.wants.part(first, last),
            fields=self.fields.part(first, last),
            openness=self.openness[first:last],
            waiting_since=self.waiting_since[first:last],
            circumstances=self.circumstances.part(first, last),
        )


def waiting_day(person: Person) -> int:
    """The day the wait began; who has no date comes after everybody who has."""
    return person.waiting_since.toordinal() if person.waiting_since else NEVER


def _by_row(
    said: Sequence[Sequence[_Said]], relations: Relations
) -> tuple[list[tuple[int, int, int, int]], list[tuple[int, str, int]]]:
    known: list[tuple[int, int, int, int]] = []
    written: list[tuple[int, str, int]] = []
    for row, items in enumerate(said):
        for name, words, strength, source in items:
            concept = relations.number.get(name) if name else None
            if concept is not None:
                known.append((row, concept, strength, source))
            elif text := fold(words):
                written.append((row, text, strength))
    return known, written


def _fields(wishes: Sequence[Sequence[Wish]], relations: Relations) -> Profile:
    """The groups that each person's wishes name: by field of work, or as those of what they want to do."""
    found: list[tuple[int, int, int, int]] = []
    under = cache(relations.groups_under)
    for row, wish in ((row, wish) for row, those in enumerate(wishes) for wish in those):
        found += [
            (row, group, to_byte(FIELD_STRENGTH.get(len(prefix), 1.0)), 0)
            for prefix in wish.groups
            for group in under(prefix).tolist()
        ]
        concept = relations.number.get(wish.concept) if wish.concept else None
        if concept is not None:
            surely = to_byte(float(relations.specificity[concept]) / MILLI)
            found += [(row, group, surely, 0) for group in relations.members.row(concept)[0].tolist()]
    return Profile(*_strongest([each for each in found if each[2]])[:3])


def _openness(wishes: Sequence[Wish]) -> int:
    if any(wish.is_open for wish in wishes):
        return to_byte(OPEN_TO_ANYTHING)
    return 0 if wishes else to_byte(WISH_UNSAID)


def _strongest(said: Sequence[tuple[int, int, int, int]]) -> tuple[Ints, Ints, Bytes, Bytes]:
    """Each (row, item) once, with its greatest strength and whoever gives it that, in order."""
    table = np.array(said, dtype=np.int32).reshape(-1, 4)
    table = table[np.lexsort((-table[:, 3], -table[:, 2], table[:, 1], table[:, 0]))]
    first = np.ones(len(table), dtype=bool)
    first[1:] = np.any(table[1:, :2] != table[:-1, :2], axis=1)
    row, item, strength, source = table[first].T
    return row, item, strength.astype(np.uint8), source.astype(np.uint8)
