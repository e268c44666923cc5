"""Random small worlds: a catalogue, people and openings that touch every rule."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from backend.matching.engine import (
    Edge,
    Evidence,
    Kind,
    Level,
    Membership,
    Mention,
    Opening,
    Person,
    Point,
    Reason,
    Requirement,
    Source,
    Span,
    Wish,
)
from tests.matching.engine.reference import Catalogue

TODAY = date(2026, 11, 21)
CONCEPTS = [f"c{number}" for number in range(8)]
GROUPS = ["1111", "1112", "1211", "2111"]
TEXTS = ["Truckkort", "truck kort", "Kör traktor", "köra traktor", "Bakning", ""]
CODES = ["B", "C", "truck"]

concepts = st.sampled_from(CONCEPTS)
named = st.one_of(concepts, st.none(), st.just("unknown to the catalogue"))
days = st.integers(-400, 400).map(lambda number: TODAY + timedelta(days=number))
code_sets = st.frozensets(st.sampled_from(CODES), max_size=2)
languages = st.dictionaries(st.sampled_from(["sv", "en"]), st.integers(0, 7), max_size=2)
spans = st.tuples(st.integers(5, 40), st.integers(0, 20)).map(lambda pair: Span(pair[0], sum(pair)))
# A grid of about 11 km: no two places are so near a person's limit that rounding would decide.
places = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(
    lambda at: Point(59 + at[0] / 10, 18 + at[1] / 5)
)


def edges(names: list[str]) -> st.SearchStrategy[list[Edge]]:
    name = st.sampled_from(names)
    reason = st.sampled_from([Reason.SYNONYM, Reason.BROADER, Reason.SHARED_OCCUPATIONS])
    edge = st.builds(Edge, name, name, st.floats(0.1, 1.0), reason)
    return st.lists(edge, max_size=8, unique_by=lambda edge: (edge.concept, edge.related))


catalogues = st.builds(
    Catalogue,
    concepts=st.just(CONCEPTS),
    edges=edges(CONCEPTS),
    memberships=st.lists(st.builds(Membership, concepts, st.sampled_from(GROUPS)), max_size=14, unique=True),
    kin=edges(GROUPS),
)
evidence = st.builds(
    Evidence,
    named,
    st.sampled_from(TEXTS),
    st.sampled_from(list(Level)),
    st.sampled_from(list(Source)),
    st.none() | st.integers(0, 6000).map(lambda ago: TODAY - timedelta(days=ago)),
)
wishes = st.builds(
    Wish,
    named,
    st.sampled_from(TEXTS),
    st.frozensets(st.sampled_from(["1", "111", "1211", "9"]), max_size=1),
    st.booleans(),
)
people = st.builds(
    Person,
    id=st.uuids().map(str),
    evidence=st.lists(evidence, max_size=5),
    wishes=st.lists(wishes, max_size=2),
    place=st.none() | places,
    travel_km=st.none() | st.sampled_from([5.0, 15.0, 30.0]),
    hours=st.none() | spans,
    licences=code_sets,
    languages=languages,
    adaptations_needed=code_sets,
    available_from=st.none() | days,
    available_until=st.none() | days,
    tenant=st.sampled_from([None, "0180", "1480"]),
    waiting_since=st.none() | days,
)
openings = st.builds(
    Opening,
    id=st.uuids().map(str),
    requirements=st.lists(
        st.builds(
            Requirement, named, st.sampled_from(TEXTS), st.booleans(), st.sampled_from([0.5, 1.0, 2.0])
        ),
        max_size=4,
    ),
    occupations=st.lists(st.builds(Mention, named, st.sampled_from(TEXTS)), max_size=2),
    kind=st.sampled_from(list(Kind)),
    place=st.none() | places,
    hours=st.none() | spans,
    licences=st.frozensets(st.sampled_from(CODES), max_size=1),
    languages=st.dictionaries(st.just("sv"), st.integers(1, 4), max_size=1),
    adaptations_refused=st.frozensets(st.sampled_from(CODES), max_size=2),
    starts_on=st.none() | days,
    ends_on=st.none() | days,
    places_left=st.integers(0, 3),
    is_open=st.sampled_from([True, True, True, False]),
    tenant=st.sampled_from([None, None, "0180"]),
    published_on=st.none() | days,
)


def crowds(most: int = 8) -> st.SearchStrategy[list[Person]]:
    return st.lists(people, max_size=most, unique_by=lambda person: person.id)


def offers(most: int = 4) -> st.SearchStrategy[list[Opening]]:
    return st.lists(openings, min_size=1, max_size=most, unique_by=lambda opening: opening.id)
