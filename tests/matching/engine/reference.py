"""The scoring rules once more, as slow and obvious as can be: no arrays, no index, no shortcuts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from backend.matching.engine import Edge, Membership, Opening, Person, Relations
from backend.matching.engine.circumstances import EARTH_KM
from backend.matching.engine.demand import share_out
from backend.matching.engine.people import Evidence, Point
from backend.matching.engine.text import degree, fold
from backend.matching.engine.weights import (
    DESIRABLE_WEIGHT,
    ESSENTIAL_WEIGHT,
    FULL,
    GROUP_DOUBT,
    GROUP_FLOOR,
    GROUP_STEPS,
    NEAR_TIE,
    OCCUPATION_SHARE,
    PROFILE_FLOOR,
    PROFILE_SCALE,
    RARITY_FLOOR,
    SHARES,
)


@dataclass(frozen=True)
class Catalogue:
    concepts: Sequence[str]
    edges: Sequence[Edge]
    memberships: Sequence[Membership]
    kin: Sequence[Edge]

    def relations(self) -> Relations:
        return Relations.build(
            concepts=self.concepts, edges=self.edges, memberships=self.memberships, kin=self.kin
        )

    @property
    def groups(self) -> list[str]:
        return sorted({pair.group for pair in self.memberships if pair.concept in self.concepts})

    def groups_of(self, concept: str | None) -> set[str]:
        return {pair.group for pair in self.memberships if pair.concept == concept}

    def members_of(self, group: str) -> set[str]:
        return {pair.concept for pair in self.memberships if pair.group == group}


def product(a: int, b: int) -> int:
    return (a * b + 127) // 255


def byte(share: float) -> int:
    return round(share * FULL)


def score(person: Person, opening: Opening, catalogue: Catalogue, *, today: date) -> int:
    """Points of a pair, hard conditions aside."""
    lines = [
        (
            requirement_weight(item, catalogue),
            max(requirement_credits(person, item, catalogue, today=today), default=0),
        )
        for item in opening.requirements
    ]
    meant = meant_groups(opening, catalogue)
    if opening.occupations or meant:
        beside = sum(weight for weight, _ in lines)
        weight = beside * OCCUPATION_SHARE / (1 - OCCUPATION_SHARE) if beside else 1.0
        earned = [
            credit
            for item in opening.occupations
            for credit in requirement_credits(person, item, catalogue, today=today)
        ]
        known = known_groups(person, catalogue, today=today)
        earned += [product(likely, known.get(group, 0)) for group, likely in meant.items()]
        lines.append((weight, max(earned, default=0)))
    shares = share_out(SHARES, [weight for weight, _ in lines])
    return sum(share * credit for share, (_, credit) in zip(shares, lines, strict=True))


def requirement_weight(item, catalogue):
    weight = (ESSENTIAL_WEIGHT if item.essential else DESIRABLE_WEIGHT) * item.weight
    if item.concept not in catalogue.concepts:
        return weight
    groups = max(2, len(catalogue.groups))
    rarity = math.log(groups / max(1, len(catalogue.groups_of(item.concept)))) / math.log(groups)
    return weight * max(rarity, RARITY_FLOOR)


def requirement_credits(person, item, catalogue, *, today):
    for evidence in person.evidence:
        strength = byte(evidence.strength(today=today))
        if evidence.concept in catalogue.concepts:
            if item.concept in catalogue.concepts:
                yield product(stands_in(item.concept, evidence.concept, catalogue), strength)
        elif fold(evidence.text) and fold(item.text):
            yield product(degree(fuzz.ratio(fold(evidence.text), fold(item.text))), strength)


def stands_in(wanted: str, had: str, catalogue: Catalogue) -> int:
    if wanted == had:
        return FULL
    return max(
        (byte(edge.degree) for edge in catalogue.edges if (edge.concept, edge.related) == (wanted, had)),
        default=0,
    )


def strengths(person: Person, catalogue: Catalogue, *, today: date) -> dict[str, int]:
    best: dict[str, int] = {}
    for item in person.evidence:
        if item.concept in catalogue.concepts:
            best[item.concept] = max(best.get(item.concept, 0), byte(item.strength(today=today)))
    return best


def known_groups(person: Person, catalogue: Catalogue, *, today: date) -> dict[str, int]:
    known = {}
    for group in catalogue.groups:
        total = 0
        for concept, strength in strengths(person, catalogue, today=today).items():
            if group in catalogue.groups_of(concept):
                total += specificity(concept, catalogue) * strength // FULL
        sure = 1 - math.exp(-total / (1000 * PROFILE_SCALE))
        if sure >= PROFILE_FLOOR:
            known[group] = byte(sure)
    return known


def specificity(concept: str, catalogue: Catalogue) -> int:
    groups = len(catalogue.groups)
    if groups < 2:
        return 1000
    return round(1000 * (math.log(groups / len(catalogue.groups_of(concept))) / math.log(groups)) ** 2)


def meant_groups(opening: Opening, catalogue: Catalogue) -> dict[str, int]:
    """The occupation groups of an opening and their kin, with their degrees."""
    named = {item.concept for item in [*opening.requirements, *opening.occupations]} & set(catalogue.concepts)
    odds = (1 - GROUP_DOUBT) / GROUP_DOUBT * len(catalogue.concepts)
    logs = {
        group: sum(
            math.log1p(odds / len(catalogue.members_of(group) & set(catalogue.concepts)))
            for concept in sorted(named)
            if group in catalogue.groups_of(concept)
        )
        for group in catalogue.groups
    }
    top = max(logs.values(), default=0.0)
    whole = sum(math.exp(log - top) for log in logs.values())
    meant: dict[str, int] = {}
    for group, log in logs.items():
        relative = math.exp(log - top)
        if log and relative / whole >= GROUP_FLOOR:
            likely = byte(math.ceil(relative * GROUP_STEPS) / GROUP_STEPS)
            for kin, nearness in kin_of(group, catalogue).items():
                meant[kin] = max(meant.get(kin, 0), product(likely, nearness))
    return meant


def kin_of(group: str, catalogue: Catalogue) -> dict[str, int]:
    kin = {group: FULL}
    for edge in catalogue.kin:
        if edge.concept == group and edge.related in catalogue.groups and edge.related != group:
            kin[edge.related] = max(kin.get(edge.related, 0), byte(edge.degree))
    return kin


def may_meet(person: Person, opening: Opening) -> bool:
    """All hard conditions."""
    return (
        opening.is_open
        and opening.places_left > 0
        and opening.tenant in (None, person.tenant)
        and (person.available_from or date.min) <= (opening.ends_on or date.max)
        and (person.available_until or date.max) >= (opening.starts_on or date.min)
        and (not person.hours or not opening.hours or person.hours.least <= opening.hours.most)
        and (not person.hours or not opening.hours or person.hours.most >= opening.hours.least)
        and within_reach(person, opening)
        and opening.licences <= person.licences
        and all(person.languages.get(code, level) >= level for code, level in opening.languages.items())
        and not person.adaptations_needed & opening.adaptations_refused
    )


def within_reach(person: Person, opening: Opening) -> bool:
    if person.place is None or opening.place is None or person.travel_km is None:
        return True
    return haversine(person.place, opening.place) <= person.travel_km


def haversine(one: Point, other: Point) -> float:
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def rank(people: Sequence[Person], opening: Opening, catalogue: Catalogue, *, today: date) -> list[str]:
    """Everybody who may and who scores: near-ties by the longer wait, then by id."""
    scored = [(score(person, opening, catalogue, today=today), person) for person in people]
    fit = [(points, person) for points, person in scored if points and may_meet(person, opening)]
    fit.sort(key=lambda pair: (-(pair[0] // NEAR_TIE), pair[1].waiting_since or date.max, pair[1].id))
    return [person.id for _, person in fit]


__all__ = ["Catalogue", "Evidence", "haversine", "may_meet", "rank", "score"]
