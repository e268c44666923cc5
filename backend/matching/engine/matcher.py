"""One object for a caller with people and openings in hand: ids in, rankings and explanations out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from backend.matching.engine.allocation import Option
from backend.matching.engine.batch import best_pairs
from backend.matching.engine.demand import Demand
from backend.matching.engine.doors import Door, what_opens_doors
from backend.matching.engine.explain import Explanation, explain
from backend.matching.engine.facts import Codebook
from backend.matching.engine.index import Index
from backend.matching.engine.openings import Opening
from backend.matching.engine.people import Person
from backend.matching.engine.rank import Candidate, Ranking, rank_people
from backend.matching.engine.relations import Relations
from backend.matching.engine.reverse import rank_openings
from backend.matching.engine.supply import Supply


class Fit(NamedTuple):
    """A person and the openings that fit, the best first."""

    person: str
    openings: Sequence[Candidate]


class Matcher:
    """Matches people and openings, each named by its own id. An unknown id raises KeyError."""

    def __init__(
        self, people: Iterable[Person], openings: Iterable[Opening], relations: Relations, *, today: date
    ) -> None:
        codes = Codebook()
        self.relations = relations
        self.supply = Supply.of(people, relations, today=today, codes=codes)
        self.demand = Demand.of(openings, relations, codes=codes)

    @cached_property
    def index(self) -> Index:
        """The inverted lists, built when people are first ranked."""
        return Index(self.supply, self.relations)

    def rank_people(
        self, opening: str, *, limit: int = 10, exclude: Collection[str] = (), near: bool = False
    ) -> Ranking:
        """Rank people for an opening; `near` gives who misses exactly one hard condition instead."""
        out = [self.supply.row_of[person] for person in exclude if person in self.supply.row_of]
        return rank_people(
            self.demand, self.demand.row_of[opening], self.index, limit=limit, exclude=out, near=near
        )

    def rank_openings(
        self, person: str, *, limit: int = 10, exclude: Collection[str] = (), near: bool = False
    ) -> Ranking:
        """Rank openings for a person."""
        out = [self.demand.row_of[opening] for opening in exclude if opening in self.demand.row_of]
        row = self.supply.row_of[person]
        return rank_openings(
            self.demand, self.supply, row, self.relations, limit=limit, exclude=out, near=near
        )

    def caseload(
        self, people: Iterable[str], *, among: Collection[str] | None = None, limit: int = 3
    ) -> list[Fit]:
        """Who of these people fits anything among some openings (None: all), the longest waiting first."""
        rows = sorted(self.supply.row_of[person] for person in people)
        out = (
            []
            if among is None
            else [row for opening, row in self.demand.row_of.items() if opening not in among]
        )
        fits = [
            Fit(
                self.supply.ids[row],
                rank_openings(self.demand, self.supply, row, self.relations, limit=limit, exclude=out).rows,
            )
            for row in rows
        ]
        return [fit for fit in fits if fit.openings]

    def what_opens_doors(self, person: str, *, limit: int = 5) -> list[Door]:
        """The skills that would bring a person into most openings, with the openings."""
        return what_opens_doors(
            self.demand, self.supply, self.supply.row_of[person], self.relations, limit=limit
        )

    def options(self, *, per_opening: int = 40, floor: int = 1) -> list[Option]:
        """The best pairs of every opening from a floor of points up, for `allocate`."""
        pairs = best_pairs(self.demand, self.index, limit=per_opening)
        return [
            Option(self.supply.ids[person], self.demand.openings[opening].id, points)
            for opening, person, points in zip(*(column.tolist() for column in pairs), strict=True)
            if points >= floor
        ]

    def explain(self, person: str, opening: str) -> Explanation:
        """Say line by line why a person has the points they have for an opening."""
        rows = self.demand.row_of[opening], self.supply.row_of[person]
        return explain(self.demand, rows[0], self.supply, rows[1], self.relations)
