"""A whole suggestion for a week: who is put forward for what, so that chances are spread.

The best list of each opening alone puts the same few people forward everywhere. Here every opening gets its
names and nobody more than their cap, at the greatest sum of points; the coach pins, bans and edits, and it is
solved again. Nothing is sent by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from backend.matching.engine.flow import Arcs, Numbers, cheapest_flow
from backend.matching.engine.weights import TOTAL

FINE = 1_000
"""Costs are counted in thousandths of a point, so that of equal sums the one with the longer waits wins."""

WAITING_WORTH = TOTAL // 2
"""At full priority the longest wait is worth half a full score: it passes a better match, not any match."""

SPREAD_COST = TOTAL // 20
"""A second name for one person has to be this much better than a first for another, a third twice that."""


class Pair(NamedTuple):
    person: str
    opening: str


@dataclass(frozen=True, slots=True)
class Option:
    """A pair that meets the hard conditions, and its points."""

    person: str
    opening: str
    points: int


@dataclass(frozen=True, slots=True)
class Task:
    """What to allocate.

    `options` are the best 30-60 of each opening above a floor; `names` how many people an opening should be
    offered; `waiting_days` decide ties and, by `priority` (0-1), more than ties. `pins` are in, whatever they
    score; `bans` are out.
    """

    options: Sequence[Option]
    names: Mapping[str, int]
    waiting_days: Mapping[str, int]
    cap: int = 1
    priority: float = 0.0
    pins: frozenset[Pair] = frozenset()
    bans: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggestion:
    person: str
    opening: str
    points: int
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Allocation:
    """The suggestions by opening, then by falling points.

    `price` is the share of the match points that the waiting priority gave up; `unfilled` are names that no
    option was left for; `left_out` who is in the options but in no suggestion, the longest waiting first.
    """

    suggestions: Sequence[Suggestion]
    price: float
    unfilled: Mapping[str, int] = field(default_factory=dict)
    left_out: Sequence[str] = ()

    @property
    def points(self) -> int:
        return sum(suggestion.points for suggestion in self.suggestions)


def allocate(task: Task) -> Allocation:
    """Suggest pairs: as many as the names, caps and options allow, and of those the best sum."""
    network = _Network(task)
    chosen = network.solve(task.priority)
    most = _points(network.solve(0.0) if task.priority else chosen)
    offered = Counter(suggestion.opening for suggestion in chosen)
    named = {suggestion.person for suggestion in chosen}
    return Allocation(
        suggestions=sorted(chosen, key=lambda pair: (pair.opening, -pair.points, pair.person)),
        price=max(0.0, 1 - _points(chosen) / most) if most else 0.0,
        unfilled={opening: n - offered[opening] for opening, n in task.names.items() if n > offered[opening]},
        left_out=_by_wait({option.person for option in task.options} - named, task.waiting_days),
    )


def _points(suggestions: Iterable[Suggestion]) -> int:
    return sum(suggestion.points for suggestion in suggestions)


def _by_wait(people: Iterable[str], waiting_days: Mapping[str, int]) -> list[str]:
    return sorted(people, key=lambda person: (-waiting_days.get(person, 0), person))


def _pinned(task: Task) -> list[Suggestion]:
    """Return the pins as suggestions, with their points where they are among the options."""
    people = {pin.person for pin in task.pins}
    points = {
        Pair(option.person, option.opening): option.points
        for option in task.options
        if option.person in people
    }
    return [Suggestion(*pin, points.get(pin, 0), pinned=True) for pin in sorted(task.pins)]


def _by_name(words: Sequence[str]) -> tuple[list[str], Numbers]:
    """Return the different words in order, and for each of `words` its place among them."""
    names = sorted(set(words))
    place = {name: at for at, name in enumerate(names)}
    return names, np.fromiter(map(place.__getitem__, words), np.int64, len(words))


def _each_once(codes: Numbers) -> tuple[Numbers, Numbers]:
    """Return the different codes in order, and where each stands last."""
    different, first = np.unique(codes[::-1], return_index=True)
    return different, len(codes) - 1 - first


def _codes(pairs: Iterable[Pair], people: Sequence[str], openings: Sequence[str]) -> Numbers:
    """Return the codes of those of the pairs whose person and opening are both among the options."""
    row = {name: at for at, name in enumerate(people)}
    column = {name: at for at, name in enumerate(openings)}
    known = [each for each in pairs if each.person in row and each.opening in column]
    return np.array([row[each.person] * len(openings) + column[each.opening] for each in known], np.int64)


class _Network:
    """Source → people (one arc for each name that a person may get) → openings → sink."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.pinned = _pinned(task)
        names, person = _by_name([option.person for option in task.options])
        self.openings, opening = _by_name([option.opening for option in task.options])
        pairs, last = _each_once(person * max(1, len(self.openings)) + opening)
        free = last[~np.isin(pairs, _codes(task.pins | task.bans, names, self.openings))]
        self.points = np.array([option.points for option in task.options], dtype=np.int64)[free]
        self.opening = opening[free]
        left = [names[at] for at in np.unique(person[free]).tolist()]
        self.people = _by_wait(left, task.waiting_days)
        row = {name: at for at, name in enumerate(self.people)}
        table = np.array([row.get(name, 0) for name in names], dtype=np.int64)
        self.person = table[person[free]]

    def solve(self, priority: float) -> list[Suggestion]:
        """The pinned pairs and the best others."""
        count = len(self.points)
        flow = cheapest_flow(self._arcs(priority))[:count] if count else np.empty(0, np.int64)
        return self.pinned + [self._suggestion(at) for at in np.flatnonzero(flow).tolist()]

    def _suggestion(self, at: int) -> Suggestion:
        person, opening = self.people[self.person[at]], self.openings[self.opening[at]]
        return Suggestion(person, opening, int(self.points[at]))

    def _arcs(self, priority: float) -> Arcs:
        """The pairs come first. A pair costs what it lacks of the greatest worth."""
        people, openings = len(self.people), len(self.openings)
        source, sink = people + openings, people + openings + 1
        taker, order = self._names_of_people()
        worth = self.points + self._worth_of_waiting(priority)[self.person]
        lacking = (TOTAL + WAITING_WORTH - worth) * FINE + self.person * FINE // max(1, people)
        none = np.zeros(openings, dtype=np.int64)
        return Arcs(
            tail=np.concatenate([self.person, np.full(len(taker), source), people + np.arange(openings)]),
            head=np.concatenate([people + self.opening, taker, np.full(openings, sink)]),
            capacity=np.concatenate([np.ones(len(worth) + len(taker), dtype=np.int64), self._room()]),
            cost=np.concatenate([lacking, order * SPREAD_COST * FINE, none]),
            source=source,
            sink=sink,
        )

    def _room(self) -> Numbers:
        """How many names each opening has left beside its pins."""
        offered = Counter(pin.opening for pin in self.pinned)
        room = [max(0, self.task.names.get(name, 0) - offered[name]) for name in self.openings]
        return np.array(room, dtype=np.int64)

    def _names_of_people(self) -> tuple[Numbers, Numbers]:
        """For every name that a person may still get: the person, and which name of theirs it is, from 0."""
        had = Counter(pin.person for pin in self.pinned)
        taken = [
            (at, name) for at, person in enumerate(self.people) for name in range(had[person], self.task.cap)
        ]
        table = np.array(taken, dtype=np.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    def _worth_of_waiting(self, priority: float) -> Numbers:
        """Points for each person's place in the queue: all for the longest wait, none for the shortest."""
        days = np.array([self.task.waiting_days.get(person, 0) for person in self.people], dtype=np.int64)
        steps = np.unique(days)
        place = np.searchsorted(steps, days) / max(1, len(steps) - 1)
        return np.rint(priority * WAITING_WORTH * place).astype(np.int64)
