"""What comes next about an opening: every state × who writes, approves or only reads it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from backend.accounts.models import Municipality
from backend.employers.enums import OpeningState
from backend.employers.models import Employer, Opening, Workplace
from backend.employers.pages.next import next_for_approver, next_for_reader, next_for_writer
from tests.factories.base import TODAY

STATES = list(OpeningState)
WRITER = {
    OpeningState.DRAFT: ["opening_publish"],
    OpeningState.AWAITING_APPROVAL: [],
    OpeningState.PUBLISHED: ["opening_refresh"],
    OpeningState.PAUSED: ["opening_resume"],
    OpeningState.FILLED: None,
    OpeningState.CLOSED: ["opening_publish"],
    OpeningState.EXPIRED: ["opening_publish"],
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def opening_in(state):
    employer = Employer(name="Bageriet", municipality=Municipality(name="Exempelstad"))
    return Opening(state=state, title="Bagare", workplace=Workplace(employer=employer))


def offered(step):
    return None if step is None else [action.url for action in step.actions]


@pytest.mark.parametrize("state", STATES)
class TestEveryState:
    def test_who_writes_it(self, state):
        opening = opening_in(state)

        step = next_for_writer(opening, closes_at=TODAY)

        names = WRITER[state]
        wanted = (
            None if names is None else [reverse(f"employers:{name}", args=[opening.pk]) for name in names]
        )
        assert offered(step) == wanted

    def test_who_approves_it(self, state):
        opening = opening_in(state)

        step = next_for_approver(opening, obstacles=[])

        waits = state == OpeningState.AWAITING_APPROVAL
        names = ["opening_approve", "opening_return"]
        wanted = [reverse(f"employers:{name}", args=[opening.pk]) for name in names] if waits else None
        assert offered(step) == wanted

    def test_who_only_reads_it(self, state):
        step = next_for_reader(opening_in(state))

        said = {
            OpeningState.PUBLISHED: "Does it sound like you?",
            OpeningState.FILLED: "All places are taken",
        }
        assert step.title == said.get(state, "Nobody new is taken in here now")

    def test_closing_is_offered_for_what_others_see(self, state):
        seen = (OpeningState.PUBLISHED, OpeningState.PAUSED, OpeningState.FILLED)
        assert opening_in(state).is_offered == (state in seen)


def test_where_its_last_day_has_passed_the_days_come_first():
    opening = opening_in(OpeningState.EXPIRED)
    opening.ends_on = date(2020, 1, 1)

    step = next_for_writer(opening, closes_at=None)

    assert offered(step) == [reverse("employers:opening_edit", args=[opening.pk])]


def test_checks_come_before_approval():
    opening = opening_in(OpeningState.AWAITING_APPROVAL)

    step = next_for_approver(opening, obstacles=["No check of taxes."])

    assert step.points == ("No check of taxes.",)
    assert reverse("employers:opening_approve", args=[opening.pk]) not in offered(step)


def test_what_a_coach_asked_to_have_changed_is_changed_first():
    opening = opening_in(OpeningState.DRAFT)

    step = next_for_writer(opening, closes_at=None, asked_change="Say the hours.")

    assert step.text == "Say the hours."
    assert offered(step) == [reverse("employers:opening_edit", args=[opening.pk])]
