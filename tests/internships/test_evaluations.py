"""How an internship was, said by both sides, and what comes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from backend.core import outbox
from backend.employers.enums import OpeningState
from backend.employers.models import Capacity
from backend.home.day.my_day import coach_day
from backend.home.enums import Part
from backend.internships.enums import Again, AnswerWay, InternshipState, Mood, WhyNotHired, WouldHire
from backend.internships.models import Evaluation, Internship
from backend.internships.services import (
    Verdict,
    answer_evaluation,
    cancel_internship,
    complete_internship,
    end_internship_early,
    look_at_evaluation,
)
from backend.participants.enums import EvidenceSource, SkillLevel
from tests.cast import Cast
from tests.factories import InternshipFactory, SkillEvidenceFactory, SkillRequirementFactory, stand
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

A_YES = Verdict(would_hire=WouldHire.YES)


@pytest.fixture
def ongoing(cast: Cast) -> Internship:
    SkillRequirementFactory(opening=cast.opening, text="Baka bröd")
    return InternshipFactory(
        opening=cast.opening,
        participant=cast.pia,
        state=InternshipState.ONGOING,
        starts_on=TODAY - timedelta(days=60),
        ends_on=TODAY,
    )


@pytest.fixture
def over(cast: Cast, ongoing: Internship) -> Internship:
    return complete_internship(internship_id=ongoing.pk, ended_on=TODAY, by=cast.coach, at=NOW)


def of(internship: Internship, side: str) -> Evaluation:
    return internship.evaluations.get(side=side)


class TestAsked:
    def test_both_sides_once_it_is_over(self, over: Internship, cast: Cast) -> None:
        assert {each.side for each in over.evaluations.all()} == {"employer", "participant"}
        outbox.deliver_due(at=NOW)
        asked = [each for each in mail.outbox if "/svar/" in str(each.body)]
        assert {each.to[0] for each in asked} == {cast.employer_member.email, cast.participant_user.email}

    def test_also_when_it_ended_early(self, ongoing: Internship, cast: Cast) -> None:
        end_internship_early(
            internship_id=ongoing.pk, ended_on=TODAY, side="employer", reason="tasks", by=cast.coach, at=NOW
        )
        assert ongoing.evaluations.count() == 2

    def test_nobody_about_what_was_called_off(self, cast: Cast) -> None:
        planned = InternshipFactory(opening=cast.opening, participant=cast.pia)
        cancel_internship(internship_id=planned.pk, why="moved", by=cast.coach, at=NOW)
        assert not planned.evaluations.exists()

    def test_twice_more_and_no_more_once_it_is_answered(self, over: Internship, cast: Cast) -> None:
        for days in (0, 7):
            outbox.deliver_due(at=NOW + timedelta(days=days))
        to_alice = [each for each in mail.outbox if each.to == [cast.employer_member.email]]
        assert sum("/svar/" in str(each.body) for each in to_alice) == 2
        answer_evaluation(
            evaluation_id=of(over, "employer").pk,
            verdict=A_YES,
            by=cast.employer_member,
            at=NOW + timedelta(days=8),
        )
        mail.outbox.clear()
        outbox.deliver_due(at=NOW + timedelta(days=30))
        assert not [each for each in mail.outbox if each.to == [cast.employer_member.email]]


class TestAnswer:
    def test_says_who_and_by_which_way(self, over: Internship, cast: Cast) -> None:
        for side, by, way in (
            ("employer", cast.coach, AnswerWay.PHONE),
            ("participant", cast.participant_user, AnswerWay.APP),
        ):
            verdict = A_YES if side == "employer" else Verdict(mood=Mood.GOOD)
            kept = answer_evaluation(evaluation_id=of(over, side).pk, verdict=verdict, by=by, at=NOW)
            assert (kept.answered_by, kept.way) == (by, way)

    def test_a_no_says_why(self, over: Internship, cast: Cast) -> None:
        evaluation = of(over, "employer")
        with refused_for("evaluation_without_reason"):
            answer_evaluation(
                evaluation_id=evaluation.pk,
                verdict=Verdict(would_hire=WouldHire.NO),
                by=cast.employer_member,
                at=NOW,
            )
        evaluation.refresh_from_db()
        assert evaluation.answered_at is None

    def test_a_reason_without_a_no_is_left_out(self, over: Internship, cast: Cast) -> None:
        kept = answer_evaluation(
            evaluation_id=of(over, "employer").pk,
            verdict=Verdict(would_hire=WouldHire.YES, why_not=WhyNotHired.NO_WORK),
            by=cast.employer_member,
            at=NOW,
        )
        assert kept.why_not == ""

    def test_neither_side_reads_or_writes_the_other_s(self, over: Internship, cast: Cast) -> None:
        for side, by in (("employer", cast.participant_user), ("participant", cast.employer_member)):
            with pytest.raises(Evaluation.DoesNotExist):
                answer_evaluation(evaluation_id=of(over, side).pk, verdict=A_YES, by=by, at=NOW)
            client = Client()
            client.force_login(by)
            assert (
                client.get(reverse("internships:evaluation_answer", args=[of(over, side).pk])).status_code
                == 404
            )

    def test_strangers_find_none(self, over: Internship, cast: Cast) -> None:
        for by in (cast.other_employer, cast.other_coach, cast.other_participant_user):
            with pytest.raises(Evaluation.DoesNotExist):
                answer_evaluation(evaluation_id=of(over, "employer").pk, verdict=A_YES, by=by, at=NOW)

    def test_a_manager_reads_and_does_not_write(self, over: Internship, cast: Cast) -> None:
        with pytest.raises(Evaluation.DoesNotExist):
            answer_evaluation(evaluation_id=of(over, "employer").pk, verdict=A_YES, by=cast.manager, at=NOW)


class TestGoneThrough:
    @pytest.fixture
    def answered(self, over: Internship, cast: Cast) -> Evaluation:
        requirement = cast.opening.requirements.get()
        levels = {requirement.pk: SkillLevel.INDEPENDENT, uuid4(): SkillLevel.CAN_TEACH}
        verdict = Verdict(would_hire=WouldHire.YES, levels=levels)
        return answer_evaluation(
            evaluation_id=of(over, "employer").pk, verdict=verdict, by=cast.employer_member, at=NOW
        )

    def test_what_was_seen_becomes_evidence(self, answered: Evaluation, cast: Cast) -> None:
        taken = [each.pk for each in answered.skills.all()]
        look_at_evaluation(evaluation_id=answered.pk, taken=taken, by=cast.coach, at=NOW)
        skill = cast.pia.skills.get(text="Baka bröd")
        assert (skill.level, skill.source) == (SkillLevel.INDEPENDENT, EvidenceSource.INTERNSHIP)

    def test_it_counts_over_what_was_said_before(self, answered: Evaluation, cast: Cast) -> None:
        SkillEvidenceFactory(participant=cast.pia, text="baka bröd", level=1, source=EvidenceSource.SELF)
        taken = [each.pk for each in answered.skills.all()]
        look_at_evaluation(evaluation_id=answered.pk, taken=taken, by=cast.coach, at=NOW)
        skill = cast.pia.skills.get()
        assert (skill.level, skill.source) == (SkillLevel.INDEPENDENT, EvidenceSource.INTERNSHIP)

    def test_nothing_is_written_before_the_coach_has_looked(self, answered: Evaluation, cast: Cast) -> None:
        assert not cast.pia.skills.exists()

    def test_what_the_coach_takes_away_is_not_written(self, answered: Evaluation, cast: Cast) -> None:
        look_at_evaluation(evaluation_id=answered.pk, by=cast.coach, at=NOW)
        assert not cast.pia.skills.exists()

    def test_then_it_stands(self, answered: Evaluation, cast: Cast) -> None:
        look_at_evaluation(evaluation_id=answered.pk, by=cast.coach, at=NOW)
        with refused_for("evaluation_closed"):
            answer_evaluation(evaluation_id=answered.pk, verdict=A_YES, by=cast.employer_member, at=NOW)

    def test_only_what_was_answered(self, over: Internship, cast: Cast) -> None:
        with refused_for("evaluation_not_answered"):
            look_at_evaluation(evaluation_id=of(over, "employer").pk, by=cast.coach, at=NOW)


class TestMyDay:
    def rows(self, cast: Cast, *, days: int = 0) -> list[tuple[str, str]]:
        day = TODAY + timedelta(days=days)
        return [(row.part, str(row.reason)) for row in coach_day(cast.coach, today=day)]

    def test_an_answer_waits_for_the_coach_until_it_is_gone_through(
        self, over: Internship, cast: Cast
    ) -> None:
        evaluation = of(over, "employer")
        answer_evaluation(evaluation_id=evaluation.pk, verdict=A_YES, by=cast.employer_member, at=NOW)
        assert (Part.YOURS, "En utvärdering har kommit") in self.rows(cast)
        look_at_evaluation(evaluation_id=evaluation.pk, by=cast.coach, at=NOW)
        assert (Part.YOURS, "En utvärdering har kommit") not in self.rows(cast)

    def test_a_bad_one_is_red(self, over: Internship, cast: Cast) -> None:
        answer_evaluation(
            evaluation_id=of(over, "participant").pk,
            verdict=Verdict(mood=Mood.BAD),
            by=cast.participant_user,
            at=NOW,
        )
        assert (Part.RED, "Säger att det gick dåligt") in self.rows(cast)

    def test_the_coach_calls_when_the_mails_were_not_answered(self, over: Internship, cast: Cast) -> None:
        assert not [reason for _part, reason in self.rows(cast, days=11) if "utvärderat" in reason]
        assert [reason for _part, reason in self.rows(cast, days=12) if "utvärderat" in reason]


class TestAgain:
    def answered(self, over: Internship, cast: Cast, **more: object) -> Evaluation:
        verdict = Verdict(would_hire=WouldHire.YES, again=Again.YES, **more)  # type: ignore[arg-type]
        return answer_evaluation(
            evaluation_id=of(over, "employer").pk, verdict=verdict, by=cast.employer_member, at=NOW
        )

    def test_a_number_becomes_places_that_are_matched(self, over: Internship, cast: Cast) -> None:
        evaluation = self.answered(over, cast, again_places=2, again_from=TODAY + timedelta(days=30))
        capacity = Capacity.objects.get()
        assert (capacity.places, capacity.starts_on) == (2, TODAY + timedelta(days=30))
        assert capacity.opening == evaluation.offered
        assert capacity.opening.state == OpeningState.PUBLISHED
        assert [each.text for each in capacity.opening.requirements.all()] == ["Baka bröd"]

    def test_once_however_often_it_is_answered(self, over: Internship, cast: Cast) -> None:
        for _time in range(2):
            self.answered(over, cast, again_places=2)
        assert Capacity.objects.count() == 1

    def test_a_yes_without_a_number_makes_nothing(self, over: Internship, cast: Cast) -> None:
        self.answered(over, cast)
        assert not Capacity.objects.exists()

    def test_a_paused_employer_s_offer_remains_a_draft(self, over: Internship, cast: Cast) -> None:
        stand(cast.bakery, "paused")
        evaluation = self.answered(over, cast, again_places=1)
        assert evaluation.offered is not None
        evaluation.offered.refresh_from_db()
        assert evaluation.offered.state == OpeningState.DRAFT


class TestPages:
    def test_a_workplace_answers_in_one_form(self, over: Internship, cast: Cast) -> None:
        alice = Client()
        alice.force_login(cast.employer_member)
        page = reverse("internships:evaluation_answer", args=[of(over, "employer").pk])
        requirement = cast.opening.requirements.get()
        sent = {"would_hire": "no", "why_not": "", f"skill_{requirement.pk}": "3", "words": "Bra kollega."}
        refused = alice.post(page, sent)
        assert refused.status_code == 422
        assert "Bra kollega." in refused.content.decode()
        assert alice.post(page, sent | {"why_not": "no_work"}).status_code == 302
        shown = alice.get(page).content.decode()
        assert "Vi har inte tillräckligt med arbete" in shown
        assert cast.pia.first_name not in shown

    def test_the_coach_goes_through_it_with_one_press(self, over: Internship, cast: Cast) -> None:
        evaluation = of(over, "participant")
        answer_evaluation(
            evaluation_id=evaluation.pk, verdict=Verdict(mood=Mood.GOOD), by=cast.participant_user, at=NOW
        )
        coach = Client()
        coach.force_login(cast.coach)
        coach.post(reverse("internships:evaluation_look", args=[evaluation.pk]))
        evaluation.refresh_from_db()
        assert evaluation.looked_by == cast.coach
