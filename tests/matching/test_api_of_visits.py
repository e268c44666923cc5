"""Meetings and proposals in the API: each side says its own, once, and reads what was released alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from backend.core.models import ReadEntry
from backend.matching.enums import ProposalState, VisitState
from backend.matching.models import Proposal, Visit
from backend.participants.models import Participant
from backend.participants.services import releasable_items
from tests.cast import Cast
from tests.factories import ProposalFactory, VisitFactory, VisitTimeFactory
from tests.factories.base import NOW
from tests.internships.calling import client_of, get, post, refused, twice

TOMORROW = NOW + timedelta(days=1)
OFFER: dict[str, Any] = {"kind": "interview", "times": [TOMORROW.isoformat()], "minutes": 30}


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    made: Proposal = ProposalFactory(
        opening=cast.opening, participant=cast.pia, proposed_by=cast.coach, state=ProposalState.INTERVIEW
    )
    return made


@pytest.fixture
def visit(proposal: Proposal) -> Visit:
    made: Visit = VisitFactory(proposal=proposal)
    VisitTimeFactory(visit=made)
    return made


class TestMeetings:
    @pytest.mark.parametrize("who", ["coach", "employer_member"])
    def test_times_are_proposed_once_and_one_is_chosen(
        self, cast: Cast, proposal: Proposal, who: str
    ) -> None:
        made = twice(getattr(cast, who), "visit_offer", proposal, **OFFER)
        visit = Visit.objects.get(pk=made["id"])
        [time] = made["times"]
        assert refused(getattr(cast, who), "visit_offer", proposal, **OFFER) == "visit_open_already"

        booked = twice(cast.participant_user, "visit-choose", visit, time=time["id"])

        assert (booked["state"], booked["starts_at"]) == ("booked", time["starts_at"])
        file = get(cast.employer_member, "visit-calendar", visit)
        assert file.headers["Content-Type"].startswith("text/calendar")
        assert "Pia" not in file.content.decode()

    def test_what_cannot_be_is_refused_by_code(self, cast: Cast, proposal: Proposal) -> None:
        past = {**OFFER, "times": [(NOW - timedelta(hours=1)).isoformat()]}
        assert refused(cast.coach, "visit_offer", proposal, **past) == "visit_time_past"
        far = {**OFFER, "times": ["9998-12-31T12:00:00Z"]}
        assert refused(cast.coach, "visit_offer", proposal, **far) == "not_in_our_time"
        assert refused(cast.coach, "visit_offer", proposal, **{**OFFER, "minutes": 5}) == "visit_length"

    def test_it_is_moved_noted_and_called_off(self, cast: Cast, visit: Visit) -> None:
        moved = {"times": [(TOMORROW + timedelta(hours=3)).isoformat()], "minutes": 45}
        assert len(twice(cast.employer_member, "visit-move", visit, **moved)["times"]) == 1
        assert post(cast.participant_user, "visit-move", visit, **moved).status_code == 404
        cancelled = refused(cast.participant_user, "visit-cancel", visit, reason="employer_cannot")
        assert cancelled == "reason_of_others"
        over = twice(cast.participant_user, "visit-cancel", visit, reason="person_cannot")
        assert (over["state"], over["cancel_reason"]) == ("cancelled", "person_cannot")
        assert post(cast.coach, "visit-cancel", visit, reason="not_needed").status_code == 409

    def test_the_coach_alone_notes_whether_they_met(self, cast: Cast, proposal: Proposal) -> None:
        booked = VisitFactory(proposal=proposal, state=VisitState.BOOKED)
        assert refused(cast.coach, "visit-note", booked, took_place=True) == "visit_not_yet"
        past = {"starts_at": NOW - timedelta(hours=2), "ends_at": NOW - timedelta(hours=1)}
        Visit.objects.filter(pk=booked.pk).update(**past)
        assert post(cast.employer_member, "visit-note", booked, took_place=True).status_code == 404
        assert twice(cast.coach, "visit-note", booked, took_place=False)["state"] == "missed"

    def test_strangers_find_none(self, cast: Cast, visit: Visit) -> None:
        said: dict[str, Any] = {**OFFER, "time": str(visit.pk), "reason": "not_needed", "took_place": True}
        for stranger in (cast.other_coach, cast.other_employer, cast.other_participant_user):
            assert get(stranger, "visit-list").json()["count"] == 0
            assert get(stranger, "visit-detail", visit).status_code == 404
            for verb in ("choose", "move", "cancel", "note"):
                assert post(stranger, f"visit-{verb}", visit, **said).status_code == 404
            assert post(stranger, "visit_offer", visit.proposal, **OFFER).status_code == 404
        assert Visit.objects.get().state == VisitState.PROPOSED

    def test_a_list_tells_no_place_and_staff_leave_a_row(self, cast: Cast, visit: Visit) -> None:
        Visit.objects.update(place_words="Fråga efter Kim")
        listed = get(cast.coach, "visit-list", proposal=visit.proposal_id, state="proposed")
        assert listed.json()["count"] == 1
        assert "Kim" not in listed.content.decode()
        assert ReadEntry.objects.filter(by=cast.coach, subject_id=cast.pia.pk).exists()


class TestTheParticipantsAnswer:
    @pytest.fixture
    def asked(self, cast: Cast) -> Proposal:
        made: Proposal = ProposalFactory(
            opening=cast.opening,
            participant=cast.pia,
            proposed_by=cast.coach,
            state=ProposalState.ASKED,
            consent=None,
            sent_at=None,
            asked_at=NOW,
            asked_items=["first_name"],
        )
        return made

    def test_releases_what_was_asked_for_and_sends(self, cast: Cast, asked: Proposal) -> None:
        pia = cast.participant_user
        read = get(pia, "proposal-detail", asked).json()
        assert [each["key"] for each in read["asked"]] == ["first_name"]
        more = {"agrees": True, "items": ["first_name", "presentation"]}
        assert refused(pia, "proposal-answer", asked, **more) == "not_asked_for"

        answered = twice(pia, "proposal-answer", asked, agrees=True)

        assert (answered["state"], answered["asked"]) == ("sent", [])
        assert get(cast.employer_member, "proposal-detail", asked).json()["told"]["name"] == "Pia"

    def test_a_no_sends_nothing(self, cast: Cast, asked: Proposal) -> None:
        assert twice(cast.participant_user, "proposal-answer", asked, agrees=False)["state"] == "withdrawn"
        assert post(cast.participant_user, "proposal-answer", asked, agrees=True).status_code == 409
        assert get(cast.employer_member, "proposal-detail", asked).status_code == 404

    def test_is_nobody_elses(self, cast: Cast, asked: Proposal) -> None:
        for other in (cast.coach, cast.manager, cast.employer_member, cast.other_participant_user):
            assert post(other, "proposal-answer", asked, agrees=True).status_code == 404
        assert Proposal.objects.get().state == ProposalState.ASKED


class TestProposing:
    SEND: dict[str, Any] = {"intent": "send", "items": ["first_name"], "means": "in_person"}

    def propose(self, sender: Any, cast: Cast, key: str = "", **said: Any) -> Any:
        address = reverse("api:propose", args=[cast.opening.pk, cast.pia.pk])
        headers = {"Idempotency-Key": key} if key else {}
        return client_of(sender).post(address, said, "application/json", headers=headers)

    def test_is_sent_once(self, cast: Cast) -> None:
        keys = [each["key"] for each in get(cast.coach, "releasable", cast.pia).json()]
        assert keys == [each.key for each in releasable_items(Participant.objects.get(pk=cast.pia.pk))]
        first = self.propose(cast.coach, cast, key="a", **self.SEND)
        assert (first.status_code, first.json()["state"]) == (201, "sent")
        assert self.propose(cast.coach, cast, key="a", **self.SEND).json() == first.json()
        again = self.propose(cast.coach, cast, **self.SEND)
        assert (again.status_code, again.json()["code"]) == (422, "already_proposed")
        assert ReadEntry.objects.filter(by=cast.coach, page="matching.propose").exists()

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"means": None}, "null"),
            ({"items": []}, "nothing_chosen"),
            ({"items": ["surname"]}, "chosen_from_old_file"),
            ({"message": "Hon har haft cancer."}, "words_not_reviewed"),
        ],
    )
    def test_is_refused_by_code(self, cast: Cast, changed: dict[str, Any], code: str) -> None:
        answer = self.propose(cast.coach, cast, **{**self.SEND, **changed})
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert not Proposal.objects.exists()

    def test_needs_a_way_of_saying_yes_and_a_draft_needs_nothing(self, cast: Cast) -> None:
        without = {"intent": "send", "items": ["first_name"]}
        assert self.propose(cast.coach, cast, **without).json()["code"] == "required"
        assert self.propose(cast.coach, cast, intent="draft").json()["state"] == "draft"

    def test_is_taken_back_and_stands_on_a_new_consent(self, cast: Cast) -> None:
        made = self.propose(cast.coach, cast, **self.SEND).json()
        proposal = Proposal.objects.get(pk=made["id"])
        renewed = {"items": ["first_name"], "means": "by_phone"}
        twice(cast.coach, "proposal-consent", proposal, **renewed)
        assert Proposal.objects.get().consent_id != proposal.consent_id
        assert twice(cast.coach, "proposal-withdraw", proposal, why="Fel.")["state"] == "withdrawn"
        assert refused(cast.coach, "proposal-consent", proposal, **renewed) == "nothing_to_renew"

    def test_is_no_strangers(self, cast: Cast, proposal: Proposal) -> None:
        for other in (cast.manager, cast.other_coach, cast.employer_member, cast.participant_user):
            assert self.propose(other, cast, **self.SEND).status_code == 404
            assert get(other, "releasable", cast.pia).status_code == 404
            for verb in ("withdraw", "consent"):
                assert post(other, f"proposal-{verb}", proposal, why="Fel.").status_code == 404
