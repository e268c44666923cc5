from datetime import date

from backend.matching.engine import Evidence, Mention, Opening, Outcome, Person, Reason, Requirement
from backend.matching.engine.demand import Part
from tests.matching.engine.cast import TODAY, knows, match


def line_of(explanation, concept):
    return next(line for line in explanation.lines if line.item and line.item.concept == concept)


class TestLines:
    def test_met_by_the_skill_itself(self):
        line = line_of(match(knows("Alva", "bake")).explain("Alva", "kitchen"), "bake")
        assert (line.outcome, line.via, line.reason, line.degree) == (Outcome.MET, "bake", Reason.SAME, 1.0)

    def test_nearly_met_by_a_related_skill_which_is_named_with_its_degree(self):
        line = line_of(match(knows("Alva", "cook")).explain("Alva", "kitchen"), "bake")
        assert (line.outcome, line.via, line.reason) == (Outcome.NEAR, "cook", Reason.BROADER)
        assert 0.49 < line.degree < 0.51

    def test_missing_is_shown_and_an_essential_gap_is_never_hidden(self):
        explanation = match(knows("Alva", "wash up")).explain("Alva", "kitchen")
        assert line_of(explanation, "bake").outcome is Outcome.MISSING
        assert [line.item.concept for line in explanation.essential_gaps] == ["bake"]

    def test_the_kind_of_work_names_the_skills_that_point_to_it(self):
        explanation = match(knows("Alva", "cook", "wash up", "drive truck")).explain("Alva", "kitchen")
        line = explanation.lines[-1]
        assert line.part is Part.DONE
        assert (line.group, set(line.because)) == ("kitchen", {"cook", "wash up"})

    def test_an_occupation_that_somebody_has_counts_by_itself(self):
        opening = Opening("o", occupations=[Mention("drive truck", "Lastbilsförare")])
        line = match(knows("Alva", "drive forklift"), opening=opening).explain("Alva", "o").lines[0]
        assert (line.via, line.reason) == ("drive forklift", Reason.NARROWER)

    def test_a_text_is_shown_as_it_was_compared(self):
        opening = Opening("o", requirements=[Requirement(None, "Traktor, köra")])
        person = Person("Alva", evidence=[Evidence(None, "köra TRAKTOR")])
        line = match(person, opening=opening).explain("Alva", "o").lines[0]
        assert (line.text, line.reason, line.outcome) == ("köra traktor", Reason.SAME_TEXT, Outcome.NEAR)


class TestWouldChange:
    def test_names_the_greatest_lift_first(self):
        explanation = match(knows("Alva", "drive truck")).explain("Alva", "kitchen")
        assert [line.item.concept for line in explanation.would_change] == ["bake", "wash up"]

    def test_old_knowledge_leaves_something_to_gain(self):
        rusty = Person("Alva", evidence=[Evidence("bake", used_on=date(2001, 1, 1))])
        explanation = match(rusty).explain("Alva", "kitchen")
        line = line_of(explanation, "bake")
        assert line.outcome is Outcome.MET
        assert line.strength < Evidence("bake").strength(today=TODAY)
        assert line in explanation.would_change
