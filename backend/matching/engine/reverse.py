"""The other direction: the points of one person for every opening, by the very same rounding."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from backend.matching.engine.conditions import failures, squared_distance
from backend.matching.engine.demand import Demand
from backend.matching.engine.index import Scores
from backend.matching.engine.profile import people_profiles
from backend.matching.engine.rank import Ranking, ranking
from backend.matching.engine.relations import PRODUCT, Bytes, Ints, Relations, product
from backend.matching.engine.supply import Supply
from backend.matching.engine.text import similar


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
    points = score_openings(demand, supply, person, relations)
    points[list(exclude)] = 0
    squared = squared_distance(circumstances, demand.circumstances)
    failed = failures(circumstances, demand.circumstances, squared)
    considered = len(points) - len(exclude)
    return ranking(points, failed, squared, demand.ids, considered=considered, limit=limit, near=near)


def score_openings(demand: Demand, supply: Supply, person: int, relations: Relations) -> Scores:
    """Points of one person for every opening, hard conditions aside."""
    credit = line_credits(demand, *supply.evidence(person), supply.written(person), relations)
    return total_points(demand, credit)


def line_credits(
    demand: Demand, concept: Ints, strength: Bytes, written: Collection[tuple[str, int]], relations: Relations
) -> Bytes:
    """What somebody with this evidence earns of every line of every opening, 0-255."""
    credit = np.zeros(len(demand.shares), dtype=np.uint8)
    of_concept = concept_credits(concept, strength, relations).take(demand.concept)
    _raise(credit, demand.line_of_concept, of_concept)
    of_group = product(demand.group_degree, group_credits(concept, strength, relations).take(demand.group))
    _raise(credit, demand.line_of_group, of_group)
    for text, power in written:
        found, degrees = similar(text, demand.text_list)
        for index, degree in zip(found.tolist(), degrees.tolist(), strict=True):
            lines = demand.lines_of_text[index]
            credit[lines] = np.maximum(credit[lines], PRODUCT[degree, power])
    return credit


def _raise(credit: Bytes, line: npt.NDArray[np.intp], found: Bytes) -> None:
    some = np.flatnonzero(found)
    np.maximum.at(credit, line[some], found[some])


def total_points(demand: Demand, credit: Bytes) -> Scores:
    """Add up the lines of every opening."""
    earned = credit.astype(np.uint32) * demand.shares
    running = np.concatenate([[0], np.cumsum(earned)])
    points: Scores = (running[demand.line_start[1:]] - running[demand.line_start[:-1]]).astype(np.uint16)
    return points


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
