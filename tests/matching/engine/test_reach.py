from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from backend.matching.engine import Evidence, Matcher, Opening, Person, Requirement
from tests.matching.engine.cast import KITCHEN, RELATIONS, TODAY, knows
from tests.matching.engine.worlds import TODAY as WORLDS_TODAY
from tests.matching.engine.worlds import catalogues, offers, people


def learnt(person, *openings, **choice):
    return Matcher([person], openings, relations=RELATIONS, today=TODAY).skills_to_learn(person.id, **choice)


FORKLIFT = Opening("store", requirements=[Requirement("drive forklift", essential=True)])


class TestSkillsToLearn:
    def test_come_with_the_openings_they_bring_within_reach(self):
        skill = learnt(knows("Alva", "wash up"), KITCHEN, replace(KITCHEN, id="second kitchen"))[0]
        assert skill.concept == "bake"
        assert {one.opening for one in skill.reached} == {"kitchen", "second kitchen"}
        assert all(one.points_before < one.points_after for one in skill.reached)

    def test_the_one_that_brings_most_comes_first(self):
        found = learnt(knows("Alva"), KITCHEN, FORKLIFT, replace(FORKLIFT, id="second store"))
        assert [(skill.concept, len(skill.reached)) for skill in found][:1] == [("drive forklift", 2)]

    def test_are_not_what_the_person_knows(self):
        assert "bake" not in [skill.concept for skill in learnt(knows("Alva", "bake"), KITCHEN)]

    def test_an_opening_that_a_hard_condition_closes_is_not_promised(self):
        closed = replace(KITCHEN, licences=frozenset({"B"}))
        assert learnt(knows("Alva", "wash up"), closed) == []

    def test_no_more_than_the_limit(self):
        assert len(learnt(knows("Alva"), KITCHEN, FORKLIFT, limit=1)) == 1


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(catalogues, people, offers())
def test_every_promise_is_the_real_score(catalogue, person, offer):
    relations = catalogue.relations()
    before = Matcher([person], offer, relations=relations, today=WORLDS_TODAY)
    for skill in before.skills_to_learn(person.id):
        wiser = replace(person, evidence=[*person.evidence, Evidence(skill.concept)])
        after = Matcher([wiser], offer, relations=relations, today=WORLDS_TODAY)
        for one in skill.reached:
            assert before.explain(person.id, one.opening).points == one.points_before
            assert after.explain(person.id, one.opening).points == one.points_after


def test_a_person_without_evidence_can_learn_too():
    assert learnt(Person("Alva"), KITCHEN)[0].concept == "bake"
