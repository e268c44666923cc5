"""The way to work, and since when a participant waits."""

from datetime import date, timedelta

import pytest

from backend.core.models import AuditEntry
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant
from backend.participants.services import change_state, move_participant, releasable_items
from tests.cast import Cast
from tests.factories import ParticipantFactory
from tests.factories.base import NOW, TODAY
from tests.participants.test_consents import record
from tests.refusals import refused_for

ENROLLED_ON = date(2026, 1, 12)


def in_state(state: str, *, for_days: int) -> Participant:
    return ParticipantFactory(state=state, state_changed_at=NOW - timedelta(days=for_days))


def move(participant: Participant, to: str) -> Participant:
    move_participant(participant=participant, to=to, by=None, at=NOW)
    participant.refresh_from_db()
    return participant


def change(cast: Cast, to: str, **changes) -> None:
    change_state(**{"participant_id": cast.pia.pk, "to": to, "by": cast.coach, "at": NOW, **changes})


@pytest.mark.django_db
class TestWaitingSince:
    def test_going_to_work_keeps_how_long_the_wait_was(self):
        participant = move(in_state("active", for_days=60), ParticipantState.IN_INTERNSHIP)

        assert participant.waiting_since == ENROLLED_ON

    @pytest.mark.parametrize("work", ["in_internship", "employed"])
    def test_starts_anew_after_work(self, work):
        assert move(in_state(work, for_days=30), ParticipantState.ACTIVE).waiting_since == TODAY

    @pytest.mark.parametrize("work", ["in_internship", "employed"])
    def test_a_short_try_does_not_cost_the_place_in_the_line(self, work):
        assert move(in_state(work, for_days=29), ParticipantState.ACTIVE).waiting_since == ENROLLED_ON

    def test_a_pause_does_not_cost_it_either(self):
        assert move(in_state("paused", for_days=90), ParticipantState.ACTIVE).waiting_since == ENROLLED_ON

    def test_starts_anew_when_a_case_is_opened_again(self):
        assert move(in_state("ended", for_days=90), ParticipantState.ENROLLED).waiting_since == TODAY


class TestMoveParticipant:
    def test_is_written_down(self, cast):
        to, why = ParticipantState.IN_INTERNSHIP, "internship_started"
        move_participant(participant=cast.pia, to=to, by=cast.coach, at=NOW, why=why)

        entry = AuditEntry.objects.about(cast.pia).get()
        assert (entry.from_state, entry.to_state, entry.why) == ("active", to, why)

    def test_a_move_that_the_table_forbids_changes_nothing(self, cast):
        with pytest.raises(TransitionNotAllowed):
            move_participant(participant=cast.pia, to=ParticipantState.ENROLLED, by=cast.coach, at=NOW)

        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.ACTIVE
        assert not AuditEntry.objects.exists()

    def test_the_second_of_two_who_move_at_once_is_told(self, cast):
        seen_by_the_other = Participant.objects.get(pk=cast.pia.pk)
        move_participant(participant=cast.pia, to=ParticipantState.IN_INTERNSHIP, by=cast.coach, at=NOW)

        with pytest.raises(TransitionNotAllowed) as refusal:
            move_participant(participant=seen_by_the_other, to=ParticipantState.PAUSED, by=cast.coach, at=NOW)

        assert refusal.value.current == "in_internship"
        assert AuditEntry.objects.about(cast.pia).count() == 1

    def test_the_end_takes_back_every_consent(self, cast):
        consent = record(cast, items=releasable_items(cast.pia)[:1])

        move_participant(participant=cast.pia, to=ParticipantState.ENDED, by=cast.coach, at=NOW)

        consent.refresh_from_db()
        assert (consent.withdrawn_at, consent.is_taken_back) == (NOW, False)


class TestChangeState:
    def test_a_pause_has_a_reason(self, cast):
        change(cast, "paused", why="Föräldraledig till hösten")

        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.PAUSED
        assert AuditEntry.objects.about(cast.pia).get().said == "Föräldraledig till hösten"

    @pytest.mark.parametrize("to", ["paused", "ended"])
    def test_without_a_reason_nothing_changes(self, cast, to):
        with refused_for("no_reason_to_stop"):
            change(cast, to, why="  ")

        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.ACTIVE

    @pytest.mark.parametrize("to", ["in_internship", "employed"])
    def test_work_cannot_be_claimed_by_a_click(self, cast, to):
        with pytest.raises(TransitionNotAllowed):
            change(cast, to, why="x")

        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.ACTIVE

    def test_strangers_change_nothing(self, cast):
        for stranger in (cast.other_coach, cast.manager, cast.participant_user):
            with pytest.raises(Participant.DoesNotExist):
                change(cast, "paused", why="x", by=stranger)

        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.ACTIVE
