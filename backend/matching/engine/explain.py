"""Why one person has the points that they have for one opening: lines that add up to the score exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np

from backend.matching.engine.bands import Signs, bands, follows
from backend.matching.engine.conditions import Condition, failures, squared_distance
from backend.matching.engine.demand import Demand, Part, share_out
from backend.matching.engine.openings import Mention
from backend.matching.engine.profile import Profile, people_profiles
from backend.matching.engine.rank import km
from backend.matching.engine.relations import PRODUCT, Relations, to_byte
from backend.matching.engine.supply import Supply, Told
from backend.matching.engine.text import similar
from backend.matching.engine.weights import FULL, RELATED_FROM, TOTAL, WISH_UNSAID, Band, Source
from backend.skills.relations.relatedness import Reason

BECAUSE_LIMIT = 4
"""Skills named as the reason why somebody knows a kind of work."""


class Outcome(StrEnum):
    """What becomes of a line. ASK is that nobody has said it, but that it may follow from what is said."""

    MET = "met"
    NEAR = "near"
    ASK = "ask"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement, work of this kind, or the wish for it, and what it gives.

    `via` is the person's own concept that counts (None for a text or a group), `group` the occupation group
    and `because` the person's concepts that point to it: then nobody has said that they have done the work.
    `degree` says how near the two are, `strength` how well the evidence holds, both 0-1, and `source` who
    says what `via` names; `points` of `points_possible`.
    """

    item: Mention | None
    part: Part
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
    source: str = ""

    @property
    def points_lost(self) -> int:
        return self.points_possible - self.points


@dataclass(frozen=True, slots=True)
class Explanation:
    """One person in the light of one opening. `points` of `TOTAL` is the sum over `lines`."""

    person: str
    opening: str
    lines: Sequence[Line]
    band: Band
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
        lines = [line for line in self.lines if line.points_lost and line.part == Part.ASKED]
        return sorted(lines, key=lambda line: -line.points_lost)


class _Claim(NamedTuple):
    """Something that may earn a line; the greatest credit wins, then the most trusted reason."""

    credit: int
    trust: int
    degree: int
    strength: int
    via: int = -1
    group: int = -1
    text: str = ""


NO_REASON: Final = 1
_NO_CLAIM: Final = _Claim(credit=0, trust=NO_REASON, degree=0, strength=0)


def explain(demand: Demand, opening: int, supply: Supply, person: int, relations: Relations) -> Explanation:
    """Explain one pair by rows, from the same numbers and rounding as the ranking."""
    case = _Case(demand, supply, person, relations)
    people, place = supply.circumstances.take(person), demand.circumstances.take(opening)
    squared = squared_distance(people, place)
    lines, signs = case.lines(opening)
    points = sum(line.points for line in lines)
    return Explanation(
        person=supply.ids[person],
        opening=demand.openings[opening].id,
        lines=lines,
        band=Band(int(bands(signs, np.asarray(points)))),
        failed=tuple(condition for condition, flag in failures(people, place, squared).items() if flag),
        distance_km=km(squared),
    )


class _Side:
    """What one person can, or wants, laid out for many lines."""

    def __init__(self, told: Told, person: int, groups: dict[int, int], relations: Relations) -> None:
        self.relations, self.groups = relations, groups
        concept, strength = told.concepts(person)
        self.strength = dict(zip(concept.tolist(), strength.tolist(), strict=True))
        self.source = dict(zip(concept.tolist(), told.sources(person).tolist(), strict=True))
        self.written = dict(told.written(person))

    def claims(self, demand: Demand, line: int) -> list[_Claim]:
        """Everything that may earn a line."""
        by_concept = self.by_concept(demand, line)
        return [*by_concept, *self._by_group(demand, line), *self._by_text(demand.texts(line))]

    def by_concept(self, demand: Demand, line: int) -> list[_Claim]:
        claims = []
        for concept in demand.concepts(line).tolist():
            row = self.relations.related.row(concept)
            for other, degree, reason in zip(*(column.tolist() for column in row), strict=True):
                if strength := self.strength.get(other):
                    claims.append(
                        _Claim(PRODUCT.item(degree, strength), -reason, degree, strength, via=other)
                    )
        return claims

    def _by_group(self, demand: Demand, line: int) -> list[_Claim]:
        groups = zip(*(column.tolist() for column in demand.groups(line)), strict=True)
        trust = -int(Reason.SHARED_OCCUPATIONS)
        return [
            _Claim(PRODUCT.item(degree, sure), trust, degree, sure, group=group)
            for group, degree in groups
            if (sure := self.groups.get(group))
        ]

    def _by_text(self, texts: Sequence[str]) -> list[_Claim]:
        same = -int(Reason.SAME_TEXT)
        mine = list(self.written)
        claims = []
        for text in texts:
            found, degrees = similar(text, mine)
            for index, degree in zip(found.tolist(), degrees.tolist(), strict=True):
                strength = self.written[mine[index]]
                claims.append(
                    _Claim(PRODUCT.item(degree, strength), same, degree, strength, text=mine[index])
                )
        return claims

    def because(self, group: int) -> tuple[str, ...]:
        """The person's concepts that point to a group, the most telling first."""
        telling = self.relations.specificity
        members = self.relations.members
        mine = [concept for concept in self.strength if group in members.row(concept)[0]]
        mine.sort(key=lambda concept: (-int(telling[concept]) * self.strength[concept], concept))
        return tuple(self.relations.concepts[concept] for concept in mine[:BECAUSE_LIMIT])


class _Case:
    """One person beside the openings of one demand."""

    def __init__(self, demand: Demand, supply: Supply, person: int, relations: Relations) -> None:
        self.demand, self.relations = demand, relations
        concept, strength = supply.can.concepts(person)
        known = people_profiles(np.array([0, len(concept)]), concept, strength, relations)
        named = supply.fields.part(person, person + 1)
        self.can = _Side(supply.can, person, _degrees(known), relations)
        self.wants = _Side(supply.wants, person, _degrees(named), relations)
        self.openness = int(supply.openness[person])
        self.is_said = self.openness != to_byte(WISH_UNSAID)

    def lines(self, opening: int) -> tuple[list[Line], Signs]:
        """Return the lines of an opening, and what its band is decided by."""
        numbers = self.demand.lines(opening)
        claims = [self._best(line) for line in numbers]
        met = sum(
            claim.credit >= RELATED_FROM
            for claim, line in zip(claims, numbers, strict=True)
            if self.demand.is_tested[line]
        )
        about_work = self._about_the_work(numbers, claims)
        told = (self.demand.asked[opening], met, *about_work, self.demand.is_job[opening])
        signs = Signs(*map(np.asarray, told))
        asks = bool(follows(signs))
        lines = [
            self._line(opening, at, line, claim, asks=asks)
            for at, (line, claim) in enumerate(zip(numbers, claims, strict=True))
        ]
        return lines, signs

    def _about_the_work(self, numbers: range, claims: Sequence[_Claim]) -> tuple[int, int, int]:
        credit = dict.fromkeys(Part, 0)
        had = 0
        for line, claim in zip(numbers, claims, strict=True):
            part = Part(self.demand.part[line])
            credit[part] = claim.credit
            if part == Part.DONE:
                had = max((each.credit for each in self.can.by_concept(self.demand, line)), default=0)
        return credit[Part.DONE], had, credit[Part.WISHED]

    def _best(self, line: int) -> _Claim:
        if self.demand.part[line] != Part.WISHED:
            return _best_of(self.can.claims(self.demand, line))
        said = self.openness if self.is_said else 0
        anything = _NO_CLAIM._replace(credit=self.openness, degree=said, strength=self.openness)
        return _best_of([*self.wants.claims(self.demand, line), anything])

    def _line(self, opening: int, at: int, line: int, claim: _Claim, *, asks: bool) -> Line:
        part, essential = Part(self.demand.part[line]), bool(self.demand.essential[line])
        item = self.demand.openings[opening].requirements[at] if part == Part.ASKED else None
        share = int(self.demand.shares[line])
        side = self.wants if part == Part.WISHED else self.can
        return Line(
            item=item,
            part=part,
            essential=essential,
            outcome=_outcome(claim, asks=(asks and essential) or not self.demand.is_known[line]),
            points=claim.credit * share,
            points_possible=share * FULL,
            via=self.relations.concepts[claim.via] if claim.via >= 0 else None,
            group=self.relations.groups[claim.group] if claim.group >= 0 else None,
            because=side.because(claim.group) if claim.group >= 0 else (),
            text=claim.text or None,
            reason=Reason(-claim.trust) if claim.credit and claim.trust <= 0 else None,
            degree=claim.degree / FULL,
            strength=claim.strength / FULL,
            source=Source(side.source[claim.via]).name.lower() if claim.via >= 0 else "",
        )


def _best_of(claims: Sequence[_Claim]) -> _Claim:
    return max((claim for claim in claims if claim.credit), default=_NO_CLAIM)


def _outcome(claim: _Claim, *, asks: bool) -> Outcome:
    if claim.degree == FULL:
        return Outcome.MET
    if claim.degree:
        return Outcome.NEAR
    return Outcome.ASK if asks or claim.credit else Outcome.MISSING


def _degrees(profile: Profile) -> dict[int, int]:
    return dict(zip(profile.group.tolist(), profile.degree.tolist(), strict=True))
