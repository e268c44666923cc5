"""An internship is paused and goes on; nobody came to one."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from backend.core import outbox
from backend.core.models import OutboxMessage
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.models import Opening
from backend.home.day.my_day import coach_day
from backend.home.enums import Matter
from backend.internships.enums import FollowUpKind, InternshipState
from backend.internships.models import FollowUp, Internship, InternshipPause
from backend.internships.services import (
    change_return,
    complete_internship,
    pause_internship,
    record_employment,
    record_no_show,
    resume_internship,
    start_internship,
)
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.services import draft_proposal
from backend.participants.models import Participant
from tests.cast import Cast
from tests.factories import InternshipFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.told import told

DAY = timedelta(days=1)
BACK = TODAY + 7 * DAY


@pytest.fixture
def ongoing(cast: Cast) -> Internship:
    proposal = ProposalFactory(opening=cast.opening, participant=cast.pia, state=ProposalState.PLACED)
    Opening.objects.filter(pk=cast.opening.pk).update(places_taken=1)
    internship = InternshipFactory(
        proposal=proposal,
        opening=cast.opening,
        participant=cast.pia,
        starts_on=TODAY - 3 * DAY,
        ends_on=TODAY + 60 * DAY,
        union_asked_on=TODAY - 9 * DAY,
    )
    days: dict[str, Any] = {"started_on": internship.starts_on, "at": NOW - 3 * DAY}
    return start_internship(internship_id=internship.pk, by=cast.coach, **days)


def pause(internship: Internship, cast: Cast, **changes: Any) -> Internship:
    days: dict[str, Any] = {"from_on": TODAY, "back_on": BACK, "reason": "closed", "at": NOW}
    return pause_internship(internship_id=internship.pk, by=cast.coach, **(days | changes))


def first_week(internship: Internship) -> date:
    return FollowUp.objects.values_list("due_on", flat=True).get(
        internship=internship, kind=FollowUpKind.FIRST_WEEK
    )


class TestPause:
    def test_is_dated_coded_and_told_to_both(self, cast: Cast, ongoing: Internship) -> None:
        assert pause(ongoing, cast).state == InternshipState.PAUSED

        row = InternshipPause.objects.get()
        assert (row.from_on, row.back_on, row.reason, row.paused_by) == (TODAY, BACK, "closed", cast.coach)
        assert told(kind="internship_paused") == {cast.employer_member, cast.participant_user}

    def test_moves_follow_ups_that_fall_in_it_past_it(self, cast: Cast, ongoing: Internship) -> None:
        others = {each.pk: each.due_on for each in FollowUp.objects.exclude(kind=FollowUpKind.FIRST_WEEK)}
        assert TODAY <= first_week(ongoing) < BACK

        pause(ongoing, cast)

        assert first_week(ongoing) == BACK
        assert {pk: FollowUp.objects.get(pk=pk).due_on for pk in others} == others

    def test_nobody_is_asked_before_it_is_over(self, cast: Cast, ongoing: Internship) -> None:
        was_due = first_week(ongoing)
        pause(ongoing, cast)

        asked = OutboxMessage.objects.filter(kind="follow_up_asked", due_at__date=was_due)
        assert [outbox.kinds[each.kind].is_due(each) for each in asked] == [False, False]

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"reason": ""}, "pause_without_reason"),
            ({"from_on": TODAY + DAY, "back_on": BACK}, "pause_to_come"),
            ({"from_on": TODAY - 9 * DAY}, "pause_outside"),
            ({"back_on": TODAY}, "back_before_pause"),
            ({"back_on": TODAY + 61 * DAY}, "back_after_end"),
        ],
    )
    def test_is_refused(self, cast: Cast, ongoing: Internship, changes: dict[str, Any], code: str) -> None:
        with refused_for(code):
            pause(ongoing, cast, **changes)

        ongoing.refresh_from_db()
        assert (ongoing.state, InternshipPause.objects.count()) == (InternshipState.ONGOING, 0)

    def test_strangers_do_not_know_of_it(self, cast: Cast, ongoing: Internship) -> None:
        with pytest.raises(Internship.DoesNotExist):
            pause_internship(
                internship_id=ongoing.pk,
                from_on=TODAY,
                back_on=BACK,
                reason="closed",
                by=cast.other_coach,
                at=NOW,
            )
        assert InternshipPause.objects.count() == 0

    def test_a_second_one_changes_nothing(self, cast: Cast, ongoing: Internship) -> None:
        pause(ongoing, cast)

        with pytest.raises(TransitionNotAllowed):
            pause(ongoing, cast)

        assert InternshipPause.objects.count() == 1

    def test_it_still_becomes_a_job_or_an_end(self, cast: Cast, ongoing: Internship) -> None:
        pause(ongoing, cast)
        job: dict[str, Any] = {"form": "ordinary", "title": "Bagare", "percent": 100, "starts_on": TODAY}
        who: dict[str, Any] = {"by": cast.coach, "at": NOW}

        record_employment(participant_id=cast.pia.pk, internship_id=ongoing.pk, **job, **who)
        ended = complete_internship(internship_id=ongoing.pk, ended_on=TODAY, **who)

        assert ended.state == InternshipState.COMPLETED

    def test_the_person_is_in_no_other_internship_meanwhile(self, cast: Cast, ongoing: Internship) -> None:
        pause(ongoing, cast)
        other = InternshipFactory(participant=cast.pia, starts_on=TODAY)

        with refused_for("in_another_internship"):
            start_internship(internship_id=other.pk, started_on=TODAY, by=cast.coach, at=NOW)

        assert Internship.objects.get(pk=other.pk).state == InternshipState.PLANNED


class TestReturn:
    def test_goes_on_with_the_follow_ups_to_come(self, cast: Cast, ongoing: Internship) -> None:
        pause(ongoing, cast)
        back = resume_internship(
            internship_id=ongoing.pk, resumed_on=BACK + 2 * DAY, by=cast.coach, at=NOW + 9 * DAY
        )

        assert back.state == InternshipState.ONGOING
        assert first_week(ongoing) >= BACK + 2 * DAY
        assert InternshipPause.objects.get().resumed_by == cast.coach
        assert told(kind="internship_resumed") == {cast.employer_member, cast.participant_user}

    def test_what_was_held_back_is_asked_when_the_return_is_written_late(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        pause(ongoing, cast)

        resume_internship(internship_id=ongoing.pk, resumed_on=BACK, by=cast.coach, at=NOW + 11 * DAY)

        assert first_week(ongoing) >= TODAY + 11 * DAY

    def test_can_be_written_for_another_day_with_why(self, cast: Cast, ongoing: Internship) -> None:
        pause(ongoing, cast)

        change_return(internship_id=ongoing.pk, back_on=BACK + 7 * DAY, why="Längre.", by=cast.coach, at=NOW)

        assert InternshipPause.objects.get().back_on == BACK + 7 * DAY
        assert first_week(ongoing) == BACK + 7 * DAY

    @pytest.mark.parametrize(
        ("day", "code"), [(TODAY, "back_before_pause"), (TODAY + 2 * DAY, "resumed_to_come")]
    )
    def test_is_refused_on_a_day_that_cannot_be(
        self, cast: Cast, ongoing: Internship, day: date, code: str
    ) -> None:
        pause(ongoing, cast)

        with refused_for(code):
            resume_internship(internship_id=ongoing.pk, resumed_on=day, by=cast.coach, at=NOW)

        assert Internship.objects.get().state == InternshipState.PAUSED

    @pytest.mark.parametrize("state", [InternshipState.PLANNED, InternshipState.ONGOING])
    def test_is_refused_for_what_is_not_paused(self, cast: Cast, state: InternshipState) -> None:
        internship = InternshipFactory(participant=cast.pia, state=state)
        for write in (
            lambda key: resume_internship(resumed_on=TODAY, **key),
            lambda key: change_return(back_on=BACK, why="x", **key),
        ):
            with refused_for("internship_not_paused"):
                write({"internship_id": internship.pk, "by": cast.coach, "at": NOW})

        assert Internship.objects.get().state == state


class TestMyDay:
    def rows(self, cast: Cast, today: date) -> list[tuple[str, str]]:
        rows = coach_day(cast.coach, today=today)
        return [(str(row.reason), str(row.part)) for row in rows if row.matter == Matter.PLACEMENT]

    @pytest.fixture(autouse=True)
    def in_english(self) -> Iterator[None]:
        with translation.override("en"):
            yield

    def test_is_silent_until_the_return(self, cast: Cast, ongoing: Internship) -> None:
        pause(ongoing, cast)
        FollowUp.objects.update(closed_at=NOW, closed_by=cast.coach)

        assert self.rows(cast, BACK - DAY) == []

    def test_asks_on_the_day_of_the_return(self, cast: Cast, ongoing: Internship) -> None:
        pause(ongoing, cast)
        FollowUp.objects.update(closed_at=NOW, closed_by=cast.coach)

        assert self.rows(cast, BACK) == [("The pause should be over", "now")]

    def test_asks_about_one_that_is_longer_than_the_rule(self, cast: Cast, ongoing: Internship) -> None:
        pause(ongoing, cast, back_on=TODAY + 50 * DAY)
        FollowUp.objects.update(closed_at=NOW, closed_by=cast.coach)

        assert self.rows(cast, TODAY + 28 * DAY) == []
        assert self.rows(cast, TODAY + 29 * DAY) == [("Paused for a long time", "yours")]


class TestNobodyCame:
    @pytest.fixture
    def planned(self, cast: Cast) -> Internship:
        proposal = ProposalFactory(opening=cast.opening, participant=cast.pia, state=ProposalState.PLACED)
        Opening.objects.filter(pk=cast.opening.pk).update(places_taken=1)
        return InternshipFactory(
            proposal=proposal, opening=cast.opening, participant=cast.pia, starts_on=TODAY
        )

    def record(self, cast: Cast, internship: Internship, **changes: Any) -> Internship:
        words = {"side": "participant", "by": cast.coach, "at": NOW} | changes
        return record_no_show(internship_id=internship.pk, **words)

    def test_ends_it_with_whose_side_and_frees_the_place(self, cast: Cast, planned: Internship) -> None:
        self.record(cast, planned)

        planned.refresh_from_db()
        assert (planned.state, planned.ended_by_side) == (InternshipState.NO_SHOW, "participant")
        assert Opening.objects.get(pk=cast.opening.pk).places_taken == 0
        assert Proposal.objects.get().state == ProposalState.FINISHED
        assert told(kind="internship_no_show") == {cast.employer_member, cast.participant_user}

    def test_the_person_can_be_proposed_there_again_at_once(self, cast: Cast, planned: Internship) -> None:
        self.record(cast, planned)

        key = {"opening_id": cast.opening.pk, "participant_id": cast.pia.pk}
        assert draft_proposal(**key, by=cast.coach, at=NOW)
        assert Participant.objects.get(pk=cast.pia.pk).state == "active"

    def test_nothing_is_asked_of_it(self, cast: Cast, planned: Internship) -> None:
        self.record(cast, planned)

        assert FollowUp.objects.count() == 0

    @pytest.mark.parametrize(
        ("changes", "code"),
        [({"side": ""}, "no_side_for_no_show"), ({"at": NOW - DAY}, "no_show_to_come")],
    )
    def test_is_refused(self, cast: Cast, planned: Internship, changes: dict[str, Any], code: str) -> None:
        with refused_for(code):
            self.record(cast, planned, **changes)

        planned.refresh_from_db()
        assert planned.state == InternshipState.PLANNED

    def test_not_of_one_that_began(self, cast: Cast, ongoing: Internship) -> None:
        with pytest.raises(TransitionNotAllowed):
            self.record(cast, ongoing)

        assert Internship.objects.get().state == InternshipState.ONGOING


class TestPages:
    def test_a_coach_pauses_and_lets_it_go_on(self, cast: Cast, ongoing: Internship, client: Client) -> None:
        client.force_login(cast.coach)
        days = {"from_on": TODAY, "back_on": BACK, "reason": "closed"}

        client.post(reverse("internships:internship_pause", args=[ongoing.pk]), days)

        assert Internship.objects.get().state == InternshipState.PAUSED
        page = client.get(ongoing.get_absolute_url()).content.decode()
        assert reverse("internships:internship_return", args=[ongoing.pk]) in page

    @pytest.mark.parametrize("who", ["employer_member", "participant_user"])
    def test_both_sides_read_until_when(
        self, cast: Cast, ongoing: Internship, client: Client, who: str
    ) -> None:
        pause(ongoing, cast)
        reader = getattr(cast, who)
        reader.language = "en"
        reader.save()
        client.force_login(reader)

        assert "The internship is paused." in client.get(ongoing.get_absolute_url()).content.decode()
