"""Follow-ups, endings, concerns, jobs and whether they last."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import translation

from backend.accounts.enums import Persona
from backend.internships.enums import (
    EndReason,
    FollowUpKind,
    InternshipState,
    Mood,
    RetentionAnswer,
    Side,
    WayIn,
)
from backend.internships.models import Concern, Correction, Employment, FollowUp, Internship, RetentionCheck
from backend.internships.pages.next import next_for_coach_of
from backend.internships.services import (
    answer_follow_up,
    answer_retention,
    close_follow_up,
    complete_internship,
    end_internship_early,
    handle_concern,
    raise_concern,
    record_employment,
    start_internship,
    want_call,
)
from backend.matching.enums import ProposalState
from backend.participants.enums import ParticipantState
from tests.cast import Cast
from tests.factories import EmploymentFactory, InternshipFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.told import told


@pytest.fixture
def ongoing(cast: Cast) -> Internship:
    internship = InternshipFactory(
        opening=cast.opening,
        participant=cast.pia,
        starts_on=TODAY - timedelta(days=30),
        ends_on=TODAY + timedelta(days=30),
    )
    starts_on = internship.starts_on
    return start_internship(
        internship_id=internship.pk, started_on=starts_on, by=cast.coach, at=NOW - timedelta(days=30)
    )


@pytest.fixture
def first_week(ongoing: Internship) -> FollowUp:
    return ongoing.follow_ups.get(kind=FollowUpKind.FIRST_WEEK)


class TestAnswerFollowUp:
    def test_opens_on_its_day_for_both_sides(self, cast: Cast, ongoing: Internship) -> None:
        later = ongoing.follow_ups.get(kind=FollowUpKind.END)
        for by in (cast.employer_member, cast.participant_user):
            answer = partial(answer_follow_up, follow_up_id=later.pk, side=by.persona, mood="good", by=by)

            with refused_for("follow_up_not_open_yet"):
                answer(at=NOW)

            answer(at=NOW + timedelta(days=30))

    def test_a_coach_writes_down_earlier_what_was_said_by_phone(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        later = ongoing.follow_ups.get(kind=FollowUpKind.END)

        answer_follow_up(follow_up_id=later.pk, side="employer", mood="good", by=cast.coach, at=NOW)

        later.refresh_from_db()
        assert later.employer_mood == "good"

    def test_each_side_answers_for_itself(self, cast: Cast, first_week: FollowUp) -> None:
        for by in (cast.employer_member, cast.participant_user):
            answer_follow_up(follow_up_id=first_week.pk, side=by.persona, mood=Mood.GOOD, by=by, at=NOW)
        first_week.refresh_from_db()
        assert first_week.employer_answered_by == cast.employer_member
        assert first_week.participant_answered_by == cast.participant_user

    def test_the_employer_cannot_answer_for_the_participant(self, cast: Cast, first_week: FollowUp) -> None:
        with refused_for("other_side"):
            answer_follow_up(
                follow_up_id=first_week.pk,
                side=Persona.PARTICIPANT,
                mood=Mood.GOOD,
                by=cast.employer_member,
                at=NOW,
            )
        first_week.refresh_from_db()
        assert first_week.participant_mood == ""

    def test_the_coach_fills_in_by_phone_and_stands_as_author(self, cast: Cast, first_week: FollowUp) -> None:
        answer_follow_up(
            follow_up_id=first_week.pk, side=Persona.EMPLOYER, mood=Mood.BAD, by=cast.coach, at=NOW
        )
        first_week.refresh_from_db()
        assert (first_week.employer_mood, first_week.employer_answered_by) == (Mood.BAD, cast.coach)

    def test_strangers_find_no_such_follow_up(self, cast: Cast, first_week: FollowUp) -> None:
        for by in (cast.other_employer, cast.other_participant_user, cast.other_coach):
            with pytest.raises(FollowUp.DoesNotExist):
                answer_follow_up(follow_up_id=first_week.pk, side=by.persona, mood=Mood.GOOD, by=by, at=NOW)

    def test_another_answer_keeps_the_first(self, cast: Cast, first_week: FollowUp) -> None:
        by = cast.employer_member
        for mood in (Mood.GOOD, Mood.GOOD, Mood.BAD):
            answer_follow_up(follow_up_id=first_week.pk, side=by.persona, mood=mood, by=by, at=NOW)
        version = Correction.objects.get()
        assert (version.was["employer_mood"], version.became["employer_mood"]) == ("good", "bad")

    def test_a_closed_one_takes_no_more_answers(self, cast: Cast, first_week: FollowUp) -> None:
        close_follow_up(follow_up_id=first_week.pk, coach_note="Bra.", by=cast.coach, at=NOW)
        with refused_for("follow_up_closed"):
            answer_follow_up(
                follow_up_id=first_week.pk,
                side=Persona.EMPLOYER,
                mood=Mood.GOOD,
                by=cast.employer_member,
                at=NOW,
            )

    def test_it_is_closed_once(self, cast: Cast, first_week: FollowUp) -> None:
        close_follow_up(follow_up_id=first_week.pk, coach_note="Bra.", by=cast.coach, at=NOW)
        with refused_for("follow_up_closed"):
            close_follow_up(follow_up_id=first_week.pk, coach_note="Igen.", by=cast.coach, at=NOW)
        first_week.refresh_from_db()
        assert first_week.coach_note == "Bra."


class TestEnd:
    def test_completing_lets_the_participant_look_for_a_place_again(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        complete_internship(internship_id=ongoing.pk, ended_on=TODAY, by=cast.coach, at=NOW)
        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.ACTIVE

    def test_what_was_released_for_the_placement_is_seen_no_longer(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        placed = ProposalFactory(opening=cast.opening, participant=cast.pia, state=ProposalState.PLACED)
        Internship.objects.filter(pk=ongoing.pk).update(proposal=placed, way_in=WayIn.PROPOSAL)
        complete_internship(internship_id=ongoing.pk, ended_on=TODAY, by=cast.coach, at=NOW)
        placed.refresh_from_db()
        assert (placed.state, placed.consent.withdrawn_at) == (ProposalState.FINISHED, NOW)

    def test_an_early_end_names_the_side_and_the_reason(self, cast: Cast, ongoing: Internship) -> None:
        with refused_for("no_side_for_end"):
            end_internship_early(
                internship_id=ongoing.pk, ended_on=TODAY, side="", reason="", by=cast.coach, at=NOW
            )
        ongoing.refresh_from_db()
        assert ongoing.state == InternshipState.ONGOING

    def test_an_early_end_takes_away_what_was_to_come_but_not_the_evaluation(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        last = TODAY - timedelta(days=10)
        end_internship_early(
            internship_id=ongoing.pk,
            ended_on=last,
            side=Side.EMPLOYER,
            reason=EndReason.SUPERVISION,
            by=cast.coach,
            at=NOW,
        )
        left = dict(FollowUp.objects.still_open().values_list("kind", "due_on"))
        assert FollowUpKind.MIDPOINT not in left
        assert left[FollowUpKind.END] == last

    def test_it_cannot_end_before_it_began_or_in_the_future(self, cast: Cast, ongoing: Internship) -> None:
        for day, why in (
            (ongoing.starts_on - timedelta(days=1), "ended_before_start"),
            (TODAY + timedelta(days=1), "ended_to_come"),
        ):
            with refused_for(why):
                complete_internship(internship_id=ongoing.pk, ended_on=day, by=cast.coach, at=NOW)
        ongoing.refresh_from_db()
        assert ongoing.state == InternshipState.ONGOING


class TestConcern:
    def test_the_coach_is_told_and_the_employer_never_sees_it(self, cast: Cast, ongoing: Internship) -> None:
        concern = raise_concern(
            internship_id=ongoing.pk, text="Ensam hela dagen.", by=cast.participant_user, at=NOW
        )
        assert told(subject_id=concern.pk) == {cast.coach}
        assert not Concern.objects.visible_to(cast.employer_member).exists()

    def test_it_is_handled_with_words(self, cast: Cast, ongoing: Internship) -> None:
        concern = raise_concern(internship_id=ongoing.pk, text="Fel.", by=cast.participant_user, at=NOW)
        with refused_for("concern_without_outcome"):
            handle_concern(concern_id=concern.pk, outcome=" ", by=cast.coach, at=NOW)
        handle_concern(concern_id=concern.pk, outcome="Besökt.", by=cast.coach, at=NOW)
        with pytest.raises(Concern.DoesNotExist):
            handle_concern(concern_id=concern.pk, outcome="Igen.", by=cast.coach, at=NOW)


class TestRecordEmployment:
    def test_a_conversion_is_at_the_internships_employer_and_is_asked_about_four_times(
        self, cast: Cast, ongoing: Internship
    ) -> None:
        job = record_employment(
            participant_id=cast.pia.pk,
            internship_id=ongoing.pk,
            form="ordinary",
            title="Bagare",
            percent=75,
            starts_on=date(2026, 3, 16),
            by=cast.coach,
            at=NOW,
        )
        assert (job.employer, job.employer_name) == (cast.bakery, "Bageriet AB")
        assert list(job.retention_checks.values_list("months", "due_on")) == [
            (1, date(2026, 4, 16)),
            (3, date(2026, 6, 16)),
            (6, date(2026, 9, 16)),
            (12, date(2027, 3, 16)),
        ]
        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.EMPLOYED

    def test_a_job_without_an_internship_needs_an_employer(self, cast: Cast) -> None:
        with refused_for("blank"):
            record_employment(
                participant_id=cast.pia.pk,
                form="ordinary",
                title="Bagare",
                percent=75,
                starts_on=TODAY,
                by=cast.coach,
                at=NOW,
            )
        assert not Employment.objects.exists()

    def test_a_planned_internship_cannot_have_led_to_a_job(self, cast: Cast) -> None:
        planned = InternshipFactory(opening=cast.opening, participant=cast.pia)
        with refused_for("internship_not_started"):
            record_employment(
                participant_id=cast.pia.pk,
                internship_id=planned.pk,
                form="ordinary",
                title="Bagare",
                percent=75,
                starts_on=TODAY,
                by=cast.coach,
                at=NOW,
            )


class TestWantCall:
    @pytest.fixture
    def sad(self, cast: Cast, first_week: FollowUp) -> FollowUp:
        answer = partial(answer_follow_up, follow_up_id=first_week.pk, side=Persona.PARTICIPANT)
        return answer(mood=Mood.BAD, by=cast.participant_user, at=NOW)

    def test_reaches_the_coachs_day_as_a_red_row(self, cast: Cast, sad: FollowUp) -> None:
        want_call(follow_up_id=sad.pk, by=cast.participant_user, at=NOW)

        with translation.override("en"):
            step = next_for_coach_of(FollowUp.objects.get(pk=sad.pk), today=TODAY)
        assert step is not None
        assert (step.reason, step.mark) == ("Wants you to call", "danger")

    def test_once_more_changes_nothing(self, cast: Cast, sad: FollowUp) -> None:
        want_call(follow_up_id=sad.pk, by=cast.participant_user, at=NOW)
        again = want_call(follow_up_id=sad.pk, by=cast.participant_user, at=NOW + timedelta(hours=1))

        assert again.call_wanted_at == NOW

    def test_nobody_else_asks_for_it(self, cast: Cast, sad: FollowUp) -> None:
        with refused_for("other_side"):
            want_call(follow_up_id=sad.pk, by=cast.coach, at=NOW)
        assert FollowUp.objects.get(pk=sad.pk).call_wanted_at is None

    def test_is_asked_only_of_one_for_whom_it_goes_badly(self, cast: Cast, first_week: FollowUp) -> None:
        with refused_for("call_not_asked_about"):
            want_call(follow_up_id=first_week.pk, by=cast.participant_user, at=NOW)
        assert FollowUp.objects.get(pk=first_week.pk).call_wanted_at is None

    def test_is_over_when_the_follow_up_is_closed(self, cast: Cast, sad: FollowUp) -> None:
        close_follow_up(follow_up_id=sad.pk, coach_note="Pratat.", by=cast.coach, at=NOW)

        with refused_for("follow_up_closed"):
            want_call(follow_up_id=sad.pk, by=cast.participant_user, at=NOW)


class TestAnswerRetention:
    @pytest.fixture
    def check(self, cast: Cast) -> RetentionCheck:
        job = EmploymentFactory(participant=cast.pia)
        return RetentionCheck.objects.create(employment=job, months=1, due_on=TODAY)

    def test_the_answer_says_who_said_so(self, cast: Cast, check: RetentionCheck) -> None:
        answer_retention(check_id=check.pk, answer=RetentionAnswer.YES, said_by="Pia", by=cast.coach, at=NOW)
        check.refresh_from_db()
        assert (check.answer, check.said_by, check.answered_by) == (RetentionAnswer.YES, "Pia", cast.coach)

    def test_another_answer_needs_a_reason_and_the_first_is_kept(
        self, cast: Cast, check: RetentionCheck
    ) -> None:
        key: dict[str, Any] = {"check_id": check.pk, "said_by": "Pia", "by": cast.coach, "at": NOW}
        answer_retention(answer=RetentionAnswer.YES, **key)
        with refused_for("correction_without_why"):
            answer_retention(answer=RetentionAnswer.NO, **key)
        answer_retention(answer=RetentionAnswer.NO, why="Fel person.", **key)
        version = Correction.objects.get()
        assert (version.was, version.became) == ({"answer": "yes"}, {"answer": "no"})
        assert (version.why, version.by) == ("Fel person.", cast.coach)

    def test_nobody_is_employed_after_being_gone(self, cast: Cast, check: RetentionCheck) -> None:
        later = RetentionCheck.objects.create(employment=check.employment, months=3, due_on=TODAY)
        key: dict[str, Any] = {"said_by": "Pia", "by": cast.coach, "at": NOW}
        answer_retention(check_id=check.pk, answer=RetentionAnswer.NO, **key)
        with refused_for("retention_contradicts"):
            answer_retention(check_id=later.pk, answer=RetentionAnswer.YES, **key)
        later.refresh_from_db()
        assert later.answer == ""

    def test_nobody_is_gone_before_being_employed(self, cast: Cast, check: RetentionCheck) -> None:
        later = RetentionCheck.objects.create(employment=check.employment, months=3, due_on=TODAY)
        key: dict[str, Any] = {"said_by": "Pia", "by": cast.coach, "at": NOW}
        answer_retention(check_id=later.pk, answer=RetentionAnswer.YES, **key)
        with refused_for("retention_contradicts"):
            answer_retention(check_id=check.pk, answer=RetentionAnswer.NO, **key)

    def test_it_is_not_asked_before_its_day(self, cast: Cast, check: RetentionCheck) -> None:
        early = NOW - timedelta(days=2)
        with refused_for("retention_too_early"):
            answer_retention(
                check_id=check.pk, answer=RetentionAnswer.YES, said_by="Pia", by=cast.coach, at=early
            )
        check.refresh_from_db()
        assert check.answer == ""
