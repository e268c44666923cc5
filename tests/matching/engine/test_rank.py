from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from backend.matching.engine import Condition, Evidence, Opening, Person, Requirement, Source
from backend.matching.engine.rank import best
from backend.matching.engine.weights import NEAR_TIE
from tests.matching.engine.cast import KITCHEN, LIDINGO, STOCKHOLM, UPPSALA, knows, match


def names(ranking):
    return [row.id for row in ranking.rows]


class TestRankPeople:
    def test_the_skill_itself_beats_a_related_one_beats_none(self):
        matcher = match(knows("related", "cook"), knows("same", "bake"), knows("none", "drive truck"))
        assert names(matcher.rank_people("kitchen")) == ["same", "related"]

    def test_an_essential_requirement_weighs_more_than_a_desirable_one(self):
        opening = Opening("o", requirements=[Requirement("bake", essential=True), Requirement("drive truck")])
        matcher = match(knows("desirable", "drive truck"), knows("essential", "bake"), opening=opening)
        assert names(matcher.rank_people("o")) == ["essential", "desirable"]

    def test_stronger_evidence_of_the_same_skill_wins(self):
        seen = Person("seen", evidence=[Evidence("bake", source=Source.SUPERVISOR)])
        assert names(match(knows("said", "bake"), seen).rank_people("kitchen")) == ["seen", "said"]

    def test_equals_are_ordered_by_waiting_then_by_id(self):
        matcher = match(
            knows("b", "bake", waiting_since=date(2026, 1, 1)),
            knows("unknown wait", "bake"),
            knows("a", "bake", waiting_since=date(2026, 1, 1)),
            knows("longest", "bake", waiting_since=date(2025, 1, 1)),
        )
        assert names(matcher.rank_people("kitchen")) == ["longest", "a", "b", "unknown wait"]

    def test_who_is_excluded_is_not_listed_nor_counted(self):
        matcher = match(knows("Alva", "bake"), knows("Bo", "bake"))
        ranking = matcher.rank_people("kitchen", exclude={"Alva", "somebody else"})
        assert names(ranking) == ["Bo"]
        assert ranking.scored == 1

    def test_an_unknown_opening_is_a_key_error(self):
        with pytest.raises(KeyError):
            match().rank_people("nowhere")

    def test_an_empty_world_gives_an_empty_list(self):
        assert match().rank_people("kitchen").rows == []


class TestText:
    def test_a_requirement_without_a_concept_matches_alike_texts(self):
        opening = Opening("o", requirements=[Requirement(None, "Köra traktor", essential=True)])
        alike = Person("alike", evidence=[Evidence(None, "kör  Traktor!")])
        other = Person("other", evidence=[Evidence(None, "Sy gardiner")])
        matcher = match(alike, other, opening=opening)
        assert names(matcher.rank_people("o")) == ["alike"]
        assert names(matcher.rank_openings("alike")) == ["o"]

    def test_a_concept_that_the_catalogue_lacks_counts_as_its_text(self):
        opening = Opening("o", requirements=[Requirement("retired", "Köra traktor")])
        person = Person("p", evidence=[Evidence("withdrawn", "köra traktor")])
        assert names(match(person, opening=opening).rank_people("o")) == ["p"]

    @pytest.mark.parametrize("text", ["", "🙂", "مرحبا", "x" * 10_000])
    def test_any_text_is_borne(self, text):
        opening = Opening("o", requirements=[Requirement(None, text)])
        match(Person("p", evidence=[Evidence(None, text)]), opening=opening).rank_people("o")


class TestCounts:
    def test_how_many_more_would_be_reached_by_travelling_further(self):
        opening = replace(KITCHEN, place=STOCKHOLM, licences=frozenset({"B"}))
        drives = frozenset({"B"})
        matcher = match(
            knows("near", "bake", place=LIDINGO, travel_km=1.0, licences=drives),
            knows("far", "bake", place=UPPSALA, travel_km=1.0, licences=drives),
            knows("far without a licence", "bake", place=UPPSALA, travel_km=1.0),
            opening=opening,
        )
        ranking = matcher.rank_people("kitchen")
        assert ranking.removed == {Condition.DISTANCE: 3, Condition.LICENCES: 1}
        assert ranking.removed_only == {Condition.DISTANCE: 2}
        assert ranking.within_km == {10: 1, 20: 1, 30: 1, 50: 1, 75: 2, 100: 2}

    def test_who_does_not_match_at_all_is_considered_but_not_counted_as_removed(self):
        opening = replace(KITCHEN, licences=frozenset({"B"}))
        ranking = match(knows("bakes", "bake"), knows("drives", "drive truck"), opening=opening).rank_people(
            "kitchen"
        )
        assert (ranking.considered, ranking.scored, ranking.removed) == (2, 1, {Condition.LICENCES: 1})

    def test_the_distance_is_told(self):
        matcher = match(knows("Alva", "bake", place=UPPSALA), opening=replace(KITCHEN, place=STOCKHOLM))
        (row,) = matcher.rank_people("kitchen").rows
        assert row.distance_km == pytest.approx(63.7, abs=0.5)
        assert matcher.explain("Alva", "kitchen").distance_km == pytest.approx(row.distance_km)


class TestBest:
    @pytest.mark.parametrize("size", [0, 1, 130, 5_000])
    @pytest.mark.parametrize("limit", [1, 10, 40])
    def test_equals_a_full_sort(self, size, limit):
        points = np.random.default_rng(size).integers(0, 5 * NEAR_TIE, size).astype(np.uint16)
        scored = [row for row in range(size) if points[row]]
        expected = sorted(scored, key=lambda row: (-(int(points[row]) // NEAR_TIE), row))[:limit]
        assert best(points, limit=limit).tolist() == expected


class TestOneSideExchanged:
    def test_the_same_people_beside_other_openings(self):
        kept = match(knows("bakes", "bake"), knows("drives", "drive truck", licences=frozenset({"B"})))
        store = Opening("store", [Requirement("drive truck")], licences=frozenset({"B"}))

        assert [row.id for row in kept.with_openings([store]).rank_people("store").rows] == ["drives"]
        assert [row.id for row in kept.rank_people("kitchen").rows] == ["bakes"]

    def test_other_people_beside_the_same_openings(self):
        kept = match(knows("bakes", "bake"))

        other = kept.with_people([knows("cooks", "cook")])

        assert [row.id for row in other.rank_openings("cooks").rows] == ["kitchen"]
        assert other.people == ["cooks"]

    def test_what_one_names_is_not_known_to_the_other(self):
        """A licence that only a new opening names gets no number in what is kept."""
        kept = match(knows("bakes", "bake"))
        before = len(kept.supply.codes.licences.number)

        kept.with_openings([replace(KITCHEN, licences=frozenset({"C"}))])

        assert len(kept.supply.codes.licences.number) == before

    def test_nobody_and_nothing_rank_to_nothing(self):
        nobody = match().with_openings([KITCHEN])
        nothing = match(knows("bakes", "bake")).with_openings([])

        assert nobody.rank_people("kitchen").rows == []
        assert nothing.rank_openings("bakes").rows == []
        assert nobody.options() == nothing.options() == []


class TestWhoIsLookedFor:
    @pytest.fixture
    def matcher(self):
        return match(knows("Alva", "bake"), knows("Bo", "bake"), knows("Cia", "bake"))

    def test_only_those_among_the_chosen(self, matcher):
        ranking = matcher.rank_people("kitchen", among={"Bo", "Cia", "a stranger"})

        assert ({row.id for row in ranking.rows}, ranking.considered) == ({"Bo", "Cia"}, 2)

    def test_never_those_who_are_excluded(self, matcher):
        ranking = matcher.rank_people("kitchen", among={"Bo", "Cia"}, exclude=["Bo", "a stranger"])

        assert ({row.id for row in ranking.rows}, ranking.considered) == ({"Cia"}, 1)

    def test_an_unknown_key_is_an_error(self, matcher):
        with pytest.raises(KeyError):
            matcher.rank_people("nowhere")
