"""Bands: what is essential decides, whatever else somebody has."""

from dataclasses import replace

import pytest

from backend.matching.engine import Band, Evidence, Kind, Mention, Opening, Outcome, Person, Requirement, Wish
from tests.matching.engine.cast import knows, match

BAKERY = Opening(
    "bakery",
    requirements=[
        Requirement("bake", "Bakning", essential=True),
        Requirement("wash up", "Diska", essential=True),
        Requirement("cook", "Matlagning"),
    ],
    occupations=[Mention("drive truck", "Körning")],
)


def bands(*people, opening=BAKERY):
    return [(row.id, row.band) for row in match(*people, opening=opening).rank_people(opening.id).rows]


class TestOrder:
    def test_one_of_two_is_above_none_of_two_whatever_else_is_known(self):
        opening = replace(BAKERY, requirements=[*BAKERY.requirements[:2], Requirement("drive truck")])
        one, none = knows("one", "wash up"), knows("none", "drive truck", "drive forklift")

        found = bands(none, one, opening=replace(opening, occupations=[]))

        assert [name for name, _band in found] == ["one", "none"]

    def test_both_one_and_none(self):
        found = bands(
            knows("both", "bake", "wash up"), knows("one", "wash up"), knows("none", "drive forklift")
        )

        assert dict(found)["both"] is Band.FITS
        assert dict(found)["none"] is not Band.FITS
        assert found[0][0] == "both"

    def test_whoever_is_far_comes_last_and_is_in_no_count(self):
        matcher = match(knows("far", "drive forklift"), knows("fits", "bake", "wash up"), opening=BAKERY)
        ranking = matcher.rank_people("bakery")

        assert next(row.id for row in ranking.rows) == "fits"
        assert ranking.scored == sum(row.band > Band.FAR for row in ranking.rows)


class TestWhatFollows:
    def test_whoever_has_had_the_occupation_is_asked_about_what_belongs_to_it(self):
        matcher = match(knows("driver", "drive truck"), opening=BAKERY)
        explanation = matcher.explain("driver", "bakery")

        assert explanation.band is Band.FITS
        assert [line.outcome for line in explanation.lines if line.essential] == [Outcome.ASK, Outcome.ASK]

    def test_words_that_the_catalogue_does_not_know_are_asked_about_and_remove_nobody(self):
        opening = Opening("o", [Requirement(None, "gilla trä", essential=True), Requirement("cook")])
        explanation = match(knows("Alva", "cook"), opening=opening).explain("Alva", "o")

        assert explanation.band is Band.FITS
        assert explanation.lines[0].outcome is Outcome.ASK


class TestWish:
    @pytest.fixture
    def internship(self):
        return Opening("o", occupations=[Mention("bake", "Bagare")], kind=Kind.INTERNSHIP)

    def test_leads_in_an_internship(self, internship):
        wants = Person("wants", wishes=[Wish("bake")])
        cooks = Person("cooks", evidence=[Evidence("cook")], wishes=[Wish("drive truck")])

        assert [name for name, _band in bands(cooks, wants, opening=internship)] == ["wants", "cooks"]

    def test_counts_little_for_a_job(self, internship):
        job = replace(internship, kind=Kind.JOB)
        wants = Person("wants", wishes=[Wish("bake")])
        bakes = Person("bakes", evidence=[Evidence("bake")], wishes=[Wish("drive truck")])

        assert [name for name, _band in bands(wants, bakes, opening=job)] == ["bakes", "wants"]

    def test_may_name_a_field_of_work(self, internship):
        assert bands(Person("p", wishes=[Wish(None, "i kök", frozenset({"kitch"}))]), opening=internship)

    def test_is_never_evidence(self, internship):
        opening = replace(internship, requirements=[Requirement("bake", essential=True)])
        explanation = match(Person("p", wishes=[Wish("bake")]), opening=opening).explain("p", "o")

        assert [line.outcome for line in explanation.lines] == [Outcome.MISSING, Outcome.MISSING, Outcome.MET]

    def test_any_work_is_less_than_this_work_and_more_than_other_work(self, internship):
        people = [
            Person("any", wishes=[Wish(None, "vad som helst", is_open=True)]),
            Person("this", wishes=[Wish("bake")]),
            Person("other", wishes=[Wish("drive truck")]),
            Person("unsaid"),
        ]

        assert [name for name, _band in bands(*people, opening=internship)] == ["this", "any", "unsaid"]
