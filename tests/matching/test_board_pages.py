"""The pages of allocation: what the board shows and does, what is new, and who gets chances."""

from datetime import timedelta

import pytest
from django.urls import reverse

from backend.core.models import OutboxMessage, ReadEntry
from backend.employers.models import Opening
from backend.matching.models import AllocationChoice, Proposal, RankingShown
from backend.participants.models import Participant
from backend.skills.models import CatalogueVersion
from tests.factories import OpeningFactory, ParticipantFactory, SkillRequirementFactory
from tests.factories.base import NOW
from tests.matching.test_ranking_pages import add_bakers

BOARD, NEWS, EXPOSURE, DRAFT = (f"matching:{name}" for name in ("board", "news", "exposure", "board_draft"))


@pytest.fixture
def coach(client, cast):
    client.force_login(cast.coach)
    return client


def text(client, name, query=""):
    response = client.get(reverse(name) + query)
    assert response.status_code == 200
    return response.content.decode()


def choose(client, cast, kind, **settings):
    address = reverse("matching:board_choose", args=[cast.opening.pk, cast.pia.pk])
    return client.post(address, {"kind": kind, **settings})


def add_openings(cast, baking, count):
    for number in range(count):
        opening = OpeningFactory(workplace=cast.opening.workplace, title=f"Plats {number}")
        SkillRequirementFactory(opening=opening, text="baka", concept=baking, resolution="accepted")


class TestBoard:
    def test_shows_who_and_why(self, coach, asks_for_baking):
        page = text(coach, BOARD)

        assert "1 förslag, till 1 av 1 platser" in page
        for words in ("Bagarbiträde", "Pia", "Baka bröd", "har väntat 59 dagar"):
            assert words in page
        for hidden in ("Pelle", "Skye"):
            assert hidden not in page

    def test_tells_the_price_of_the_priority(self, coach, asks_for_baking):
        assert "kostar 0,0\xa0% av matchningen" in text(coach, BOARD, "?priority=50")
        assert "har ingen förtur nu" in text(coach, BOARD)

    def test_the_settings_stay_as_they_were_set(self, coach, asks_for_baking):
        page = text(coach, BOARD, "?days=90&names=4&cap=3&priority=70")

        assert '<option value="90" selected>' in page
        assert 'type="range" name="priority" value="70"' in page

    @pytest.mark.parametrize(
        "query", ["?days=8", "?names=x", "?cap=99", "?priority=-1", "?page=%F0%9F%98%80"]
    )
    def test_a_setting_that_makes_no_sense_breaks_nothing(self, coach, asks_for_baking, query):
        assert "Pia" in text(coach, BOARD, query)

    def test_offers_no_drafts_where_everybody_is_proposed(self, coach, asks_for_baking, propose_pia):
        propose_pia()

        page = text(coach, BOARD)

        assert "1 redan föreslagen" in page
        assert "Gör utkast" not in page

    def test_can_be_empty(self, coach, cast):
        Participant.objects.update(state="paused")

        assert "Ingen att föreslå" in text(coach, BOARD)

    def test_participants_can_see_that_they_were_thought_of(self, coach, asks_for_baking):
        text(coach, BOARD)

        entry = ReadEntry.objects.get(subject_id=asks_for_baking.pia.pk)
        assert (entry.by, entry.page) == (asks_for_baking.coach, "matching.board")

    @pytest.mark.parametrize("more", [0, 3])
    def test_takes_as_many_queries_for_four_as_for_one(
        self, coach, asks_for_baking, baking, more, django_assert_num_queries
    ):
        add_bakers(asks_for_baking, baking, more)
        add_openings(asks_for_baking, baking, more)
        text(coach, BOARD)

        # Signing in takes three, the catalogue one, whether people or openings have changed two, what is
        # proposed and chosen two, the rows to show two, the notes of what was shown and of the looks two.
        with django_assert_num_queries(11):
            page = text(coach, BOARD)

        assert page.count('name="pair"') == more + 1


class TestChoosing:
    def test_goes_back_to_the_board_as_it_was_set(self, coach, asks_for_baking):
        response = choose(coach, asks_for_baking, "pin", settings="days=90&priority=20")

        assert response.url == f"/fordelning/?days=90&priority=20#opening-{asks_for_baking.opening.pk}"
        assert "Behålls" in text(coach, BOARD)

    def test_a_ban_can_be_taken_back(self, coach, asks_for_baking):
        choose(coach, asks_for_baking, "ban")
        assert "tillåt igen" in text(coach, BOARD)

        choose(coach, asks_for_baking, "clear")
        assert not AllocationChoice.objects.exists()

    def test_another_unit_s_coach_is_told_that_there_is_no_such_page(self, client, asks_for_baking):
        client.force_login(asks_for_baking.other_coach)

        assert choose(client, asks_for_baking, "pin").status_code == 404
        assert not AllocationChoice.objects.exists()

    def test_an_unknown_choice_changes_nothing(self, coach, asks_for_baking):
        choose(coach, asks_for_baking, "nonsense")

        assert not AllocationChoice.objects.exists()


class TestDrafts:
    def test_are_made_of_what_was_ticked_and_nothing_is_sent(self, coach, asks_for_baking):
        pair = f"{asks_for_baking.opening.pk}:{asks_for_baking.pia.pk}"

        response = coach.post(reverse(DRAFT), {"pair": [pair]}, follow=True)

        draft = Proposal.objects.get()
        assert (draft.state, draft.participant) == ("draft", asks_for_baking.pia)
        assert draft.explanation["marks"][0]["text"] == "Baka bröd"
        assert not OutboxMessage.objects.exists()
        assert "1 utkast är gjort." in response.content.decode()

    def test_two_clicks_make_one_draft(self, coach, asks_for_baking):
        pair = f"{asks_for_baking.opening.pk}:{asks_for_baking.pia.pk}"
        coach.post(reverse(DRAFT), {"pair": [pair]})

        response = coach.post(reverse(DRAFT), {"pair": [pair]}, follow=True)

        assert Proposal.objects.count() == 1
        assert "redan föreslagen" in response.content.decode()

    def test_of_another_unit_s_person_are_not_found_and_none_is_made(self, coach, asks_for_baking):
        cast = asks_for_baking
        pairs = [f"{cast.opening.pk}:{person.pk}" for person in (cast.pia, cast.pelle)]

        assert coach.post(reverse(DRAFT), {"pair": pairs}).status_code == 404
        assert not Proposal.objects.exists()

    @pytest.mark.parametrize("pair", ["nonsense", "a:b:c", ":"])
    def test_of_nonsense_are_not_found(self, coach, cast, pair):
        assert coach.post(reverse(DRAFT), {"pair": [pair]}).status_code == 404

    def test_of_nobody_ask_to_tick_somebody(self, coach, cast):
        assert "Kryssa för minst en person" in coach.post(reverse(DRAFT), follow=True).content.decode()


class TestNews:
    def test_says_whom_something_new_fits_best(self, coach, asks_for_baking, baking):
        add_openings(asks_for_baking, baking, 2)

        page = text(coach, NEWS)

        assert "1 av dina 1 som väntar passar någon av 3 nya platser" in page
        assert "Föreslå Pia" in page
        assert "och 2 till" in page
        assert "Skye" not in page

    def test_is_noted_down_with_the_version_of_the_catalogue(self, coach, asks_for_baking):
        text(coach, NEWS)

        [shown] = RankingShown.objects.all()
        assert (shown.about, shown.subject_id) == ("participant", asks_for_baking.pia.pk)
        assert [key for key, _ in shown.rows] == [str(asks_for_baking.opening.pk)]
        assert shown.index_version == CatalogueVersion.objects.latest("pk").pk

    def test_leaves_out_what_is_old_and_what_is_proposed(self, coach, asks_for_baking, propose_pia):
        Opening.objects.update(published_at=NOW - timedelta(days=8))
        assert "Inget nytt passar" in text(coach, NEWS)
        assert "Föreslå Pia" in text(coach, NEWS, "?days=30")

        propose_pia()
        assert "Inget nytt passar" in text(coach, NEWS, "?days=30")

    def test_is_about_the_coach_s_own_people(self, coach, asks_for_baking, baking):
        Participant.objects.filter(pk=asks_for_baking.pia.pk).update(coach=asks_for_baking.other_coach)

        assert "Pia" not in text(coach, NEWS)

    @pytest.mark.parametrize("more", [0, 3])
    def test_takes_a_constant_number_of_queries(
        self, coach, asks_for_baking, baking, more, django_assert_num_queries
    ):
        add_bakers(asks_for_baking, baking, more)
        text(coach, NEWS)

        with django_assert_num_queries(11):
            page = text(coach, NEWS)

        assert page.count("Föreslå ") == more + 1


class TestExposure:
    @pytest.fixture
    def amina(self, cast):
        return ParticipantFactory(first_name="Amina", unit=cast.unit, coach=cast.coach)

    def test_says_who_is_neither_shown_nor_proposed(self, coach, asks_for_baking, amina):
        text(coach, BOARD)  # shows Pia

        page = text(coach, EXPOSURE)

        assert "2 personer väntar" in page
        assert "1 person varken visad eller föreslagen" in page
        assert page.count("Amina") > page.count("Pia") - 1

    def test_a_list_that_is_read_twice_shows_once(self, cast, amina):
        from backend.matching.rankings.exposure import exposure_for

        for _ in range(2):
            RankingShown.objects.create(
                about="opening", subject_id=cast.opening.pk, by=cast.coach, at=NOW, rows=[[str(amina.pk), 70]]
            )

        found = exposure_for(cast.coach, at=NOW, days=90)

        assert found.shown.suggestions == 1
        assert found.neither == [str(cast.pia.pk)]

    def test_a_draft_is_no_proposal(self, coach, asks_for_baking, propose_pia):
        pair = f"{asks_for_baking.opening.pk}:{asks_for_baking.pia.pk}"
        coach.post(reverse(DRAFT), {"pair": [pair]})

        assert "1 person varken visad eller föreslagen" in text(coach, EXPOSURE)

    def test_is_for_managers_too_and_names_nobody_of_another_unit(self, client, cast):
        client.force_login(cast.manager)

        page = text(client, EXPOSURE)

        assert "Pia" in page
        for hidden in ("Pelle", "Skye", "Cecilia"):
            assert hidden not in page

    @pytest.mark.parametrize("more", [0, 3])
    def test_takes_a_constant_number_of_queries(self, coach, cast, more, django_assert_num_queries):
        for _ in range(more):
            ParticipantFactory(unit=cast.unit, coach=cast.coach)

        with django_assert_num_queries(8):
            text(coach, EXPOSURE)
