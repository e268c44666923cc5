"""Each hard condition by itself, at its edges."""

from dataclasses import replace
from datetime import date

import pytest

from backend.matching.engine import Condition, Span
from tests.matching.engine.cast import KITCHEN, LIDINGO, STOCKHOLM, UPPSALA, knows, match

CASES = [
    ("closed, or the employer is not in good standing", Condition.STANDING, {}, {"is_open": False}),
    ("no places left", Condition.PLACES, {}, {"places_left": 0}),
    ("another municipality", Condition.TENANT, {"tenant": "0180"}, {"tenant": "1480"}),
    ("a person of no municipality", Condition.TENANT, {}, {"tenant": "1480"}),
    (
        "free only afterwards",
        Condition.PERIOD,
        {"available_from": date(2027, 2, 1)},
        {"ends_on": date(2027, 1, 31)},
    ),
    (
        "free only before",
        Condition.PERIOD,
        {"available_until": date(2026, 12, 31)},
        {"starts_on": date(2027, 1, 1)},
    ),
    ("too few hours", Condition.HOURS, {"hours": Span(10, 19)}, {"hours": Span(20, 40)}),
    ("too many hours", Condition.HOURS, {"hours": Span(30, 40)}, {"hours": Span(10, 29)}),
    ("too far", Condition.DISTANCE, {"place": STOCKHOLM, "travel_km": 60.0}, {"place": UPPSALA}),
    ("no licence", Condition.LICENCES, {"licences": frozenset({"C"})}, {"licences": frozenset({"B"})}),
    ("too low a level", Condition.LANGUAGES, {"languages": {"sv": 2}}, {"languages": {"sv": 3}}),
    ("a language not known at all", Condition.LANGUAGES, {"languages": {"sv": 0}}, {"languages": {"sv": 1}}),
    (
        "an adaptation that cannot be arranged there",
        Condition.ADAPTATIONS,
        {"adaptations_needed": frozenset({"calm", "interpreter"})},
        {"adaptations_offered": frozenset({"calm"}), "adaptations_refused": frozenset({"interpreter"})},
    ),
]
FITTING = [
    ("open to all municipalities", {"tenant": "0180"}, {"tenant": None}),
    ("the same municipality", {"tenant": "0180"}, {"tenant": "0180"}),
    ("one day in common", {"available_from": date(2027, 1, 31)}, {"ends_on": date(2027, 1, 31)}),
    ("one hour in common", {"hours": Span(10, 20)}, {"hours": Span(20, 40)}),
    ("hours not said", {}, {"hours": Span(20, 40)}),
    ("hours that no week has", {"hours": Span(0, 2_000)}, {"hours": Span(20, 40)}),
    ("near enough", {"place": STOCKHOLM, "travel_km": 10.0}, {"place": LIDINGO}),
    ("the person's place unknown", {"travel_km": 1.0}, {"place": UPPSALA}),
    ("the workplace's place unknown", {"place": STOCKHOLM, "travel_km": 1.0}, {}),
    ("travel not said", {"place": STOCKHOLM}, {"place": UPPSALA}),
    ("a licence too many", {"licences": frozenset({"B", "C"})}, {"licences": frozenset({"B"})}),
    ("exactly the level", {"languages": {"sv": 3}}, {"languages": {"sv": 3}}),
    ("a first language", {"languages": {"sv": 7}}, {"languages": {"sv": 6}}),
    ("a language that nobody has spoken of", {"languages": {"en": 7}}, {"languages": {"sv": 3}}),
    ("an adaptation that nobody has spoken of", {"adaptations_needed": frozenset({"calm"})}, {}),
    ("more adaptations than needed", {}, {"adaptations_offered": frozenset({"calm"})}),
]


@pytest.mark.parametrize(("why", "condition", "person", "opening"), CASES, ids=[case[0] for case in CASES])
class TestRefused:
    def test_and_told_why_in_both_directions(self, why, condition, person, opening):
        matcher = match(knows("Alva", "bake", **person), opening=replace(KITCHEN, **opening))
        ranking = matcher.rank_people("kitchen")
        assert not ranking.rows
        assert ranking.removed == ranking.removed_only == {condition: 1}
        assert not matcher.rank_openings("Alva").rows
        assert matcher.rank_openings("Alva").removed == {condition: 1}
        assert matcher.explain("Alva", "kitchen").failed == (condition,)

    def test_but_listed_among_the_near_misses(self, why, condition, person, opening):
        matcher = match(knows("Alva", "bake", **person), opening=replace(KITCHEN, **opening))
        (row,) = matcher.rank_people("kitchen", near=True).rows
        assert (row.id, row.failed) == ("Alva", (condition,))


@pytest.mark.parametrize(("why", "person", "opening"), FITTING, ids=[case[0] for case in FITTING])
def test_what_is_unknown_or_just_enough_refuses_nobody(why, person, opening):
    matcher = match(knows("Alva", "bake", **person), opening=replace(KITCHEN, **opening))
    assert [row.id for row in matcher.rank_people("kitchen").rows] == ["Alva"]
    assert [row.id for row in matcher.rank_openings("Alva").rows] == ["kitchen"]


def test_sets_of_any_size_are_compared():
    """More codes than fit in one word of bits, and codes that the other side never saw."""
    many = frozenset(f"licence {number}" for number in range(40))
    person = knows("Alva", "bake", licences=many)
    for wanted, fits in [(many, True), (many | {"one more"}, False), (frozenset({"licence 39"}), True)]:
        matcher = match(person, opening=replace(KITCHEN, licences=wanted))
        assert bool(matcher.rank_people("kitchen").rows) is fits
