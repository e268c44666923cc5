"""What comes next about a follow-up: every state × every reader."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from backend.internships.models import FollowUp
from backend.internships.pages.next import next_for_coach_of, next_for_side, said_by
from tests.factories.base import NOW, TODAY

SIDES = ["employer", "participant"]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("side", SIDES)
class TestFollowUp:
    def follow_up(self, **more):
        return FollowUp(due_on=TODAY, **more)

    def answered(self, side, **more):
        answer = {f"{side}_mood": "bad", f"{side}_note": "Long days.", f"{side}_answered_at": NOW}
        return self.follow_up(**answer, **more)

    def test_waits_when_its_day_has_come(self, side):
        step = next_for_side(self.follow_up(), side, today=TODAY)

        assert (step.title, step.do, len(step.actions)) == ("Not answered yet", "Tell how it goes", 1)

    def test_does_not_wait_before(self, side):
        step = next_for_side(self.follow_up(), side, today=TODAY - timedelta(days=1))

        assert (step.title, step.actions) == ("Opens on 12\N{NO-BREAK SPACE}March 2026", ())

    def test_does_not_wait_once_answered(self, side):
        step = next_for_side(self.answered(side), side, today=TODAY)

        assert (step.title, step.actions) == ("Answered on 12\N{NO-BREAK SPACE}March 2026", ())

    @pytest.mark.parametrize("end", ["closed_at", "cancelled_at"])
    def test_does_not_wait_when_closed_or_called_off(self, side, end):
        step = next_for_side(self.follow_up(**{end: NOW}), side, today=TODAY)

        assert (step.title, step.actions) == ("Done", ())

    def test_each_reads_its_own_answer_only(self, side):
        other = next(each for each in SIDES if each != side)

        assert said_by(self.answered(side), side).words == "Bad"
        assert said_by(self.answered(other), side) is None

    def test_staff_answer_for_no_side(self, side):
        assert said_by(self.answered(side), "staff") is None


class TestFollowUpOfCoach:
    def step(self, *, days=0, **more):
        return next_for_coach_of(
            FollowUp(due_on=TODAY + timedelta(days=days), kind="midpoint", **more), today=TODAY
        )

    @pytest.mark.parametrize(
        ("days", "more", "wanted"),
        [
            (0, {}, ("Midpoint talk with all three", "warning")),
            (-1, {}, ("Midpoint talk with all three", "danger")),
            (1, {}, None),
            (1, {"participant_mood": "bad"}, ("It goes badly", "danger")),
            (1, {"employer_mood": "bad"}, ("It goes badly", "danger")),
            (1, {"employer_mood": "so_so"}, None),
            (0, {"closed_at": NOW, "employer_mood": "bad"}, None),
            (0, {"cancelled_at": NOW, "employer_mood": "bad"}, None),
        ],
    )
    def test_waits_on_its_day_and_when_it_goes_badly(self, days, more, wanted):
        step = self.step(days=days, **more)

        assert ((step.reason, step.mark) if step else None) == wanted
        assert step is None or (step.do, len(step.actions)) == ("Follow up", 1)


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def follow_up(self, everything):
        return everything.follow_up

    def page(self, client, user, follow_up):
        type(user).objects.filter(pk=user.pk).update(language="en")
        client.force_login(user)
        address = reverse("internships:follow_up_answer", args=[follow_up.pk])
        return client.get(address).content.decode()

    def test_who_has_answered_sees_the_answer_and_may_change_it(self, client, cast, follow_up):
        said = {"participant_mood": "bad", "participant_note": "Long days.", "participant_answered_at": NOW}
        FollowUp.objects.filter(pk=follow_up.pk).update(**said, participant_answered_by=cast.participant_user)

        page = self.page(client, cast.participant_user, follow_up)

        assert page.index("Your answer") < page.index("Long days.") < page.index("Change the answer")
        assert 'value="bad"' in page.partition("Change the answer")[2]

    def test_a_closed_one_has_no_form(self, client, cast, follow_up):
        closed = {"closed_at": NOW, "closed_by": cast.coach, "coach_note": "Bra."}
        FollowUp.objects.filter(pk=follow_up.pk).update(**closed)

        page = self.page(client, cast.participant_user, follow_up)

        assert "The follow-up is closed" in page
        assert 'name="mood"' not in page
