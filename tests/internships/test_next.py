"""What comes next about an internship and its follow-ups: every state × every reader."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from backend.internships.enums import InternshipState
from backend.internships.models import FollowUp, Internship
from backend.internships.pages.next import next_for_coach, next_for_side, said_by
from tests.factories.base import NOW, TODAY

COACH = {
    InternshipState.PLANNED: ["internship_start", "internship_cancel"],
    InternshipState.ONGOING: ["internship_convert", "internship_complete", "internship_end"],
    InternshipState.COMPLETED: ["internship_convert", "openings_for"],
    InternshipState.ENDED_EARLY: ["internship_convert", "openings_for"],
    InternshipState.CANCELLED: [],
}
SIDES = ["employer", "participant"]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def internship_in(state):
    return Internship(state=state, participant_id="9f7d1c2e-0000-4000-8000-000000000001")


def addresses(internship, names):
    for name in names:
        if name == "openings_for":
            yield reverse("matching:openings_for", args=[internship.participant_id])
        else:
            yield reverse(f"internships:{name}", args=[internship.pk])


class TestCoach:
    @pytest.mark.parametrize("state", list(InternshipState))
    def test_is_offered_what_the_state_allows(self, state):
        internship = internship_in(state)

        step = next_for_coach(internship, may_decide=True, has_job=False)

        offered = [action.url for action in step.actions] if step else []
        assert offered == list(addresses(internship, COACH[state]))

    @pytest.mark.parametrize("state", list(InternshipState))
    def test_who_only_reads_is_offered_nothing(self, state):
        assert next_for_coach(internship_in(state), may_decide=False, has_job=False) is None

    @pytest.mark.parametrize("state", [InternshipState.COMPLETED, InternshipState.ENDED_EARLY])
    def test_a_job_that_is_recorded_ends_it(self, state):
        assert next_for_coach(internship_in(state), may_decide=True, has_job=True) is None


@pytest.mark.parametrize("side", SIDES)
class TestFollowUp:
    def follow_up(self, **more):
        return FollowUp(due_on=TODAY, **more)

    def answered(self, side, **more):
        answer = {f"{side}_mood": "bad", f"{side}_note": "Long days.", f"{side}_answered_at": NOW}
        return self.follow_up(**answer, **more)

    def test_waits_when_its_day_has_come(self, side):
        step = next_for_side(self.follow_up(), side, today=TODAY)

        assert (step.title, step.do, len(step.actions)) == ("Time to answer", "Tell how it goes", 1)

    def test_does_not_wait_before(self, side):
        step = next_for_side(self.follow_up(), side, today=TODAY - timedelta(days=1))

        assert (step.title, step.actions) == ("To come", ())

    def test_does_not_wait_once_answered(self, side):
        step = next_for_side(self.answered(side), side, today=TODAY)

        assert (step.title, step.actions) == ("Answered", ())

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


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def follow_up(self, everything):
        return everything.follow_up

    def page(self, client, user, follow_up):
        client.force_login(user)
        address = reverse("internships:follow_up_answer", args=[follow_up.pk])
        return client.get(address, headers={"accept-language": "en"}).content.decode()

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
