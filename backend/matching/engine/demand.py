"""Openings as arrays: each is a few lines, each line a share of the score and what may earn it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from backend.matching.engine import splice
from backend.matching.engine.circumstances import Codebook, OpeningCircumstances
from backend.matching.engine.openings import Mention, Opening, Requirement
from backend.matching.engine.profile import Profile, expand, opening_profiles, with_others
from backend.matching.engine.relations import Bytes, Ints, Relations
from backend.matching.engine.text import fold
from backend.matching.engine.weights import (
    DESIRABLE_WEIGHT,
    ESSENTIAL_WEIGHT,
    FULL,
    PARTS,
    SHARES,
    WORDS_RARITY,
    Kind,
)


class Part(IntEnum):
    """What a line is about: something asked for, work of this kind that was done, or the wish for it."""

    ASKED = 0
    DONE = 1
    WISHED = 2


@dataclass(frozen=True)
class Demand:
    """Openings by row; opening i has the lines `line_start[i]:line_start[i + 1]`.

    The last of them are about its kind of work, where anything is known of that: one for work that was done,
    one for the wish (`part`). A line is earned by its concepts and what is related to them, by its occupation
    groups (in their degree) and their kin, or by its folded texts
    (`text_list` has them all, distinct and in order). The `shares` of one opening add up to
    `SHARES`.
    """

    openings: Sequence[Opening]
    line_start: npt.NDArray[np.int64]
    shares: npt.NDArray[np.uint16]
    essential: npt.NDArray[np.bool_]
    part: npt.NDArray[np.uint8]
    concept_start: npt.NDArray[np.int64]
    concept: Ints
    group_start: npt.NDArray[np.int64]
    group: Ints
    group_degree: Bytes
    text_list: Sequence[str]
    text_start: npt.NDArray[np.int64]
    text_index: Ints
    circumstances: OpeningCircumstances
    codes: Codebook

    def __len__(self) -> int:
        return len(self.openings)

    @cached_property
    def ids(self) -> list[str]:
        return [opening.id for opening in self.openings]

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {opening.id: row for row, opening in enumerate(self.openings)}

    @cached_property
    def line_of_concept(self) -> npt.NDArray[np.intp]:
        """The line that each entry of `concept` belongs to."""
        return np.repeat(np.arange(len(self.shares)), np.diff(self.concept_start))

    @cached_property
    def line_of_group(self) -> npt.NDArray[np.intp]:
        """The line that each entry of `group` belongs to."""
        return np.repeat(np.arange(len(self.shares)), np.diff(self.group_start))

    def kind_of_work(self, row: int) -> tuple[bytes, bytes]:
        """The occupation groups of an opening as a key: openings with the same key are one kind of work."""
        done = [line for line in self.lines(row) if self.part[line] == Part.DONE]
        groups, degrees = self.groups(done[0]) if done else (self.group[:0], self.group_degree[:0])
        return groups.tobytes(), degrees.tobytes()

    @cached_property
    def is_known(self) -> npt.NDArray[np.bool_]:
        """The lines that the catalogue knows; the others are words alone."""
        known: npt.NDArray[np.bool_] = np.diff(self.concept_start) > 0
        return known

    @cached_property
    def is_tested(self) -> npt.NDArray[np.bool_]:
        """The essential lines that the catalogue knows: what is words alone can only be asked about."""
        tested: npt.NDArray[np.bool_] = self.essential & self.is_known
        return tested

    @cached_property
    def is_job(self) -> npt.NDArray[np.bool_]:
        """Which openings are jobs."""
        return np.array([opening.kind is Kind.JOB for opening in self.openings], dtype=bool)

    @cached_property
    def asked(self) -> npt.NDArray[np.int64]:
        """How many lines of each opening are tested."""
        running = np.concatenate([[0], np.cumsum(self.is_tested)])
        asked: npt.NDArray[np.int64] = running[self.line_start[1:]] - running[self.line_start[:-1]]
        return asked

    @cached_property
    def lines_of_text(self) -> list[Ints]:
        """The lines in which each text of `text_list` stands."""
        short = self.text_index.astype(np.min_scalar_type(len(self.text_list)))  # 16 bits: a radix sort
        order = np.argsort(short, kind="stable")
        line = splice.named_rows(self.text_start)[order]
        counts = np.bincount(self.text_index, minlength=len(self.text_list))
        return np.split(line, np.cumsum(counts)[:-1]) if self.text_list else []

    @classmethod
    def of(
        cls, openings: Iterable[Opening], relations: Relations, *, codes: Codebook | None = None
    ) -> Demand:
        """Read openings into arrays. A concept the catalogue lacks counts as its text."""
        codes = codes or Codebook()
        openings = sorted(openings, key=_order)
        work = _Work.of(openings, relations)
        lines: list[_Line] = []
        counts = []
        for row, opening in enumerate(openings):
            found = _lines(opening, relations, work.of_row(row))
            counts.append(len(found))
            lines += found
        texts = sorted({text for line in lines for text in line.texts})
        place = {text: at for at, text in enumerate(texts)}
        return cls(
            openings=openings,
            line_start=_starts(counts),
            shares=np.array([line.shares for line in lines], dtype=np.uint16),
            essential=np.array([line.essential for line in lines], dtype=bool),
            part=np.array([line.part for line in lines], dtype=np.uint8),
            concept_start=_starts([len(line.concepts) for line in lines]),
            concept=np.array([concept for line in lines for concept in line.concepts], dtype=np.int32),
            group_start=_starts([len(line.groups) for line in lines]),
            group=work.all.group[_entries(lines)],
            group_degree=work.all.degree[_entries(lines)],
            text_list=texts,
            text_start=_starts([len(line.texts) for line in lines]),
            text_index=np.array([place[text] for line in lines for text in line.texts], dtype=np.int32),
            circumstances=OpeningCircumstances.of(openings, codes),
            codes=codes,
        )

    def changed(
        self,
        openings: Iterable[Opening],
        gone: Collection[str],
        relations: Relations,
        *,
        codes: Codebook,
    ) -> Demand:
        """The same with some openings as they are now, and without those that are gone.

        `codes` are those of this side, and may have more.
        """
        new = Demand.of(openings, relations, codes=codes)
        both = [*self.openings, *new.openings]
        rows = splice.in_order(self.ids, new.ids, gone, key=lambda row: _order(both[row]))
        line = splice.spread(self.line_start, new.line_start, rows)
        concept = splice.spread(self.concept_start, new.concept_start, line.entry)
        group = splice.spread(self.group_start, new.group_start, line.entry)
        text = splice.spread(self.text_start, new.text_start, line.entry)
        texts, text_index = splice.texts(
            (self.text_list, self.text_index), (new.text_list, new.text_index), text
        )
        return Demand(
            openings=[both[row] for row in rows.tolist()],
            line_start=line.start,
            shares=splice.taken(self.shares, new.shares, line),
            essential=splice.taken(self.essential, new.essential, line),
            part=splice.taken(self.part, new.part, line),
            concept_start=concept.start,
            concept=splice.taken(self.concept, new.concept, concept),
            group_start=group.start,
            group=splice.taken(self.group, new.group, group),
            group_degree=splice.taken(self.group_degree, new.group_degree, group),
            text_list=texts,
            text_start=text.start,
            text_index=text_index,
            circumstances=self.circumstances.spliced(new.circumstances, rows),
            codes=codes,
        )

    def lines(self, row: int) -> range:
        return range(self.line_start[row], self.line_start[row + 1])

    def concepts(self, line: int) -> Ints:
        return self.concept[self.concept_start[line] : self.concept_start[line + 1]]

    def texts(self, line: int) -> list[str]:
        """The folded texts of a line."""
        span = slice(self.text_start[line], self.text_start[line + 1])
        return [self.text_list[index] for index in self.text_index[span].tolist()]

    def groups(self, line: int) -> tuple[Ints, Bytes]:
        span = slice(self.group_start[line], self.group_start[line + 1])
        return self.group[span], self.group_degree[span]


@dataclass(frozen=True)
class _Work:
    """The occupation groups of each opening: what counts as having done the work, and as wanting it.

    A wish is for the occupation that is named, where one is; what was done counts through kindred groups too.
    """

    all: Profile
    first: Mapping[Part, npt.NDArray[np.int64]]

    @classmethod
    def of(cls, openings: Sequence[Opening], relations: Relations) -> _Work:
        likely = opening_profiles(*_all_concepts(openings, relations, _mentions), relations)
        named = _named_groups(openings, relations)
        unnamed = ~np.isin(likely.row, named.row)
        rest = Profile(likely.row[unnamed], likely.group[unnamed], likely.degree[unnamed])
        done = with_others(likely, relations.kin)
        wished = with_others(_joined(named, rest), relations.siblings)
        rows = np.arange(len(openings) + 1)
        first = {
            Part.DONE: np.searchsorted(done.row, rows),
            Part.WISHED: len(done.row) + np.searchsorted(wished.row, rows),
        }
        both = Profile(
            np.concatenate([done.row, wished.row]),
            np.concatenate([done.group, wished.group]),
            np.concatenate([done.degree, wished.degree]),
        )
        return cls(both, first)

    def of_row(self, row: int) -> dict[Part, range]:
        """The entries of one opening."""
        return {part: range(first[row], first[row + 1]) for part, first in self.first.items()}


@dataclass(slots=True)
class _Line:
    concepts: list[int]
    texts: list[str]
    essential: bool
    weight: float
    part: Part = Part.ASKED
    groups: range = range(0)
    shares: int = 0


def _order(opening: Opening) -> tuple[str, str]:
    return (opening.published_on.isoformat() if opening.published_on else "9999-12-31", opening.id)


def _lines(opening: Opening, relations: Relations, groups: Mapping[Part, range]) -> list[_Line]:
    lines = [_requirement_line(item, relations) for item in opening.requirements]
    parts = PARTS[opening.kind]
    asked = sum(line.weight for line in lines)
    for line in lines:
        line.weight *= parts.asked / asked
    if opening.occupations or len(groups[Part.DONE]):
        about = {Part.DONE: parts.done, Part.WISHED: parts.wished}
        lines += [
            _work_line(opening, relations, groups[part], part, weight)
            for part, weight in about.items()
            if weight
        ]
    for line, shares in zip(lines, share_out(SHARES, [line.weight for line in lines]), strict=True):
        line.shares = shares
    return lines


def _requirement_line(item: Requirement, relations: Relations) -> _Line:
    concept = relations.number.get(item.concept) if item.concept else None
    emphasis = (ESSENTIAL_WEIGHT if item.essential else DESIRABLE_WEIGHT) * item.weight
    if concept is None:
        return _Line([], _texts([item]), item.essential, emphasis * WORDS_RARITY)
    return _Line([concept], _texts([item]), item.essential, emphasis * float(relations.rarity[concept]))


def _work_line(opening: Opening, relations: Relations, groups: range, part: Part, weight: float) -> _Line:
    numbers = [relations.number.get(item.concept) for item in opening.occupations if item.concept]
    return _Line(
        concepts=sorted({number for number in numbers if number is not None}),
        texts=_texts(opening.occupations),
        essential=False,
        weight=weight,
        part=part,
        groups=groups,
    )


def _texts(items: Sequence[Mention]) -> list[str]:
    return sorted({text for item in items if (text := fold(item.text))})


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Split a whole number in proportion to weights, by largest remainder (the first of equals gets it)."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda at: (shares[at] - exact[at], at))
    for at in by_remainder[: total - sum(shares)]:
        shares[at] += 1
    return shares


def _all_concepts(
    openings: Sequence[Opening],
    relations: Relations,
    named: Callable[[Opening], Sequence[Mention]],
) -> tuple[npt.NDArray[np.int64], Ints]:
    """What each opening names, as rows of distinct concepts."""
    rows = [
        sorted(
            {
                number
                for item in named(opening)
                if (number := relations.number.get(item.concept or "")) is not None
            }
        )
        for opening in openings
    ]
    return _starts([len(row) for row in rows]), np.array(
        [concept for row in rows for concept in row], dtype=np.int32
    )


def _named_groups(openings: Sequence[Opening], relations: Relations) -> Profile:
    """The groups of the occupations that each opening names."""
    start, concept = _all_concepts(openings, relations, lambda opening: opening.occupations)
    row = np.repeat(np.arange(len(openings), dtype=np.int32), np.diff(start))
    counts = relations.breadth[concept]
    group = relations.members.column[expand(relations.members.start[concept], counts)]
    pairs = np.unique(np.stack([np.repeat(row, counts), group], axis=1).reshape(-1, 2), axis=0)
    return Profile(pairs[:, 0], pairs[:, 1], np.full(len(pairs), FULL, dtype=np.uint8))


def _joined(one: Profile, other: Profile) -> Profile:
    row, group = np.concatenate([one.row, other.row]), np.concatenate([one.group, other.group])
    order = np.lexsort((group, row))
    return Profile(row[order], group[order], np.concatenate([one.degree, other.degree])[order])


def _mentions(opening: Opening) -> list[Mention]:
    return [*opening.requirements, *opening.occupations]


def _entries(lines: Sequence[_Line]) -> npt.NDArray[np.int64]:
    return np.array([entry for line in lines for entry in line.groups], dtype=np.int64)


def _starts(counts: Sequence[int]) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
