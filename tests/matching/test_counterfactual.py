"""Fair: what the ranking may not know changes nothing, and who differs in nothing gets the same chances."""

import json
from datetime import timedelta
from random import Random
from statistics import mean

import pytest
from django.db import models

from backend.matching.bridge import pools
from backend.matching.bridge.people import PERSON
from backend.matching.engine import (
    Evidence,
    Kind,
    Matcher,
    Mention,
    Opening,
    Person,
    Requirement,
    Task,
    Wish,
    allocate,
)
from backend.matching.rankings.ranking import rank_people_among
from backend.participants.models import Participant
from backend.participants.scopes import matched_people
from tests.factories import AssignmentFactory, ParticipantFactory, SkillEvidenceFactory
from tests.factories.base import NOW
from tests.matching.engine.cast import RELATIONS, TODAY

# Whether somebody is ranked at all, for whom, and by whom it is read: not how.
WHO_IS_RANKED = {"id", "unit", "state", "is_protected", "enrolled_on", "waiting_since"}
WHITELIST = set(PERSON) | {"languages", "languages_without_level", "adaptations_essential"}
HIDDEN = sorted(
    field.name for field in Participant._meta.concrete_fields if field.name not in WHITELIST | WHO_IS_RANKED
)


VALUES = {
    models.DateTimeField: NOW - timedelta(days=900),
    models.DateField: NOW.date() - timedelta(days=3),
    models.BooleanField: True,
    models.IntegerField: 7,
    models.JSONField: [],
    models.EmailField: "x@example.com",
}
BY_NAME = {"precision": "municipality", "municipality_code": "1480", "user": None}


def another(field: models.Field, cast):
    """Another value for a field, as different as can be."""
    if field.name == "coach":
        return AssignmentFactory(unit=cast.unit).user
    if field.name in BY_NAME:
        return BY_NAME[field.name]
    kinds = (value for kind, value in VALUES.items() if isinstance(field, kind))
    return next(kinds, "Zzyx")


def ranked(cast) -> str:
    pools.forget()
    rows = rank_people_among(matched_people(cast.coach), cast.opening, at=NOW).matches
    return json.dumps([{**match.as_data(), "sentence": ""} for match in rows])


@pytest.fixture
def two(asks_for_baking, baking):
    other = ParticipantFactory(first_name="Amina", unit=asks_for_baking.unit, coach=asks_for_baking.coach)
    SkillEvidenceFactory(participant=other, text="bakar", concept=baking, resolution="accepted")
    somewhere = {"locality_name": "Västerås", "municipality_code": "1980", "precision": "locality"}
    Participant.objects.filter(pk=asks_for_baking.pia.pk).update(
        latitude=59.61, longitude=16.55, place_text="Västerås", **somewhere
    )
    return asks_for_baking


def test_the_hidden_fields_are_those_of_a_file():
    assert {"first_name", "last_name", "email", "phone", "presentation", "reference"} <= set(HIDDEN)


@pytest.mark.parametrize("name", HIDDEN)
def test_a_field_that_is_not_on_the_whitelist_changes_no_ranking(two, name):
    before = ranked(two)
    field = Participant._meta.get_field(name)

    Participant.objects.filter(pk=two.pia.pk).update(**{name: another(field, two)})

    assert json.loads(before)
    assert ranked(two) == before


SKILLS = ["cook", "bake", "wash up", "drive truck", "drive forklift"]


def world(random: Random, people: int, openings: int):
    """People whose skills and wishes are drawn alike, and of whom every other one is of one group."""
    crowd = [
        Person(
            f"{random.random():.12f}",
            evidence=[Evidence(name) for name in random.sample(SKILLS, random.randint(1, 3))],
            wishes=[Wish(random.choice(SKILLS))],
        )
        for _ in range(people)
    ]
    places = [
        Opening(
            f"o{number}",
            requirements=[Requirement(random.choice(SKILLS), essential=True)],
            occupations=[Mention(random.choice(SKILLS))],
            kind=random.choice([Kind.INTERNSHIP, Kind.JOB]),
        )
        for number in range(openings)
    ]
    return crowd, places


def suggested(crowd, places, priority=0.0):
    matcher = Matcher(crowd, places, relations=RELATIONS, today=TODAY)
    waits = {person.id: 1 + number % 400 for number, person in enumerate(crowd)}
    names = {place.id: 2 for place in places}
    return allocate(Task(matcher.options(), names=names, waiting_days=waits, priority=priority))


def test_two_groups_that_differ_in_nothing_get_the_same_chances():
    """The difference lies within three standard errors of drawing by lot, over many worlds."""
    differences = []
    for seed in range(30):
        crowd, places = world(Random(seed), people=60, openings=12)
        chosen = {pair.person for pair in suggested(crowd, places).suggestions}
        one, other = crowd[::2], crowd[1::2]
        share = [sum(person.id in chosen for person in group) / len(group) for group in (one, other)]
        differences.append(share[0] - share[1])
    spread = (mean(each**2 for each in differences) / len(differences)) ** 0.5

    assert abs(mean(differences)) <= 3 * spread
    assert max(map(abs, differences)) < 0.5


@pytest.mark.parametrize("seed", range(8))
def test_more_priority_to_the_longest_waiting_never_costs_less(seed):
    crowd, places = world(Random(seed), people=40, openings=10)

    prices = [suggested(crowd, places, priority / 10).price for priority in range(11)]

    assert prices == sorted(prices)
