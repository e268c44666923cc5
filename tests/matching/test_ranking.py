"""Who is ranked for an opening, and what follows at once when something changes."""

from datetime import timedelta

import pytest

from backend.core.writing import audit
from backend.employers.enums import OpeningState, Standing
from backend.employers.models import OccupationOfOpening, Opening
from backend.matching.models import Proposal, RankingShown
from backend.matching.rankings.learning import worth_learning
from backend.matching.rankings.matches import marks_of_told, match_of
from backend.matching.rankings.ranked import Narrowing
from backend.matching.rankings.ranking import rank_for_opening, rank_for_participant
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant
from backend.participants.services import add_skill, change_state
from backend.skills.enums import ConceptKind, Resolution
from backend.skills.models import CatalogueVersion, ConceptGroup, Relation
from tests.arranging import refuse
from tests.factories import (
    ConceptFactory,
    OpeningFactory,
    ParticipantFactory,
    SkillEvidenceFactory,
    SkillRequirementFactory,
    stand,
)
from tests.factories.base import NOW


def names(ranked):
    return [match.subject.first_name for match in ranked.matches]


def candidates(cast, **narrowing):
    openings = Opening.objects.select_related("workplace__employer", "occupation")
    opening = openings.get(pk=cast.opening.pk)
    return rank_for_opening(opening, by=cast.coach, at=NOW, narrowing=Narrowing(**narrowing))


@pytest.fixture
def bake(asks_for_baking, baking):
    """Make somebody who can bake too."""

    def make(name="Amina", **facts):
        cast = asks_for_baking
        facts = {"unit": cast.unit, "coach": cast.coach, **facts}
        person = ParticipantFactory(first_name=name, **facts)
        SkillEvidenceFactory(
            participant=person, text="bakning", concept=baking, resolution=Resolution.CONFIRMED
        )
        return person

    return make


class TestWhoIsRanked:
    def test_those_of_the_coach_s_units_who_wait(self, asks_for_baking, bake):
        bake("Amina", unit=asks_for_baking.other_unit)
        bake("Bo", state=ParticipantState.EMPLOYED)

        assert names(candidates(asks_for_baking)) == ["Pia"]

    def test_a_protected_identity_never_is(self, asks_for_baking, bake):
        hidden = bake("Skye", is_protected=True)
        hidden.handlers.add(asks_for_baking.coach)

        assert names(candidates(asks_for_baking)) == ["Pia"]

    def test_nobody_who_is_proposed_already(self, asks_for_baking, propose_pia):
        propose_pia()

        assert names(candidates(asks_for_baking)) == []

    def test_a_near_tie_goes_to_whoever_has_waited_longest(self, asks_for_baking, bake):
        early = asks_for_baking.pia.waiting_since - timedelta(days=100)
        bake("Amina", waiting_since=early, enrolled_on=early)

        assert names(candidates(asks_for_baking)) == ["Amina", "Pia"]

    def test_words_that_nobody_has_confirmed_count_as_words_only(self, asks_for_baking, baking):
        unsure = ParticipantFactory(first_name="Ulla", unit=asks_for_baking.unit, coach=asks_for_baking.coach)
        SkillEvidenceFactory(
            participant=unsure, text="bak", concept=baking, resolution=Resolution.ASK, degree=0.6
        )

        assert names(candidates(asks_for_baking)) == ["Pia"]


class TestHardConditions:
    @pytest.mark.parametrize(
        ("condition", "facts"),
        [
            ("licences", {"licences": ["B"]}),
            ("languages", {"languages": {"sv": "B2"}}),
            ("hours", {"hours_min": 1, "hours_max": 5}),
        ],
    )
    def test_what_the_opening_needs(self, asks_for_baking, condition, facts):
        opening = asks_for_baking.opening
        Participant.objects.filter(pk=asks_for_baking.pia.pk).update(languages={"sv": "A2"})
        type(opening).objects.filter(pk=opening.pk).update(**facts)

        ranked = candidates(asks_for_baking)

        assert ranked.matches == []
        assert {each.condition: (each.count, each.only) for each in ranked.removed} == {condition: (1, 1)}
        assert [match.subject for match in ranked.near] == [asks_for_baking.pia]

    def test_a_language_that_nobody_has_spoken_of_removes_nobody(self, asks_for_baking):
        opening = asks_for_baking.opening
        type(opening).objects.filter(pk=opening.pk).update(languages={"sv": "B2"})

        assert names(candidates(asks_for_baking)) == ["Pia"]

    def test_an_adaptation_that_is_not_offered(self, bake, asks_for_baking):
        bake("Amina", adaptations=["calm"])
        assert sorted(names(candidates(asks_for_baking))) == ["Amina", "Pia"]  # nobody has said no

        refuse(asks_for_baking.opening.workplace, "calm")
        ranked = candidates(asks_for_baking)

        assert names(ranked) == ["Pia"]
        assert [each.condition for each in ranked.removed] == ["adaptations"]

    def test_an_adaptation_that_the_opening_offers_though_the_workplace_else_does_not(
        self, bake, asks_for_baking
    ):
        bake("Amina", adaptations=["calm"])
        refuse(asks_for_baking.opening.workplace, "calm")
        Opening.objects.filter(pk=asks_for_baking.opening.pk).update(adaptations=["calm"])

        assert sorted(names(candidates(asks_for_baking))) == ["Amina", "Pia"]

    def test_an_adaptation_that_would_be_good_removes_nobody(self, bake, asks_for_baking):
        bake("Amina", adaptations_good=["calm"])
        refuse(asks_for_baking.opening.workplace, "calm")

        assert sorted(names(candidates(asks_for_baking))) == ["Amina", "Pia"]

    def test_how_many_more_there_would_be_if_they_travelled_further(self, asks_for_baking, bake):
        bake("Amina", latitude=59.5, longitude=16.51, max_travel_km=5)

        assert candidates(asks_for_baking).further[0] == (20, 1)

    @pytest.mark.parametrize("standing", [Standing.NEW, Standing.PAUSED, Standing.STOPPED])
    def test_an_employer_that_is_not_approved_gets_nobody(self, asks_for_baking, standing):
        bakery = asks_for_baking.bakery
        stand(bakery, standing)

        assert candidates(asks_for_baking).matches == []

    def test_no_place_left_means_nobody(self, asks_for_baking):
        opening = asks_for_baking.opening
        type(opening).objects.filter(pk=opening.pk).update(places_taken=1)

        assert candidates(asks_for_baking).matches == []


class TestWhatTheReaderNarrows:
    def test_distance_and_persons(self, asks_for_baking, bake):
        bake("Amina", latitude=59.5, longitude=16.51)

        assert names(candidates(asks_for_baking, max_km=5)) == ["Pia"]
        assert names(candidates(asks_for_baking, among=[str(asks_for_baking.pelle.pk)])) == []

    def test_only_who_lacks_nothing_essential(self, asks_for_baking):
        glazing = ConceptFactory(name_sv="Glasera", kind=ConceptKind.SKILL)
        SkillRequirementFactory(
            opening=asks_for_baking.opening,
            text="glasera",
            essential=True,
            concept=glazing,
            resolution=Resolution.ACCEPTED,
        )

        assert names(candidates(asks_for_baking)) == ["Pia"]
        assert names(candidates(asks_for_baking, only_essentials=True)) == []

    def test_a_page_beyond_the_last_is_the_last(self, asks_for_baking, bake):
        bake("Amina")

        ranked = candidates(asks_for_baking, page=9, size=1)

        assert (ranked.page, ranked.total, len(ranked.matches)) == (2, 2, 1)


class TestAtOnce:
    """Pools are kept in the process; a change through the services is seen by the next reader."""

    def test_a_new_skill(self, asks_for_baking):
        cast = asks_for_baking
        amina = ParticipantFactory(first_name="Amina", unit=cast.unit, coach=cast.coach)
        assert names(candidates(cast)) == ["Pia"]

        add_skill(participant_id=amina.pk, text="Baka bröd", by=cast.coach, at=NOW)

        assert set(names(candidates(cast))) == {"Amina", "Pia"}

    def test_a_pause(self, asks_for_baking):
        cast = asks_for_baking
        assert names(candidates(cast)) == ["Pia"]

        change_state(
            participant_id=cast.pia.pk, to=ParticipantState.PAUSED, by=cast.coach, at=NOW, why="sjuk"
        )

        assert names(candidates(cast)) == []

    def test_a_new_opening(self, asks_for_baking, baking):
        cast = asks_for_baking
        assert len(rank_for_participant(cast.pia, by=cast.coach, at=NOW).matches) == 1

        opening = OpeningFactory(workplace__employer=cast.joinery, title="Konditor")
        SkillRequirementFactory(
            opening=opening, text="Baka bröd", concept=baking, resolution=Resolution.ACCEPTED
        )
        audit.record(opening, "state_published", by=cast.coach, at=NOW)

        found = rank_for_participant(cast.pia, by=cast.coach, at=NOW)
        assert {match.subject for match in found.matches} == {cast.opening, opening}

    def test_nothing_is_loaded_twice(self, asks_for_baking, django_assert_num_queries):
        candidates(asks_for_baking)

        # the opening and its employer's measures, version and changes, requirements, proposed, the rows
        # shown, the record of it
        with django_assert_num_queries(7):
            candidates(asks_for_baking)


class TestTheOtherWayRound:
    def test_published_openings_of_the_municipality(self, asks_for_baking, baking):
        cast = asks_for_baking
        for state in (OpeningState.DRAFT, OpeningState.CLOSED):
            SkillRequirementFactory(
                opening=OpeningFactory(workplace__employer=cast.joinery, state=state),
                text="Baka bröd",
                concept=baking,
                resolution=Resolution.ACCEPTED,
            )

        ranked = rank_for_participant(cast.pia, by=cast.coach, at=NOW)

        assert [match.subject for match in ranked.matches] == [cast.opening]
        assert ranked.matches[0].percent == candidates(cast).matches[0].percent

    def test_a_protected_identity_has_no_ranking(self, asks_for_baking, baking):
        SkillEvidenceFactory(
            participant=asks_for_baking.skye, concept=baking, resolution=Resolution.CONFIRMED
        )

        assert rank_for_participant(asks_for_baking.skye, by=asks_for_baking.coach, at=NOW).matches == []

    def test_what_would_open_doors(self, asks_for_baking):
        pelle = ParticipantFactory(unit=asks_for_baking.unit, coach=asks_for_baking.coach)

        skills = worth_learning(pelle, by=asks_for_baking.coach, at=NOW)

        assert [(each.skill, each.openings) for each in skills] == [("Baka bröd", [asks_for_baking.opening])]


class TestExplanation:
    def test_the_points_of_the_marks_add_up_to_the_match(self, asks_for_baking):
        SkillRequirementFactory(opening=asks_for_baking.opening, text="glasera", essential=False)

        match = match_of(asks_for_baking.opening, asks_for_baking.pia, at=NOW)

        assert sum(mark.points for mark in match.marks) == match.percent
        assert [(mark.text, mark.mark) for mark in match.marks if mark.about == "requirement"] == [
            ("Baka bröd", "met"),
            ("glasera", "missing"),
        ]
        assert match.sentence == "Pia uppfyller allt nödvändigt."
        assert any(change.startswith("glasera") for change in match.would_change)


class TestRecord:
    def test_what_was_shown_is_kept(self, asks_for_baking):
        ranked = candidates(asks_for_baking)

        [shown] = RankingShown.objects.all()
        assert (shown.by, shown.about, shown.subject_id) == (
            asks_for_baking.coach,
            "opening",
            asks_for_baking.opening.pk,
        )
        assert shown.rows == [[str(asks_for_baking.pia.pk), ranked.matches[0].percent]]

    def test_near_misses_are_kept_apart(self, asks_for_baking):
        opening = asks_for_baking.opening
        type(opening).objects.filter(pk=opening.pk).update(licences=["B"])

        ranked = candidates(asks_for_baking)

        [shown] = RankingShown.objects.all()
        assert (shown.rows, shown.removed) == ([], {"licences": 1})
        assert shown.near == [[str(asks_for_baking.pia.pk), ranked.near[0].percent]]

    def test_ranking_proposes_nobody(self, asks_for_baking):
        candidates(asks_for_baking)

        assert not Proposal.objects.exists()


class TestMarks:
    """From the degree that something counts with to the sign that a reader sees."""

    @pytest.fixture
    def related(self, asks_for_baking, baking):
        """Let Ulla have something that counts for baking to some degree."""

        def relate(degree, kind="narrower"):
            cast, other = asks_for_baking, ConceptFactory(name_sv="Grädda")
            Relation.objects.create(source=other, target=baking, kind=kind, degree=degree)
            CatalogueVersion.objects.create(scheme="test", imported_at=NOW, added=0, changed=1, retired=0)
            ulla = ParticipantFactory(first_name="Ulla", unit=cast.unit, coach=cast.coach)
            SkillEvidenceFactory(participant=ulla, concept=other, resolution=Resolution.CONFIRMED)
            [mark] = match_of(cast.opening, ulla, at=NOW).marks
            return mark

        return relate

    @pytest.mark.parametrize(
        ("degree", "sign", "via"),
        [(0.95, "met", ""), (0.85, "near", "Grädda"), (0.5, "near", "Grädda"), (0.2, "near", "Grädda")],
    )
    def test_follow_the_degree(self, related, degree, sign, via):
        mark = related(degree)

        assert (mark.mark, mark.via) == (sign, via)
        assert mark.points > 0

    def test_what_no_coach_would_say_aloud_is_asked_about(self, related):
        mark = related(0.45, kind="shared_occupations")

        assert (mark.mark, mark.via) == ("ask", "")
        assert mark.points > 0

    def test_what_only_follows_from_skills_is_no_tick_and_reaches_no_employer(self, asks_for_baking, baking):
        """The kind of work, known by skills alone: "can much of the work as", never "has worked as"."""
        cast, baker = asks_for_baking, ConceptFactory(name_sv="Bagare", kind=ConceptKind.OCCUPATION)
        for concept in (baker, baking):
            ConceptGroup.objects.create(concept=concept, group="7612")
        for group in ("1111", "2222", "3333"):
            ConceptGroup.objects.create(concept=ConceptFactory(name_sv=f"Annat {group}"), group=group)
        OccupationOfOpening.objects.create(
            opening=cast.opening, text="bagare", concept=baker, resolution=Resolution.ACCEPTED
        )
        CatalogueVersion.objects.create(scheme="test", imported_at=NOW, added=0, changed=1, retired=0)

        [done] = [
            each for each in match_of(cast.opening, cast.pia, at=NOW).marks if each.about == "experience"
        ]
        told = marks_of_told(cast.opening, [(baking.pk, "baka")], at=NOW)

        assert done.is_inferred
        assert done.mark != "met"
        assert {each.about for each in told} == {"requirement"}
