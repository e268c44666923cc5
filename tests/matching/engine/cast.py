"""A small fixed world: a kitchen and a truck, and people who fit them more or less."""

from __future__ import annotations

from datetime import date

from backend.matching.engine import (
    Edge,
    Evidence,
    Matcher,
    Membership,
    Opening,
    Person,
    Point,
    Reason,
    Relations,
    Requirement,
)

TODAY = date(2026, 11, 21)
STOCKHOLM, UPPSALA, LIDINGO = Point(59.3293, 18.0686), Point(59.8586, 17.6389), Point(59.3667, 18.1333)

RELATIONS = Relations.build(
    concepts=["cook", "bake", "wash up", "drive truck", "drive forklift"],
    edges=[
        Edge("bake", "cook", 0.5, Reason.BROADER),
        Edge("drive truck", "drive forklift", 0.8, Reason.NARROWER),
    ],
    memberships=[
        Membership("cook", "kitchen"),
        Membership("bake", "kitchen"),
        Membership("wash up", "kitchen"),
        Membership("drive truck", "store"),
        Membership("drive forklift", "store"),
    ],
)

KITCHEN = Opening(
    "kitchen",
    requirements=[Requirement("bake", "Bakning", essential=True), Requirement("wash up", "Diska")],
)


def knows(name: str, *concepts: str, **facts: object) -> Person:
    return Person(name, evidence=[Evidence(concept) for concept in concepts], **facts)  # type: ignore[arg-type]


def match(*people: Person, opening: Opening = KITCHEN) -> Matcher:
    return Matcher(people, [opening], relations=RELATIONS, today=TODAY)
