"""The other direction: the points of one person for every opening, by the very same rounding."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from backend.matching.engine.bands import Signs, bands
from backend.matching.engine.conditions import failures, squared_distance
from backend.matching.engine.demand import Demand, Part
from backend.matching.engine.index import Scored
from backend.matching.engine.profile import people_profiles
from backend.matching.engine.rank import Ranking, ranking
from backend.matching.engine.relations import PRODUCT, Bytes, Ints, Relations, product
from backend.matching.engine.supply import Supply
from backend.matching.engine.text import similar
from backend.matching.engine.weights import RELATED_FROM

Written = Collection[tuple[str, int]]


@dataclass(frozen=True)
class Credits:
    """What somebody's words are worth: for every concept, every group, and the folded texts, 0-255."""

    concept: Bytes
    group: Bytes
    written: Written


@dataclass(frozen=True)
class OnePerson:
    """What one person can and wants, spread out over the catalogue."""

    can: Credits
    wants: Credits
    openness: int
    known: Ints
    strength: Bytes
    relations: Relations

    @classmethod
    def of(cls, supply: Supply, person: int, relations: Relations) -> OnePerson:
        concept, strength = supply.can.concepts(person)
        wanted = concept_credits(*supply.wants.concepts(person), relations)
        fields = np.zeros(len(relations.groups), dtype=np.uint8)
        named = supply.fields.part(person, person + 1)
        fields[named.group] = named.degree
        return cls(
            can=_can(concept, strength, supply.can.written(person), relations),
            wants=Credits(wanted, fields, supply.wants.written(person)),
            openness=int(supply.openness[person]),
            known=concept,
            strength=strength,
            relations=relations,
        )

    def with_skill(self, skill: int, strength: int) -> OnePerson:
        """The same person, who can one thing more."""
        at = int(np.searchsorted(self.known, skill))
        known, power = np.insert(self.known, at, skill), np.insert(self.strength, at, strength)
        can = _can(known, power.astype(np.uint8), self.can.written, self.relations)
        return replace(self, can=can, known=known, strength=power)


def rank_openings(
    demand: Demand,
    supply: Supply,
    person: int,
    relations: Relations,
    *,
    limit: int = 10,
    exclude: Collection[int] = (),
    near: bool = False,
) -> Ranking:
    """Rank all openings for one person (by row); near-ties go to the opening that was published first."""
    circumstances = supply.circumstances.take(person)
    scored = score_openings(demand, OnePerson.of(supply, person, relations)).without(exclude)
    squared = squared_distance(circumstances, demand.circumstances)
    failed = failures(circumstances, demand.circumstances, squared)
    considered = len(scored.points) - len(exclude)
    return ranking(scored, failed, squared, demand.ids, considered=considered, limit=limit, near=near)


def score_openings(demand: Demand, person: OnePerson) -> Scored:
    """Points and band of one person for every opening, hard conditions aside."""
    credit = np.zeros(len(demand.shares), dtype=np.uint8)
    is_wish = demand.part == Part.WISHED
    had = _raise_lines(credit, demand, person.can, ~is_wish)
    _raise_lines(credit, demand, person.wants, is_wish)
    credit[is_wish] = np.maximum(credit[is_wish], person.openness)
    points = _total(demand, credit.astype(np.uint32) * demand.shares).astype(np.uint16)
    signs = Signs(
        asked=demand.asked,
        met=_total(demand, demand.is_tested & (credit >= RELATED_FROM)),
        done=_total(demand, credit * (demand.part == Part.DONE)),
        had=_total(demand, had * (demand.part == Part.DONE)),
        wished=_total(demand, credit * is_wish),
        is_job=demand.is_job,
    )
    return Scored(points, bands(signs, points))


def _raise_lines(credit: Bytes, demand: Demand, person: Credits, which: npt.NDArray[np.bool_]) -> Bytes:
    """Raise some lines to what somebody earns of them; return what is earned by concepts alone."""
    found = np.zeros_like(credit)
    _raise(found, demand.line_of_concept, person.concept.take(demand.concept))
    by_concept = found * which
    _raise(found, demand.line_of_group, product(demand.group_degree, person.group.take(demand.group)))
    for text, power in person.written:
        at, degrees = similar(text, demand.text_list)
        for index, degree in zip(at.tolist(), degrees.tolist(), strict=True):
            lines = demand.lines_of_text[index]
            found[lines] = np.maximum(found[lines], PRODUCT[degree, power])
    np.maximum(credit, found * which, out=credit)
    return by_concept


def _raise(credit: Bytes, line: npt.NDArray[np.intp], found: Bytes) -> None:
    some = np.flatnonzero(found)
    np.maximum.at(credit, line[some], found[some])


def _total(demand: Demand, of_lines: npt.NDArray[np.generic]) -> npt.NDArray[np.int64]:
    """Add up the lines of every opening."""
    running = np.concatenate([[0], np.cumsum(of_lines, dtype=np.int64)])
    total: npt.NDArray[np.int64] = running[demand.line_start[1:]] - running[demand.line_start[:-1]]
    return total


def _can(concept: Ints, strength: Bytes, written: Written, relations: Relations) -> Credits:
    return Credits(
        concept=concept_credits(concept, strength, relations),
        group=group_credits(concept, strength, relations),
        written=written,
    )


def concept_credits(concept: Ints, strength: Bytes, relations: Relations) -> Bytes:
    """For every concept of the catalogue, how far this evidence stands in for it."""
    credit = np.zeros(len(relations.concepts), dtype=np.uint8)
    for number, power in zip(concept.tolist(), strength.tolist(), strict=True):
        others, degrees, _ = relations.stands_for.row(number)
        credit[others] = np.maximum(credit[others], PRODUCT[power, degrees])
    return credit


def group_credits(concept: Ints, strength: Bytes, relations: Relations) -> Bytes:
    """For every occupation group, how surely this evidence points to it."""
    profile = people_profiles(np.array([0, len(concept)]), concept, strength, relations)
    credit = np.zeros(len(relations.groups), dtype=np.uint8)
    credit[profile.group] = profile.degree
    return credit
