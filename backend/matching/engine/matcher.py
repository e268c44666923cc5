"""The one way in: people and openings by key on one side, rankings, explanations and pairs on the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy, deepcopy
from datetime import date

from backend.matching.engine.allocation import Option
from backend.matching.engine.batch import best_pairs
from backend.matching.engine.circumstances import Codebook
from backend.matching.engine.demand import Demand
from backend.matching.engine.explain import Explanation, explain
from backend.matching.engine.index import Index
from backend.matching.engine.openings import Opening
from backend.matching.engine.people import Person
from backend.matching.engine.rank import Ranking, rank_people
from backend.matching.engine.reach import SkillToLearn, skills_to_learn
from backend.matching.engine.relations import Relations
from backend.matching.engine.reverse import rank_openings
from backend.matching.engine.supply import Supply
from backend.matching.engine.weights import BAND_STEP


class Matcher:
    """Matches people and openings, each named by a key of the caller's. An unknown key raises KeyError.

    It never changes: `with_openings` and `with_people` give another that shares what was worked out of the
    side that stays. So a matcher of many people is kept, and put beside one opening in a millisecond.
    """

    def __init__(
        self,
        people: Iterable[Person] = (),
        openings: Iterable[Opening] = (),
        *,
        relations: Relations,
        today: date,
    ) -> None:
        codes = Codebook()
        self.relations, self.today = relations, today
        self.supply = Supply.of(people, relations, today=today, codes=codes)
        self.demand = Demand.of(openings, relations, codes=codes)
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """The inverted lists over the people, made when they are first needed."""
        if self._index is None:
            self._index = Index(self.supply, self.relations)
        return self._index

    def prepare(self) -> Matcher:
        """Make the lists now, so that who ranks first does not wait for them."""
        _ = self.index
        return self

    def with_openings(self, openings: Iterable[Opening]) -> Matcher:
        """Return a matcher of the same people beside other openings."""
        other = copy(self)
        other.demand = Demand.of(openings, self.relations, codes=deepcopy(self.supply.codes))
        return other

    def with_people(self, people: Iterable[Person]) -> Matcher:
        """Return a matcher of other people beside the same openings."""
        other, codes = copy(self), deepcopy(self.demand.codes)
        other.supply = Supply.of(people, self.relations, today=self.today, codes=codes)
        other._index = None
        return other

    def with_changed_people(self, people: Iterable[Person], gone: Collection[str] = ()) -> Matcher:
        """Return a matcher of the same people, with some of them as they are now and without those gone.

        It ranks as one that is made anew, at a cost of those who have changed.
        """
        other, codes = copy(self), self._codes()
        other.supply = self.supply.changed(people, gone, self.relations, today=self.today, codes=codes)
        other._index = None
        return other

    def with_changed_openings(self, openings: Iterable[Opening], gone: Collection[str] = ()) -> Matcher:
        """Return a matcher of the same openings, with some as they are now and without those gone."""
        other, codes = copy(self), self._codes()
        other.demand = self.demand.changed(openings, gone, self.relations, codes=codes)
        return other

    def _codes(self) -> Codebook:
        """Return a copy of the numbers of both sides: one side's are always the beginning of the other's."""
        return deepcopy(max(self.supply.codes, self.demand.codes, key=lambda codes: codes.size))

    @property
    def people(self) -> Sequence[str]:
        """The keys of all people, the longest waiting first."""
        return self.supply.ids

    @property
    def openings(self) -> Sequence[Opening]:
        """All openings, the first published first."""
        return self.demand.openings

    @property
    def waiting_days(self) -> Mapping[str, int]:
        """How long each person has waited."""
        days = (self.today.toordinal() - self.supply.waiting_since).tolist()
        return dict(zip(self.supply.ids, days, strict=True))

    def has(self, *, person: str, opening: str) -> bool:
        """Tell whether both are here."""
        return person in self.supply.row_of and opening in self.demand.row_of

    def opening(self, key: str) -> Opening:
        """Return an opening by its key."""
        return self.demand.openings[self.demand.row_of[key]]

    def rank_people(
        self,
        opening: str,
        *,
        limit: int = 10,
        exclude: Collection[str] = (),
        among: Collection[str] | None = None,
        near: bool = False,
    ) -> Ranking:
        """Rank people for an opening; `near` gives who misses exactly one hard condition instead.

        Left out are those in `exclude`, and those who are not `among` the ones looked for (None: all are).
        """
        row, out = self.demand.row_of[opening], _rows_out(self.supply.row_of, exclude, among)
        if not self.people:
            return Ranking(rows=[], considered=0, scored=0)
        return rank_people(self.demand, row, self.index, limit=limit, exclude=out, near=near)

    def rank_openings(
        self,
        person: str,
        *,
        limit: int = 10,
        exclude: Collection[str] = (),
        among: Collection[str] | None = None,
        near: bool = False,
    ) -> Ranking:
        """Rank openings for a person, with the same choices."""
        row, out = self.supply.row_of[person], _rows_out(self.demand.row_of, exclude, among)
        if not self.openings:
            return Ranking(rows=[], considered=0, scored=0)
        return rank_openings(
            self.demand, self.supply, row, self.relations, limit=limit, exclude=out, near=near
        )

    def skills_to_learn(self, person: str, *, limit: int = 5) -> list[SkillToLearn]:
        """Return the skills that would bring most openings within a person's reach, with the openings."""
        row = self.supply.row_of[person]
        return skills_to_learn(self.demand, self.supply, row, self.relations, limit=limit)

    def options(self, *, per_opening: int = 40, floor: int = 1) -> list[Option]:
        """Return the best pairs of every opening, from a floor of what they are worth up, for `allocate`.

        Whoever is far from what is essential is no option.
        """
        floor = max(floor, BAND_STEP)
        if not self.people or not self.openings:
            return []
        pairs = best_pairs(self.demand, self.index, limit=per_opening)
        return [
            Option(self.supply.ids[person], self.demand.ids[opening], worth)
            for opening, person, worth in zip(*(column.tolist() for column in pairs), strict=True)
            if worth >= floor
        ]

    def explain(self, person: str, opening: str) -> Explanation:
        """Say line by line why a person has the points they have for an opening."""
        rows = self.demand.row_of[opening], self.supply.row_of[person]
        return explain(self.demand, rows[0], self.supply, rows[1], self.relations)


def _rows_out(
    row_of: Mapping[str, int], exclude: Collection[str], among: Collection[str] | None
) -> list[int]:
    if among is None:
        return [row_of[key] for key in set(exclude) if key in row_of]
    kept = set(among) - set(exclude)
    return [row for key, row in row_of.items() if key not in kept]
