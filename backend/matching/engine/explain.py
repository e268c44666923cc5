"""Why one person has the points that they have for one opening: lines that add up to the score exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from backend.matching.engine.conditions import Condition, failures, squared_distance
from backend.matching.engine.demand import Demand, share_out
from backend.matching.engine.openings import Mention
from backend.matching.engine.profile import people_profiles
from backend.matching.engine.rank import km
from backend.matching.engine.relations import PRODUCT, Relations
from backend.matching.engine.supply import Supply
from backend.matching.engine.text import similar
from backend.matching.engine.weights import FULL, TOTAL
from backend.skills.relations.relatedness import Reason

BECAUSE_LIMIT = 4
"""Skills named as the reason why somebody knows a kind of work."""


class Outcome(StrEnum):
    MET = "met"
    NEAR = "near"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement, or the occupation, and what it gives.

    `via` is the person's own concept that counts (None for a text or a group), `group` the occupation group
    and `because` the person's concepts that point to it. `degree` says how near the two are, `strength` how
    well the evidence holds, both 0-1; `points` of `points_possible`.
    """

    item: Mention | None
    essential: bool
    outcome: Outcome
    points: int
    points_possible: int
    via: str | None = None
    group: str | None = None
    because: tuple[str, ...] = ()
    text: str | None = None
    reason: Reason | None = None
    degree: float = 0.0
    strength: float = 0.0

    @property
    def is_occupation(self) -> bool:
        return self.item is None

    @property
    def points_lost(self) -> int:
        return self.points_possible - self.points


@dataclass(frozen=True, slots=True)
class Explanation:
    """One person in the light of one opening. `points` of `TOTAL` is the sum over `lines`."""

    person: str
    opening: str
    lines: Sequence[Line]
    failed: tuple[Condition, ...]
    distance_km: float | None

    @property
    def points(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def score(self) -> float:
        return self.points / TOTAL

    @property
    def percents(self) -> list[int]:
        """The lines in whole hundredths of a full score, rounded so that they add up to the rounded score."""
        return share_out(round(100 * self.score), [line.points for line in self.lines])

    @property
    def essential_gaps(self) -> list[Line]:
        return [line for line in self.lines if line.essential and line.outcome is Outcome.MISSING]

    @property
    def would_change(self) -> list[Line]:
        """What would lift the score, the largest lift first."""
        lines = [line for line in self.lines if line.points_lost and not line.is_occupation]
        return sorted(lines, key=lambda line: -line.points_lost)


@dataclass(frozen=True, slots=True, order=True)
class _Claim:
    """Something that may earn a line; the greatest credit wins, then the most trusted reason."""

    credit: int
    trust: int
    degree: int
    strength: int
    via: int = -1
    group: int = -1
    text: str = ""


def explain(demand: Demand, opening: int, supply: Supply, person: int, relations: Relations) -> Explanation:
    """Explain one pair by rows, from the same numbers and rounding as the ranking."""
    case = _Case(demand, supply, person, relations)
    people, place = supply.circumstances.take(person), demand.circumstances.take(opening)
    squared = squared_distance(people, place)
    return Explanation(
        person=supply.ids[person],
        opening=demand.openings[opening].id,
        lines=[case.line(opening, at, line) for at, line in enumerate(demand.lines(opening))],
        failed=tuple(condition for condition, flag in failures(people, place, squared).items() if flag),
        distance_km=km(squared),
    )


class _Case:
    """One person's evidence, laid out for many lines."""

    def __init__(self, demand: Demand, supply: Supply, person: int, relations: Relations) -> None:
        self.demand, self.relations = demand, relations
        concept, strength = supply.evidence(person)
        self.strength = dict(zip(concept.tolist(), strength.tolist(), strict=True))
        known = people_profiles(np.array([0, len(concept)]), concept, strength, relations)
        self.profile = dict(zip(known.group.tolist(), known.degree.tolist(), strict=True))
        self.written = dict(supply.written(person))

    def line(self, opening: int, at: int, line: int) -> Line:
        requirements = self.demand.openings[opening].requirements
        share = int(self.demand.shares[line])
        claims = [*self._by_concept(line), *self._by_group(line), *self._by_text(line)]
        claim = max((claim for claim in claims if claim.credit), default=None)
        item = None if self.demand.is_occupation[line] else requirements[at]
        essential = bool(self.demand.essential[line])
        if claim is None:
            return Line(item, essential, Outcome.MISSING, 0, share * FULL)
        return Line(
            item=item,
            essential=essential,
            outcome=Outcome.MET if claim.degree == FULL else Outcome.NEAR,
            points=claim.credit * share,
            points_possible=share * FULL,
            via=self.relations.concepts[claim.via] if claim.via >= 0 else None,
            group=self.relations.groups[claim.group] if claim.group >= 0 else None,
            because=self._because(claim.group) if claim.group >= 0 else (),
            text=claim.text or None,
            reason=Reason(-claim.trust),
            degree=claim.degree / FULL,
            strength=claim.strength / FULL,
        )

    def _by_concept(self, line: int) -> list[_Claim]:
        claims = []
        for concept in self.demand.concepts(line).tolist():
            row = self.relations.related.row(concept)
            for other, degree, reason in zip(*(column.tolist() for column in row), strict=True):
                if strength := self.strength.get(other):
                    claims.append(
                        _Claim(PRODUCT.item(degree, strength), -reason, degree, strength, via=other)
                    )
        return claims

    def _by_group(self, line: int) -> list[_Claim]:
        groups = zip(*(column.tolist() for column in self.demand.groups(line)), strict=True)
        trust = -int(Reason.SHARED_OCCUPATIONS)
        return [
            _Claim(PRODUCT.item(degree, sure), trust, degree, sure, group=group)
            for group, degree in groups
            if (sure := self.profile.get(group))
        ]

    def _by_text(self, line: int) -> list[_Claim]:
        same = -int(Reason.SAME_TEXT)
        mine = list(self.written)
        claims = []
        for text in self.demand.texts[line]:
            found, degrees = similar(text, mine)
            for index, degree in zip(found.tolist(), degrees.tolist(), strict=True):
                strength = self.written[mine[index]]
                claims.append(
                    _Claim(PRODUCT.item(degree, strength), same, degree, strength, text=mine[index])
                )
        return claims

    def _because(self, group: int) -> tuple[str, ...]:
        """The person's concepts that point to a group, the most telling first."""
        telling = self.relations.specificity
        members = self.relations.members
        mine = [concept for concept in self.strength if group in members.row(concept)[0]]
        mine.sort(key=lambda concept: (-int(telling[concept]) * self.strength[concept], concept))
        return tuple(self.relations.concepts[concept] for concept in mine[:BECAUSE_LIMIT])
