import json

import pytest

from backend.matching.engine import Wish
from backend.matching.engine.evaluation import (
    Case,
    Meaning,
    evaluate,
    quality,
    read_judgements,
    read_opening,
    read_person,
    zeros_first,
)
from tests.matching.engine.cast import RELATIONS, TODAY

PEOPLE = [
    {"id": "p1", "skills": ["bake", "cook"], "occupations": []},
    {"id": "p2", "skills": ["drive truck"], "occupations": []},
    {"id": "p3", "skills": ["wash up"], "occupations": ["cook"]},
]
OPENINGS = [{"id": "o1", "skills": [{"text": "bake", "essential": True}], "occupations": [], "places": 1}]


MEANINGS = {name: [Meaning(name)] for name in RELATIONS.number}


class TestQuality:
    def test_a_perfect_ranking_has_a_perfect_score(self):
        judged = {"o": {"a": 3, "b": 1}}
        found = quality({"o": ["a", "b"]}, judged)
        assert (found["ndcg@10"], found["mrr@10"], found["recall@10"]) == (1, 1, 1)

    def test_gain_is_exponential_and_discounted(self):
        found = quality({"o": ["b", "a"]}, {"o": {"a": 3, "b": 1}})
        ideal, got = 7 + 1 / 1.58496, 1 + 7 / 1.58496
        assert found["ndcg@10"] == pytest.approx(got / ideal, abs=1e-4)
        assert found["mrr@10"] == 0.5

    def test_recall_is_of_everybody_with_a_gain(self):
        judged = {"o": {f"p{number}": 1 for number in range(20)}}
        assert quality({"o": [f"p{number}" for number in range(10)]}, judged)["recall@10"] == 0.5

    def test_an_opening_that_nobody_suits_wholly_does_not_count_in_mrr(self):
        judged = {"o": {"a": 3}, "n": {"a": 1}}
        assert quality({"o": ["a"], "n": ["a"]}, judged)["mrr@10"] == 1.0

    @pytest.mark.parametrize(
        ("ranked", "share"), [("abc", 0), ("axb", 1 / 3), ("xyz", 1), ("abcx", 0), ("a", 0), ("", 0)]
    )
    def test_zeros_are_those_of_the_first_three_whom_nobody_would_propose(self, ranked, share):
        found = zeros_first({"o": list(ranked)}, {"o": {"a": 3, "b": 1, "c": 2, "x": 0}})
        assert found == pytest.approx(share, abs=1e-4)

    def test_nothing_found_is_zero_and_nothing_judged_is_zero(self):
        assert quality({"o": []}, {"o": {"a": 3}})["ndcg@10"] == 0.0
        assert quality({}, {})["ndcg@10"] == 0.0


class TestEvaluate:
    def test_gives_the_figures_of_the_command(self):
        case = Case(PEOPLE, OPENINGS, read_judgements(["o1\tp1\t3\n", "o1\tp3\t1\n", "\n"]))
        found = evaluate(case, meanings=MEANINGS, relations=RELATIONS, today=TODAY)
        assert (found["ndcg@10"], found["mrr@10"], found["recall@10"]) == (1.0, 1.0, 1.0)
        assert (found["openings"], found["people"]) == (1, 3)
        assert json.loads(json.dumps(found)).keys() == {
            "ndcg@10",
            "mrr@10",
            "recall@10",
            "zeros@3",
            "median_ms",
            "p99_ms",
            "openings",
            "people",
        }

    def test_condensed_leaves_out_whom_nobody_judged(self):
        people = [{"id": f"a{number}", "skills": ["bake"]} for number in range(12)] + PEOPLE
        case = Case(people, OPENINGS, {"o1": {"p3": 3, "p2": 0}})
        way = {"meanings": MEANINGS, "relations": RELATIONS, "today": TODAY}

        assert evaluate(case, **way, condensed=True)["ndcg@10"] == 1.0
        assert evaluate(case, **way)["ndcg@10"] < 1.0

    def test_each_kind_has_a_figure_of_its_own(self):
        openings = [OPENINGS[0] | {"kind": "job"}, OPENINGS[0] | {"id": "o2", "kind": "internship"}]
        case = Case(PEOPLE, openings, {"o1": {"p1": 3}, "o2": {"p1": 0, "p2": 3}})

        found = evaluate(case, meanings=MEANINGS, relations=RELATIONS, today=TODAY, condensed=True)

        assert found["ndcg@10_job"] == 1.0
        assert found["ndcg@10_internship"] < 1.0

    def test_a_wish_counts_in_an_internship_and_is_no_skill(self):
        people = [{"id": "w", "skills": [], "wishes": ["bake"]}, {"id": "x", "wishes": ["drive truck"]}]
        openings = [OPENINGS[0] | {"kind": "internship", "occupations": ["bake"]}]
        case = Case(people, openings, {"o1": {"w": 3, "x": 0}})
        way = {"meanings": MEANINGS, "relations": RELATIONS, "today": TODAY}

        found = evaluate(case, wish_of=Wish, **way)

        assert found["mrr@10"] == 1.0
        assert read_person(people[0], {}).evidence == []

    def test_a_judgement_without_a_gain_counts_as_one(self):
        assert read_judgements(["o\tp"]) == {"o": {"p": 1}}


class TestReading:
    def test_a_person_with_every_key(self):
        record = {
            "id": 7,
            "skills": ["bake"],
            "occupations": ["cook"],
            "place": {"lat": 59, "lon": 18},
            "hours": [10, 20],
            "licences": ["B"],
            "languages": {"sv": "B1", "en": 2},
            "adaptations": ["calm"],
        }
        person = read_person(record, {"bake": [Meaning("bake")]})
        assert (person.id, person.place, person.hours) == ("7", (59.0, 18.0), (10, 20))
        assert [item.concept for item in person.evidence] == ["bake", None]
        assert person.languages == {"sv": 3, "en": 2}
        assert (person.licences, person.adaptations_needed) == ({"B"}, {"calm"})

    def test_hours_by_name(self):
        assert read_person({"id": "p", "hours": {"min": 10, "max": 20}}, {}).hours == (10, 20)

    def test_an_opening_with_one_number_of_hours_and_a_list_of_languages(self):
        record = {
            "id": "o",
            "skills": [],
            "hours": 20,
            "languages": ["sv"],
            "places": 2,
            "adaptations": ["calm"],
        }
        opening = read_opening(record, {})
        assert (opening.hours, opening.languages, opening.places_left) == ((20, 20), {"sv": 1}, 2)
        assert opening.adaptations_offered == {"calm"}
