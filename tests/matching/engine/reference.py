"""The scoring rules once more, as slow and obvious as can be: no arrays, no index, no shortcuts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from backend.matching.engine import Edge, Kind, Membership, Opening, Person, Relations
from backend.matching.engine.circumstances import EARTH_KM
from backend.matching.engine.demand import share_out
from backend.matching.engine.people import Evidence, Point
from backend.matching.engine.text import degree, fold
from backend.matching.engine.weights import (
    DESIRABLE_WEIGHT,
    ESSENTIAL_WEIGHT,
    EXPERIENCED_FROM,
    FIELD_STRENGTH,
    FULL,
    GROUP_DOUBT,
    GROUP_FLOOR,
    GROUP_STEPS,
    KNOWS_WORK_FROM,
    LEAST,
    NEAR_TIE,
    OPEN_TO_ANYTHING,
    PARTS,
    PROFILE_FLOOR,
    PROFILE_SCALE,
    RARITY_FLOOR,
    RELATED_FROM,
    SHARES,
    SIBLING_WISH,
    TIE_FROM,
    TOTAL,
    WISH_UNSAID,
    WORDS_RARITY,
    Band,
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
    parts = PARTS[opening.kind]
    beside = sum(weight for weight, _ in lines)
    lines = [(weight * parts.asked / beside, credit) for weight, credit in lines]
    if opening.occupations or meant_groups(opening, catalogue):
        lines.append((parts.done, done_credit(person, opening, catalogue, today=today)))
        if parts.wished:
            lines.append((parts.wished, wished_credit(person, opening, catalogue)))
    shares = share_out(SHARES, [weight for weight, _ in lines])
    return sum(share * credit for share, (_, credit) in zip(shares, lines, strict=True))


def had_credit(person, opening, catalogue, *, today):
    """By concepts alone: the very occupation, or what is related to it."""
    return max(
        (
            product(stands_in(item.concept, had, catalogue), strength)
            for item in opening.occupations
            if item.concept in catalogue.concepts
            for had, strength in strengths(person, catalogue, today=today).items()
        ),
        default=0,
    )


def done_credit(person, opening, catalogue, *, today):
    earned = [
        credit
        for item in opening.occupations
        for credit in requirement_credits(person, item, catalogue, today=today)
    ]
    known = known_groups(person, catalogue, today=today)
    meant = meant_groups(opening, catalogue)
    earned += [product(likely, known.get(group, 0)) for group, likely in meant.items()]
    return max(earned, default=0)


def wished_credit(person, opening, catalogue):
    if not person.wishes:
        earned = [byte(WISH_UNSAID)]
    else:
        earned = [byte(OPEN_TO_ANYTHING) if any(wish.is_open for wish in person.wishes) else 0]
    meant = wished_groups(opening, catalogue)
    for wish in person.wishes:
        earned += [
            product(likely, byte(FIELD_STRENGTH[len(each)]))
            for group, likely in meant.items()
            for each in wish.groups
            if group.startswith(each)
        ]
        for item in opening.occupations:
            if wish.concept in catalogue.concepts:
                if item.concept in catalogue.concepts:
                    earned.append(stands_in(item.concept, wish.concept, catalogue))
            elif fold(wish.text) and fold(item.text):
                earned.append(degree(fuzz.ratio(fold(wish.text), fold(item.text))))
        if wish.concept in catalogue.concepts:
            surely = (
                byte(specificity(wish.concept, catalogue) / 1000) if catalogue.groups_of(wish.concept) else 0
            )
            earned += [
                product(likely, surely)
                for group, likely in meant.items()
                if group in catalogue.groups_of(wish.concept)
            ]
    return max(earned)


def band(person: Person, opening: Opening, catalogue: Catalogue, *, today: date) -> Band:
    """How the essential requirements are met."""
    if score(person, opening, catalogue, today=today) < LEAST:
        return Band.FAR
    tested = [item for item in opening.requirements if item.essential and item.concept in catalogue.concepts]
    met = sum(
        max(requirement_credits(person, item, catalogue, today=today), default=0) >= RELATED_FROM
        for item in tested
    )
    about_work = opening.occupations or meant_groups(opening, catalogue)
    done = done_credit(person, opening, catalogue, today=today) if about_work else 0
    had = had_credit(person, opening, catalogue, today=today) if about_work else 0
    wished = wished_credit(person, opening, catalogue) if about_work and PARTS[opening.kind].wished else 0
    if opening.kind is Kind.JOB and not met and done < TIE_FROM:
        return Band.FAR
    if had >= EXPERIENCED_FROM or (done >= KNOWS_WORK_FROM and met):
        return Band.FITS
    missing = len(tested) - met
    if missing == 1 and (met or done >= TIE_FROM or wished >= TIE_FROM):
        return Band.ONE_MISSING
    return Band.FAR if missing else Band.FITS


def worth(person: Person, opening: Opening, catalogue: Catalogue, *, today: date) -> int:
    """What orders a list: the band, then the points."""
    points = score(person, opening, catalogue, today=today)
    return band(person, opening, catalogue, today=today) * (TOTAL // 3) + points // 3


def requirement_weight(item, catalogue):
    weight = (ESSENTIAL_WEIGHT if item.essential else DESIRABLE_WEIGHT) * item.weight
    if item.concept not in catalogue.concepts:
        return weight * WORDS_RARITY
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


def wished_groups(opening: Opening, catalogue: Catalogue) -> dict[str, int]:
    """The groups of the occupations that are named, or else the likely ones, and their siblings."""
    named = {
        group: FULL
        for item in opening.occupations
        if item.concept in catalogue.concepts
        for group in catalogue.groups_of(item.concept)
    }
    wished: dict[str, int] = {}
    for group, likely in (named or likely_groups(opening, catalogue)).items():
        for other in catalogue.groups:
            if other == group or other[:3] == group[:3]:
                near = FULL if other == group else byte(SIBLING_WISH)
                wished[other] = max(wished.get(other, 0), product(likely, near))
    return wished


def meant_groups(opening: Opening, catalogue: Catalogue) -> dict[str, int]:
    """The occupation groups of an opening and their kin, with their degrees."""
    meant: dict[str, int] = {}
    for group, likely in likely_groups(opening, catalogue).items():
        for kin, nearness in kin_of(group, catalogue).items():
            meant[kin] = max(meant.get(kin, 0), product(likely, nearness))
    return meant


def likely_groups(opening: Opening, catalogue: Catalogue) -> dict[str, int]:
    """The occupation groups that an opening may mean."""
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
    return {
        group: byte(math.ceil(math.exp(log - top) * GROUP_STEPS) / GROUP_STEPS)
        for group, log in logs.items()
        if log and math.exp(log - top) / whole >= GROUP_FLOOR
    }


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
    scored = [(worth(person, opening, catalogue, today=today), person) for person in people]
    fit = [(points, person) for points, person in scored if points and may_meet(person, opening)]
    fit.sort(key=lambda pair: (-(pair[0] // NEAR_TIE), pair[1].waiting_since or date.max, pair[1].id))
    return [person.id for _, person in fit]


__all__ = ["Catalogue", "Evidence", "band", "haversine", "may_meet", "rank", "score", "worth"]
