"""What comes next in a case: every state, and what is missing in it."""

import pytest
from django.urls import reverse
from django.utils import translation

from backend.participants.enums import ParticipantState
from backend.participants.file.wording import next_action, rests
from backend.participants.models import Participant
from backend.participants.services.states import coachs_moves


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def change_to(participant, state):
    return reverse("participants:state_change", args=[participant.pk, state])


@pytest.mark.parametrize("state", list(ParticipantState))
class TestEveryState:
    def test_offers_what_the_state_allows(self, state):
        participant = Participant(state=state, first_name="Pia")

        step = next_action(participant, unanswered=0, skills=3)

        offered = [action.url for action in step.actions] if step else []
        if state == ParticipantState.ENDED:
            assert offered == [change_to(participant, "enrolled")]
        elif state == ParticipantState.PAUSED:
            assert offered == [change_to(participant, "active")]
        elif participant.is_matchable:
            assert offered == [reverse("matching:openings_for", args=[participant.pk])]
        else:
            assert offered == []

    def test_rests_only_where_the_service_moves(self, state):
        participant = Participant(state=state)

        offered = [action.url for action in rests(participant)]

        moves = [to for to in ("paused", "ended") if to in coachs_moves(participant)]
        assert offered == [change_to(participant, to) for to in moves]


def test_words_that_need_an_answer_come_first():
    step = next_action(Participant(state="active", first_name="Pia"), unanswered=2, skills=0)

    assert (step.title, step.actions[0].url) == ("2 words need your answer", "#kompetenser")


def test_without_skills_there_is_nothing_to_match():
    participant = Participant(state="active", first_name="Pia")

    step = next_action(participant, unanswered=0, skills=0)

    assert step.actions[0].url == reverse("participants:skill_add", args=[participant.pk])
