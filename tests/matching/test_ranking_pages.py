"""The pages of rankings: they explain themselves, at a constant number of queries."""

from datetime import timedelta
from html import escape

import pytest
from django.urls import reverse

from backend.core.models import ReadEntry
from backend.employers.enums import Standing
from backend.employers.models import EmployerCheck
from backend.matching.models import Proposal
from backend.participants.models import Participant
from backend.skills.enums import Resolution
from tests.arranging import refuse
from tests.factories import (
    MunicipalityFactory,
    OpeningFactory,
    ParticipantFactory,
    SkillEvidenceFactory,
    SkillRequirementFactory,
    stand,
)
from tests.factories.base import TODAY
from tests.matching.test_proposal_pages import without_tokens


@pytest.fixture
def coach(client, cast):
    client.force_login(cast.coach)
    return client


def candidates(cast, query=""):
    return reverse("matching:candidates", args=[cast.opening.pk]) + query


def add_bakers(cast, baking, count):
    for number in range(count):
        person = ParticipantFactory(first_name=f"Bagare{number}", unit=cast.unit, coach=cast.coach)
        SkillEvidenceFactory(participant=person, text="bak", concept=baking, resolution=Resolution.CONFIRMED)


class TestCandidates:
    def test_says_who_and_why(self, coach, asks_for_baking):
        SkillRequirementFactory(opening=asks_for_baking.opening, text="glasera")

        page = coach.get(candidates(asks_for_baking)).content.decode()

        assert "Föreslå Pia" in page
        said = "Pia uppfyller 1 av 2 krav; fråga om: glasera."
        for words in ("Baka bröd", "glasera", said, "har väntat 59 dagar"):
            assert words in page
        for hidden in ("Pelle", "Skye"):
            assert hidden not in page

    def test_names_lead_to_a_page_that_leads_back(self, coach, asks_for_baking):
        page = coach.get(candidates(asks_for_baking)).content.decode()

        pia, opening = asks_for_baking.pia, asks_for_baking.opening
        assert f'href="{pia.get_absolute_url()}?kandidat-till={opening.pk}"' in page

    def test_writes_down_whose_data_was_shown(self, coach, asks_for_baking):
        coach.get(candidates(asks_for_baking))

        entry = ReadEntry.objects.get(subject_id=asks_for_baking.pia.pk)
        assert (entry.by, entry.page) == (asks_for_baking.coach, "matching.ranking")

    @pytest.mark.parametrize("people", [1, 3])
    def test_takes_as_many_queries_for_three_as_for_one(
        self, coach, asks_for_baking, baking, people, django_assert_num_queries
    ):
        add_bakers(asks_for_baking, baking, people - 1)
        coach.get(candidates(asks_for_baking))

        # Signing in takes three (session, user, assignments), the opening one with how its employer stands,
        # the ranking four; and the two logs get a row each.
        with django_assert_num_queries(10):
            response = coach.get(candidates(asks_for_baking))

        assert response.content.decode().count("Föreslå ") == people

    def test_who_is_not_proposed_after_all_is_found_again_where_the_list_was_left(
        self, coach, asks_for_baking
    ):
        pia, listed = asks_for_baking.pia, candidates(asks_for_baking, "?essentials=on&page=1")
        assert f'id="row-{pia.pk}"' in coach.get(listed).content.decode()

        for page in ("propose", "why"):
            address = reverse(f"matching:{page}", args=[asks_for_baking.opening.pk, pia.pk])
            assert f'href="{escape(listed)}#row-{pia.pk}"' in coach.get(address).content.decode()

    def test_tells_before_anybody_is_asked_that_the_employers_checks_have_run_out(
        self, coach, asks_for_baking
    ):
        last = asks_for_baking.bakery.checks.order_by("-recorded_at", "pk").first()
        EmployerCheck.objects.filter(pk=last.pk).update(valid_until=TODAY - timedelta(days=1))
        page = coach.get(candidates(asks_for_baking)).content.decode()

        assert "Arbetsgivarens kontroller behöver åtgärdas först" in page
        assert reverse("employers:employer_detail", args=[asks_for_baking.bakery.pk]) in page

    @pytest.mark.parametrize(
        "query", ["?within=5", "?mine=on", "?essentials=on", "?state=active", "?page=2", "?page=%F0%9F%98%80"]
    )
    def test_can_be_narrowed(self, coach, asks_for_baking, query):
        assert "Föreslå Pia" in coach.get(candidates(asks_for_baking, query)).content.decode()

    @pytest.mark.parametrize("query", ["?within=x", "?state=nonsense", "?unit=1", "?page=-1"])
    def test_a_filter_that_makes_no_sense_breaks_nothing(self, coach, asks_for_baking, query):
        assert coach.get(candidates(asks_for_baking, query)).status_code == 200

    def test_says_why_nobody_can_be_proposed(self, coach, asks_for_baking):
        stand(asks_for_baking.bakery, Standing.PAUSED)

        page = coach.get(candidates(asks_for_baking)).content.decode()

        assert "Kommunen placerar ingen hos" in page
        assert "Föreslå Pia" not in page


class TestDrafts:
    def test_one_goes_on_to_what_may_be_told(self, coach, cast):
        address = reverse("matching:draft_create", args=[cast.opening.pk])

        response = coach.post(address, {"participant": [cast.pia.pk]})

        assert response.url == reverse("matching:propose", args=[cast.opening.pk, cast.pia.pk])
        assert Proposal.objects.get().state == "draft"

    def test_nothing_is_known_of_an_opening_elsewhere_even_when_nobody_is_ticked(self, coach, cast):
        elsewhere = OpeningFactory(workplace__employer__municipality=MunicipalityFactory(name="Annanstad"))

        response = coach.post(reverse("matching:draft_create", args=[elsewhere.pk]))

        assert response.status_code == 404

    def test_several_go_to_the_list(self, coach, cast):
        other = ParticipantFactory(unit=cast.unit, coach=cast.coach)
        address = reverse("matching:draft_create", args=[cast.opening.pk])

        response = coach.post(address, {"participant": [cast.pia.pk, other.pk]}, follow=True)

        assert Proposal.objects.count() == 2
        assert "2 utkast är gjorda." in response.content.decode()

    @pytest.mark.parametrize("keys", [["not-a-key"], ["00000000-0000-0000-0000-000000000000"]])
    def test_of_nobody_is_not_found(self, coach, cast, keys):
        response = coach.post(reverse("matching:draft_create", args=[cast.opening.pk]), {"participant": keys})

        assert response.status_code == 404
        assert not Proposal.objects.exists()

    def test_of_another_unit_s_participant_is_not_found_and_none_is_made(self, coach, cast):
        address = reverse("matching:draft_create", args=[cast.opening.pk])

        response = coach.post(address, {"participant": [cast.pia.pk, cast.pelle.pk]})

        assert response.status_code == 404
        assert not Proposal.objects.exists()

    def test_of_none_asks_to_tick_somebody(self, coach, cast):
        address = reverse("matching:draft_create", args=[cast.opening.pk])

        assert "Kryssa för minst en person" in coach.post(address, follow=True).content.decode()


class TestOpeningsFor:
    def test_says_which_and_why(self, coach, asks_for_baking):
        page = coach.get(reverse("matching:openings_for", args=[asks_for_baking.pia.pk])).content.decode()

        assert "Bagarbiträde" in page
        assert "Bageriet AB" in page
        assert "Pia uppfyller allt som efterfrågas" in page or "Pia uppfyller allt nödvändigt" in page

    def test_takes_a_constant_number_of_queries(self, coach, asks_for_baking, django_assert_num_queries):
        address = reverse("matching:openings_for", args=[asks_for_baking.pia.pk])
        coach.get(address)

        with django_assert_num_queries(10):
            coach.get(address)

    @pytest.mark.parametrize("name", ["openings_for", "skills_to_learn"])
    def test_a_protected_identity_is_not_matched(self, coach, cast, name):
        assert coach.get(reverse(f"matching:{name}", args=[cast.skye.pk])).status_code == 404

    def test_doors_name_the_skill_and_the_opening(self, coach, asks_for_baking):
        other = ParticipantFactory(unit=asks_for_baking.unit, coach=asks_for_baking.coach)

        page = coach.get(reverse("matching:skills_to_learn", args=[other.pk])).content.decode()

        assert "Baka bröd" in page
        assert "Bagarbiträde" in page

    def test_there_may_be_no_door(self, coach, cast):
        page = coach.get(reverse("matching:skills_to_learn", args=[cast.pia.pk])).content.decode()

        assert "Ingen enskild kompetens" in page


class TestPanels:
    def test_a_person_s_page_has_the_way_to_places(self, coach, cast):
        page = coach.get(cast.pia.get_absolute_url()).content.decode()

        assert reverse("matching:openings_for", args=[cast.pia.pk]) in page

    def test_an_opening_s_page_has_the_way_to_candidates_for_coaches_alone(self, coach, cast, client):
        address = candidates(cast)
        assert address in coach.get(cast.opening.get_absolute_url()).content.decode()

        client.force_login(cast.employer_member)
        assert address not in client.get(cast.opening.get_absolute_url()).content.decode()

    def test_an_employer_reads_the_released_first_name_alone_on_its_opening_s_page(
        self, client, cast, propose_pia
    ):
        propose_pia()
        client.force_login(cast.employer_member)

        page = client.get(cast.opening.get_absolute_url()).content.decode()

        assert "Pia – Bagarbiträde</a>" in page
        assert cast.pia.last_name not in page

    def test_strangers_see_no_trace_of_proposals(self, client, cast, propose_pia):
        without = without_tokens(client.get(cast.opening.get_absolute_url()))
        propose_pia()
        assert without_tokens(client.get(cast.opening.get_absolute_url())) == without

        client.force_login(cast.other_employer)
        assert "Förslag" not in client.get(cast.opening.get_absolute_url()).content.decode()

    def test_the_caseload_counts_open_proposals(self, coach, cast, propose_pia):
        from backend.matching.pages.panels import open_proposals

        propose_pia()

        assert open_proposals([cast.pia, cast.pelle]) == {cast.pia.pk: 1}
        assert Participant.objects.count() == 3


class TestWhy:
    def test_the_points_stand_line_by_line(self, coach, asks_for_baking):
        cast = asks_for_baking
        page = coach.get(reverse("matching:why", args=[cast.opening.pk, cast.pia.pk])).content.decode()

        assert "Baka bröd" in page
        assert 'id="points"' in page

    def test_also_for_who_does_not_fit(self, coach, asks_for_baking):
        cast = asks_for_baking
        Participant.objects.filter(pk=cast.pia.pk).update(adaptations=["calm"])
        refuse(cast.opening.workplace, "calm")

        page = coach.get(reverse("matching:why", args=[cast.opening.pk, cast.pia.pk])).content.decode()

        assert "En anpassning som behövs går inte att ordna" in page

    def test_a_protected_identity_is_not_found(self, coach, cast):
        assert coach.get(reverse("matching:why", args=[cast.opening.pk, cast.skye.pk])).status_code == 404


def test_the_number_of_near_misses_is_the_sum_of_the_table(coach, asks_for_baking, baking):
    """Also where more miss by one condition than are shown."""
    add_bakers(asks_for_baking, baking, 11)
    type(asks_for_baking.opening).objects.filter(pk=asks_for_baking.opening.pk).update(licences=["B"])

    page = coach.get(candidates(asks_for_baking)).content.decode()

    assert "12 nästan" in page
