"""Meeting before the employer answers: times are proposed, one is chosen, moved, cancelled, noted."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from backend.core.clock import moment_of
from backend.core.models import AuditEntry, OutboxMessage
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.matching.enums import CancelReason, Chooser, ProposalState, VisitState
from backend.matching.models import Proposal, Visit, VisitTime
from backend.matching.services import (
    accept_proposal,
    cancel_visit,
    choose_time,
    decline_proposal,
    move_visit,
    note_visit,
    offer_times,
    withdraw_proposal,
)
from backend.participants.services import withdraw_consent
from tests.cast import Cast
from tests.factories import OpeningFactory, ProposalFactory, VisitFactory
from tests.factories.base import NOW
from tests.refusals import refused_for

TOMORROW = NOW + timedelta(days=1)
LATER = NOW + timedelta(minutes=5)
TWO = (TOMORROW, TOMORROW + timedelta(hours=2))


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    return ProposalFactory(
        opening=cast.opening, participant=cast.pia, proposed_by=cast.coach, state=ProposalState.INTERVIEW
    )


@pytest.fixture
def offer(cast: Cast, proposal: Proposal) -> Callable[..., Visit]:
    def offered(*times: datetime, by: Any = None, minutes: int = 30, **more: Any) -> Visit:
        what = {"proposal_id": proposal.pk, "kind": "interview", **more}
        return offer_times(times=times or TWO, minutes=minutes, by=by or cast.coach, at=NOW, **what)

    return offered


@pytest.fixture
def booked(cast: Cast, offer: Callable[..., Visit]) -> Visit:
    visit = offer()
    return choose_time(visit_id=visit.pk, time_id=visit.times_now()[0].pk, by=cast.participant_user, at=LATER)


def rows() -> tuple[int, int, int]:
    return Visit.objects.count(), VisitTime.objects.count(), AuditEntry.objects.count()


class TestProposingTimes:
    def test_keeps_them_in_order_and_asks_who_is_to_choose(self, offer: Callable[..., Visit]) -> None:
        visit = offer(*reversed(TWO))

        assert [each.starts_at for each in visit.times_now()] == list(TWO)
        assert (visit.state, visit.chooser) == (VisitState.PROPOSED, Chooser.PARTICIPANT)
        assert OutboxMessage.objects.filter(kind="visit_times_proposed").exists()

    def test_by_an_employer_says_that_they_want_to_meet_and_asks_the_participant(
        self, cast: Cast, proposal: Proposal, offer: Callable[..., Visit]
    ) -> None:
        Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.SENT, decided_at=None)

        visit = offer(by=cast.employer_member, chooser=Chooser.EMPLOYER)

        proposal.refresh_from_db()
        assert proposal.state == ProposalState.INTERVIEW
        assert visit.chooser == Chooser.PARTICIPANT

    def test_is_not_for_strangers_or_the_participant(self, cast: Cast, offer: Callable[..., Visit]) -> None:
        for stranger in (cast.other_coach, cast.other_employer, cast.participant_user, cast.manager):
            with pytest.raises(Proposal.DoesNotExist):
                offer(by=stranger)
        assert rows()[:2] == (0, 0)

    @pytest.mark.parametrize(
        ("times", "minutes", "code"),
        [
            ((NOW,), 30, "visit_time_past"),
            ((NOW + timedelta(days=184),), 30, "visit_too_far"),
            ((TOMORROW, TOMORROW), 30, "visit_without_times"),
            (tuple(TOMORROW + timedelta(hours=n) for n in range(6)), 30, "visit_without_times"),
            ((TOMORROW,), 481, "visit_length"),
            ((TOMORROW,), 0, "visit_length"),
        ],
    )
    def test_that_cannot_be_are_refused_and_nothing_is_kept(
        self, offer: Callable[..., Visit], times: tuple[datetime, ...], minutes: int, code: str
    ) -> None:
        before = rows()
        with refused_for(code):
            offer(*times, minutes=minutes)
        assert rows() == before

    def test_after_the_last_day_of_the_opening_is_refused(
        self, cast: Cast, proposal: Proposal, offer: Callable[..., Visit]
    ) -> None:
        type(cast.opening).objects.filter(pk=cast.opening.pk).update(ends_on=date(2026, 3, 12))
        with refused_for("visit_after_opening"):
            offer(TOMORROW)

    def test_while_another_meeting_of_the_person_is_booked_then_is_refused(
        self, cast: Cast, offer: Callable[..., Visit]
    ) -> None:
        other = ProposalFactory(opening=OpeningFactory(), participant=cast.pia, state=ProposalState.INTERVIEW)
        end = TOMORROW + timedelta(minutes=30)
        VisitFactory(proposal=other, state=VisitState.BOOKED, starts_at=TOMORROW, ends_at=end)
        with refused_for("visit_overlaps"):
            offer(TOMORROW + timedelta(minutes=29))
        assert offer(end).state == VisitState.PROPOSED

    def test_a_second_time_is_refused_while_the_first_stands(self, offer: Callable[..., Visit]) -> None:
        offer()
        with refused_for("visit_open_already"):
            offer()
        assert Visit.objects.count() == 1

    @pytest.mark.parametrize("state", [ProposalState.WITHDRAWN, ProposalState.ACCEPTED])
    def test_about_what_is_settled_is_refused(
        self, proposal: Proposal, offer: Callable[..., Visit], state: str
    ) -> None:
        holds = state == ProposalState.ACCEPTED
        Proposal.objects.filter(pk=proposal.pk).update(
            state=state, holds_place=holds, decided_at=NOW, decided_by=proposal.proposed_by
        )
        with refused_for("visit_about_settled"):
            offer()

    def test_of_who_no_longer_looks_for_a_place_is_refused(
        self, cast: Cast, offer: Callable[..., Visit]
    ) -> None:
        type(cast.pia).objects.filter(pk=cast.pia.pk).update(state="paused")
        with refused_for("visit_cannot_be_booked"):
            offer()


class TestChoosing:
    def test_books_the_time_and_says_who_chose(self, cast: Cast, booked: Visit) -> None:
        assert (booked.state, booked.starts_at) == (VisitState.BOOKED, TOMORROW)
        assert (booked.chosen_by, booked.sequence) == (cast.participant_user, 1)

    def test_is_for_the_side_that_is_asked_and_for_the_coach(
        self, cast: Cast, offer: Callable[..., Visit]
    ) -> None:
        visit = offer()
        time_id = visit.times_now()[1].pk
        with refused_for("visit_chosen_by_other"):
            choose_time(visit_id=visit.pk, time_id=time_id, by=cast.employer_member, at=LATER)
        for stranger in (cast.other_participant_user, cast.other_employer, cast.other_coach):
            with pytest.raises(Visit.DoesNotExist):
                choose_time(visit_id=visit.pk, time_id=time_id, by=stranger, at=LATER)
        assert (
            choose_time(visit_id=visit.pk, time_id=time_id, by=cast.coach, at=LATER).chosen_by == cast.coach
        )

    def test_a_second_time_changes_nothing(self, cast: Cast, booked: Visit) -> None:
        other = booked.times.exclude(starts_at=TOMORROW).get()
        with pytest.raises(TransitionNotAllowed):
            choose_time(visit_id=booked.pk, time_id=other.pk, by=cast.coach, at=LATER)
        assert Visit.objects.get().starts_at == TOMORROW

    def test_a_time_that_has_passed_or_is_taken_is_refused(
        self, cast: Cast, offer: Callable[..., Visit]
    ) -> None:
        visit = offer()
        first = visit.times_now()[0]
        with refused_for("visit_time_past"):
            choose_time(visit_id=visit.pk, time_id=first.pk, by=cast.coach, at=TOMORROW)
        other = ProposalFactory(participant=cast.pia, state=ProposalState.INTERVIEW)
        times = {"starts_at": TOMORROW, "ends_at": TOMORROW + timedelta(hours=1)}
        VisitFactory(proposal=other, state=VisitState.BOOKED, **times)
        with refused_for("visit_overlaps"):
            choose_time(visit_id=visit.pk, time_id=first.pk, by=cast.coach, at=LATER)
        assert Visit.objects.get(pk=visit.pk).state == VisitState.PROPOSED

    def test_a_time_of_an_earlier_round_is_refused(self, cast: Cast, offer: Callable[..., Visit]) -> None:
        visit = offer()
        old = visit.times_now()[0]
        again = {"times": [TOMORROW + timedelta(days=1)], "minutes": 30}
        move_visit(visit_id=visit.pk, **again, by=cast.coach, at=LATER)
        with refused_for("visit_time_unknown"):
            choose_time(visit_id=visit.pk, time_id=old.pk, by=cast.coach, at=LATER)


class TestMoving:
    def test_asks_anew_and_counts_for_calendars(self, cast: Cast, booked: Visit) -> None:
        day_after = TOMORROW + timedelta(days=1)
        moved = move_visit(
            visit_id=booked.pk, times=[day_after], minutes=60, by=cast.employer_member, at=LATER
        )

        assert (moved.state, moved.sequence, moved.round) == (VisitState.PROPOSED, 2, 1)
        assert [each.starts_at for each in moved.times_now()] == [day_after]
        again = choose_time(visit_id=moved.pk, time_id=moved.times_now()[0].pk, by=cast.coach, at=LATER)
        assert again.sequence == 3

    def test_may_keep_a_time_that_it_takes_itself(self, cast: Cast, booked: Visit) -> None:
        later = TOMORROW + timedelta(minutes=15)
        moved = move_visit(visit_id=booked.pk, times=[later], minutes=30, by=cast.coach, at=LATER)
        assert moved.state == VisitState.PROPOSED

    def test_is_not_the_participants(self, cast: Cast, booked: Visit) -> None:
        with pytest.raises(Visit.DoesNotExist):
            move_visit(visit_id=booked.pk, times=TWO, minutes=30, by=cast.participant_user, at=LATER)


class TestCancelling:
    def test_says_why_by_a_code(self, cast: Cast, booked: Visit) -> None:
        for_good = cancel_visit(
            visit_id=booked.pk, reason=CancelReason.PERSON, by=cast.participant_user, at=LATER
        )
        assert (for_good.state, for_good.sequence) == (VisitState.CANCELLED, 2)
        assert AuditEntry.objects.filter(action="state_cancelled", why="person_cannot").exists()

    def test_without_a_reason_is_refused(self, cast: Cast, booked: Visit) -> None:
        with refused_for("visit_cancelled_without_reason"):
            cancel_visit(visit_id=booked.pk, reason="", by=cast.coach, at=LATER)
        assert Visit.objects.get().state == VisitState.BOOKED

    def test_lets_other_times_be_proposed(
        self, cast: Cast, booked: Visit, offer: Callable[..., Visit]
    ) -> None:
        cancel_visit(visit_id=booked.pk, reason=CancelReason.EMPLOYER, by=cast.employer_member, at=LATER)
        assert offer().pk != booked.pk


class TestWhatSettlesTheProposal:
    @pytest.mark.parametrize(
        "settle",
        [
            lambda cast, proposal: withdraw_proposal(
                proposal_id=proposal.pk, why="Annat", by=cast.coach, at=LATER
            ),
            lambda cast, proposal: accept_proposal(
                proposal_id=proposal.pk, by=cast.employer_member, at=LATER
            ),
            lambda cast, proposal: decline_proposal(
                proposal_id=proposal.pk, reason="hours", by=cast.employer_member, at=LATER
            ),
            lambda cast, proposal: withdraw_consent(
                consent_id=proposal.consent_id, by=cast.participant_user, at=LATER
            ),
        ],
        ids=["withdrawn", "yes", "no", "consent"],
    )
    def test_cancels_the_meeting_at_once_and_tells_all(
        self, cast: Cast, proposal: Proposal, booked: Visit, settle: Callable[..., Any]
    ) -> None:
        settle(cast, proposal)

        booked.refresh_from_db()
        assert (booked.state, booked.cancel_reason) == (VisitState.CANCELLED, CancelReason.PROPOSAL_OVER)
        told = OutboxMessage.objects.filter(kind="visit_cancelled").values_list("audience", flat=True)
        assert set(told) == {"contacts", "participant", "coach"}

    def test_leaves_a_meeting_that_has_been(self, cast: Cast, proposal: Proposal, booked: Visit) -> None:
        accept_proposal(proposal_id=proposal.pk, by=cast.employer_member, at=TOMORROW + timedelta(hours=1))
        booked.refresh_from_db()
        assert booked.state == VisitState.BOOKED


class TestAfterwards:
    def test_the_coach_notes_it_and_nobody_is_placed(
        self, cast: Cast, proposal: Proposal, booked: Visit
    ) -> None:
        after = TOMORROW + timedelta(hours=1)
        assert note_visit(visit_id=booked.pk, took_place=True, by=cast.coach, at=after).state == "held"
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.INTERVIEW

    def test_one_that_did_not_happen_can_be_proposed_anew(
        self, cast: Cast, booked: Visit, offer: Callable[..., Visit]
    ) -> None:
        after = TOMORROW + timedelta(hours=1)
        note_visit(visit_id=booked.pk, took_place=False, by=cast.coach, at=after)
        assert offer(after + timedelta(days=1)).state == VisitState.PROPOSED

    def test_before_its_time_nothing_is_noted(self, cast: Cast, booked: Visit) -> None:
        with refused_for("visit_not_yet"):
            note_visit(visit_id=booked.pk, took_place=True, by=cast.coach, at=TOMORROW)

    def test_is_the_coachs_alone(self, cast: Cast, booked: Visit) -> None:
        after = TOMORROW + timedelta(hours=1)
        for other in (cast.employer_member, cast.participant_user, cast.other_coach):
            with pytest.raises(Visit.DoesNotExist):
                note_visit(visit_id=booked.pk, took_place=True, by=other, at=after)


class TestMomentsInStockholm:
    @pytest.mark.parametrize(
        ("day", "at", "meant"),
        [
            (date(2027, 3, 27), time(2, 30), datetime(2027, 3, 27, 1, 30, tzinfo=UTC)),
            (date(2027, 3, 28), time(2, 30), None),
            (date(2027, 3, 28), time(3, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
            (date(2027, 10, 31), time(2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
            (date(2027, 10, 31), time(3, 0), datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
            (date(2026, 12, 31), time(23, 59), datetime(2026, 12, 31, 22, 59, tzinfo=UTC)),
            (date(2027, 1, 1), time(0, 0), datetime(2026, 12, 31, 23, 0, tzinfo=UTC)),
        ],
    )
    def test_are_what_the_clock_shows_there(self, day: date, at: time, meant: datetime | None) -> None:
        assert moment_of(day, at) == meant
