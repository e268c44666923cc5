"""What was answered counts: it stands on the row and on the board before anybody is asked."""

from datetime import timedelta

import pytest
from django.urls import reverse

from backend.employers.models import EmployerCheck
from backend.internships.models import Concern
from backend.matching.board.allocation import board_for
from backend.matching.board.recent import Settings
from backend.matching.rankings.ranking import rank_for_opening, rank_for_participant
from backend.matching.services import (
    answer_as_participant,
    ask_participant,
    decline_proposal,
    draft_proposal,
)
from tests.factories import InternshipFactory, OpeningFactory, SkillRequirementFactory
from tests.factories.base import NOW


@pytest.fixture
def other(asks_for_baking, baking):
    """Another opening of the same employer, that Pia fits as well."""
    opening = OpeningFactory(workplace=asks_for_baking.opening.workplace, title="Konditori")
    SkillRequirementFactory(opening=opening, text="baka", concept=baking, resolution="accepted")
    return opening


@pytest.fixture
def decline(asks_for_baking, propose_pia):
    def said(opening=None):
        proposal = propose_pia(opening=opening)
        decline_proposal(
            proposal_id=proposal.pk, reason="hours", note="", by=asks_for_baking.employer_member, at=NOW
        )
        return proposal

    return said


def known(cast, opening=None):
    ranked = rank_for_opening(opening or cast.opening, by=cast.coach, at=NOW)
    return [each.text for match in ranked.matches for each in match.known]


def cards(cast):
    board = board_for(cast.coach, at=NOW, settings=Settings(names=4, cap=4))
    return {
        (column.opening.title, card.match.subject.first_name): card
        for column in board.columns
        for card in column.cards
    }


class TestOnTheRow:
    def test_nothing_is_said_of_a_pair_without_a_past(self, asks_for_baking):
        assert known(asks_for_baking) == []

    def test_an_earlier_no_of_this_very_opening(self, asks_for_baking, decline):
        decline()

        [words] = known(asks_for_baking)
        assert "sa nej" in words
        assert "Timmarna passar inte" in words

    def test_an_earlier_no_of_the_same_employer(self, asks_for_baking, other, decline):
        decline(other)

        [words] = known(asks_for_baking)
        assert words.startswith("Samma arbetsgivare sa nej")
        assert "Konditori" in words

    def test_an_open_proposal_to_the_same_employer(self, asks_for_baking, other, propose_pia):
        propose_pia(opening=other)

        [words] = known(asks_for_baking)
        assert "Konditori" in words

    def test_the_own_no_of_the_person(self, asks_for_baking):
        cast = asks_for_baking
        draft = draft_proposal(opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW)
        ask_participant(proposal_id=draft.pk, item_keys=["first_name"], message="", by=cast.coach, at=NOW)
        answer_as_participant(proposal_id=draft.pk, agrees=False, by=cast.participant_user, at=NOW)

        [words] = known(cast)
        assert words.startswith("Sa nej till den här platsen")

    def test_of_places_checks_that_have_run_out_and_unhandled_concerns(self, asks_for_baking):
        cast = asks_for_baking
        internship = InternshipFactory(opening=cast.opening, participant=cast.pelle)
        Concern.objects.create(internship=internship, raised_by=cast.coach, raised_at=NOW, text="Fel.")
        EmployerCheck.objects.update(valid_until=NOW.date() - timedelta(days=1))

        [match] = rank_for_participant(cast.pia, by=cast.coach, at=NOW).matches

        words = " ".join(each.text for each in match.known)
        assert "kontroller behöver åtgärdas först" in words
        assert "oro" in words.lower()
        assert all(each.url.startswith("/") for each in match.known)


class TestOnTheBoard:
    def test_whoever_was_declined_here_is_not_suggested_again(self, asks_for_baking, decline):
        decline()

        assert cards(asks_for_baking) == {}

    def test_what_is_known_takes_the_tick_away(self, asks_for_baking, other, decline):
        before = cards(asks_for_baking)
        decline(other)
        after = cards(asks_for_baking)

        assert before["Bagarbiträde", "Pia"].is_ticked
        assert not after["Bagarbiträde", "Pia"].is_ticked
        assert after["Bagarbiträde", "Pia"].match.known

    def test_the_page_shows_it(self, client, asks_for_baking, other, decline):
        decline(other)
        client.force_login(asks_for_baking.coach)

        page = client.get(reverse("matching:board")).content.decode()

        assert "Samma arbetsgivare sa nej" in page
