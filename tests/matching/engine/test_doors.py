from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from backend.matching.engine import Evidence, Matcher, Opening, Person, Requirement
from tests.matching.engine.cast import KITCHEN, RELATIONS, TODAY, knows
from tests.matching.engine.worlds import TODAY as WORLDS_TODAY
from tests.matching.engine.worlds import catalogues, offers, people


def doors(person, *openings, **choice):
    return Matcher([person], openings, RELATIONS, today=TODAY).what_opens_doors(person.id, **choice)


FORKLIFT = Opening("store", requirements=[Requirement("drive forklift", essential=True)])


class TestWhatOpensDoors:
    def test_names_the_skill_and_the_openings_it_opens(self):
        door = doors(knows("Alva", "wash up"), KITCHEN, replace(KITCHEN, id="second kitchen"))[0]
        assert door.concept == "bake"
        assert {one.opening for one in door.opens} == {"kitchen", "second kitchen"}
        assert all(one.points_before < one.points_after for one in door.opens)

    def test_the_skill_that_opens_most_comes_first(self):
        found = doors(knows("Alva"), KITCHEN, FORKLIFT, replace(FORKLIFT, id="second store"))
        assert [(door.concept, len(door.opens)) for door in found][:1] == [("drive forklift", 2)]

    def test_a_skill_that_the_person_has_is_not_a_door(self):
        assert "bake" not in [door.concept for door in doors(knows("Alva", "bake"), KITCHEN)]

    def test_an_opening_that_a_hard_condition_closes_is_not_promised(self):
        closed = replace(KITCHEN, licences=frozenset({"B"}))
        assert doors(knows("Alva", "wash up"), closed) == []

    def test_no_more_than_the_limit(self):
        assert len(doors(knows("Alva"), KITCHEN, FORKLIFT, limit=1)) == 1


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(catalogues, people, offers())
def test_every_promise_is_the_real_score(catalogue, person, offer):
    relations = catalogue.relations()
    before = Matcher([person], offer, relations, today=WORLDS_TODAY)
    for door in before.what_opens_doors(person.id):
        wiser = replace(person, evidence=[*person.evidence, Evidence(door.concept)])
        after = Matcher([wiser], offer, relations, today=WORLDS_TODAY)
        for one in door.opens:
            assert before.explain(person.id, one.opening).points == one.points_before
            assert after.explain(person.id, one.opening).points == one.points_after


def test_a_person_without_evidence_has_doors_too():
    assert doors(Person("Alva"), KITCHEN)[0].concept == "bake"
