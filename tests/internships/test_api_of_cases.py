"""What belongs to internships, in the API: each side says and reads its own, the coach writes the rest."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core.models import ReadEntry
from backend.internships.models import Concern, Employment, Evaluation, FollowUp, RetentionCheck
from backend.participants.models import SkillEvidence
from tests.cast import Cast
from tests.factories import FollowUpFactory, InternshipFactory, SkillRequirementFactory
from tests.factories.base import NOW, TODAY
from tests.internships.calling import get, post, refused, twice
from tests.permissions.world import Everything

DAY = timedelta(days=1)
JOB: dict[str, Any] = {
    "title": "Bagare",
    "form": "ordinary",
    "percent": 75,
    "starts_on": TODAY + 4 * DAY,
    "employer_name": "Kiosken",
}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def due(cast: Cast) -> FollowUp:
    days = {"starts_on": TODAY - 10 * DAY, "ends_on": TODAY + 50 * DAY}
    ongoing = InternshipFactory(opening=cast.opening, participant=cast.pia, state="ongoing", **days)
    made: FollowUp = FollowUpFactory(internship=ongoing, due_on=TODAY)
    return made


class TestFollowUps:
    def test_each_side_answers_and_reads_its_own(self, cast: Cast, due: FollowUp) -> None:
        said = twice(cast.employer_member, "follow_up-answer", due, mood="so_so", note="Kommer sent.")
        assert said["said"]["mood"] == "so_so"
        own = get(cast.participant_user, "follow_up-detail", due)
        assert own.json()["said"] is None
        assert "Kommer sent" not in own.content.decode()
        assert get(cast.coach, "follow_up-detail", due).json()["employer_note"] == "Kommer sent."

    def test_who_wants_a_call_gets_one(self, cast: Cast, due: FollowUp) -> None:
        assert refused(cast.participant_user, "follow_up-want-call", due) == "call_not_asked_about"
        twice(cast.participant_user, "follow_up-answer", due, mood="bad")
        assert post(cast.participant_user, "follow_up-want-call", due).json()["call_wanted_at"]

    def test_the_coach_writes_both_and_closes(self, cast: Cast, due: FollowUp) -> None:
        seen = get(cast.coach, "follow_up-detail", due).json()["seen"]
        heard = {"employer_mood": "good", "participant_mood": "bad", "closes": True, "seen": seen}
        assert refused(cast.coach, "follow_up-write", due, **heard) == "follow_up_without_summary"
        closed = twice(cast.coach, "follow_up-write", due, coach_note="Byter uppgifter.", **heard)
        assert closed["closed_at"] is not None
        assert closed["participant_way"] == "phone"

    def test_what_was_written_meanwhile_is_not_overwritten(self, cast: Cast, due: FollowUp) -> None:
        seen = get(cast.coach, "follow_up-detail", due).json()["seen"]
        post(cast.employer_member, "follow_up-answer", due, mood="bad")
        heard = {"employer_mood": "good", "seen": seen}
        assert refused(cast.coach, "follow_up-write", due, **heard) == "follow_up_written_meanwhile"

    def test_what_was_written_is_corrected_with_a_reason(self, cast: Cast, due: FollowUp) -> None:
        post(cast.employer_member, "follow_up-answer", due, mood="bad", note="Fel person.")
        why = {"employer_mood": "good", "employer_note": ""}
        assert refused(cast.coach, "follow_up-correct", due, **why) == "correction_without_why"
        assert twice(cast.coach, "follow_up-correct", due, why="Fel.", **why)["employer_mood"] == "good"

    def test_an_extra_one_is_planned_once(self, cast: Cast, due: FollowUp) -> None:
        internship = due.internship
        assert twice(cast.coach, "follow_up_add", internship, due_on=TODAY + DAY)["kind"] == "extra"
        assert refused(cast.coach, "follow_up_add", internship, due_on=TODAY - DAY) == "follow_up_outside"
        assert FollowUp.objects.count() == 2

    def test_strangers_find_none(self, cast: Cast, due: FollowUp) -> None:
        for stranger in (cast.other_coach, cast.other_employer, cast.other_participant_user):
            assert get(stranger, "follow_up-list").json()["count"] == 0
            assert get(stranger, "follow_up-detail", due).status_code == 404
            for action in ("answer", "want-call", "write", "correct"):
                assert post(stranger, f"follow_up-{action}", due, mood="good").status_code == 404
            assert post(stranger, "follow_up_add", due.internship, due_on=TODAY).status_code == 404
        for action in ("write", "correct"):
            assert post(cast.manager, f"follow_up-{action}", due, why="Fel.").status_code == 404
        assert post(cast.manager, "follow_up-answer", due, mood="good").status_code == 404

    def test_a_list_is_narrowed_and_tells_no_answer(self, cast: Cast, due: FollowUp) -> None:
        FollowUp.objects.update(participant_mood="bad", participant_note="Jag blir retad.")
        answer = get(cast.coach, "follow_up-list", which="open", internship=due.internship_id)
        assert answer.json()["count"] == 1
        assert "retad" not in answer.content.decode()
        assert get(cast.coach, "follow_up-list", which="closed").json()["count"] == 0
        assert get(cast.coach, "follow_up-list", internship="x").status_code == 422


class TestConcerns:
    def test_whoever_raises_one_reads_it_and_the_other_side_does_not(self, cast: Cast, due: FollowUp) -> None:
        said = twice(cast.participant_user, "concern_raise", due.internship, text="Ensam hela dagen.")
        concern = Concern.objects.get(pk=said["id"])
        assert get(cast.participant_user, "concern-detail", concern).json()["text"] == "Ensam hela dagen."
        assert get(cast.employer_member, "concern-detail", concern).status_code == 404
        assert get(cast.employer_member, "concern-list").json()["count"] == 0
        assert get(cast.coach, "concern-detail", concern).json()["raised_by"] == "participant"
        assert ReadEntry.objects.get(by=cast.coach).page == "internships.concern"

    @pytest.mark.parametrize("who", ["coach", "manager"])
    def test_is_handled_once(self, cast: Cast, due: FollowUp, who: str) -> None:
        concern = Concern.objects.create(
            internship=due.internship, raised_by=cast.participant_user, raised_at=NOW, text="Fel."
        )
        sender = getattr(cast, who)
        assert refused(sender, "concern-handle", concern, outcome=" ") == "blank"
        assert twice(sender, "concern-handle", concern, outcome="Talat.")["outcome"] == "Talat."
        assert post(sender, "concern-handle", concern, outcome="Igen.").status_code == 404

    def test_strangers_neither_raise_nor_handle(self, cast: Cast, due: FollowUp) -> None:
        concern = Concern.objects.create(
            internship=due.internship, raised_by=cast.participant_user, raised_at=NOW, text="Fel."
        )
        for stranger in (cast.other_coach, cast.other_employer, cast.other_participant_user):
            assert post(stranger, "concern_raise", due.internship, text="Fel.").status_code == 404
            assert post(stranger, "concern-handle", concern, outcome="Bra.").status_code == 404
        for other in (cast.employer_member, cast.participant_user):
            assert post(other, "concern-handle", concern, outcome="Bra.").status_code == 404
        assert Concern.objects.get().handled_at is None


class TestAgreements:
    @pytest.mark.parametrize("who", ["coach", "employer_member", "participant_user"])
    def test_each_of_the_three_reads_and_signs_once(self, everything: Everything, who: str) -> None:
        sender, agreement = getattr(everything.cast, who), everything.agreement
        read = get(sender, "agreement-detail", agreement).json()
        assert "tasks" in {term["key"] for term in read["terms"]}
        assert [each["on"] for each in read["signed"]] == [None, None, None]

        signed = twice(sender, "agreement-sign", agreement)

        assert [each["on"] for each in signed["signed"]].count(TODAY.isoformat()) == 1
        assert refused(sender, "agreement-sign", agreement) == "agreement_signed_already"

    def test_an_employer_reads_no_name_that_is_not_released(self, everything: Everything) -> None:
        answer = get(everything.cast.employer_member, "agreement-detail", everything.agreement)
        assert "Pia" not in answer.content.decode()

    def test_strangers_find_none(self, everything: Everything) -> None:
        cast = everything.cast
        for stranger in (cast.other_coach, cast.other_employer, cast.other_participant_user):
            assert get(stranger, "agreement-detail", everything.agreement).status_code == 404
            assert post(stranger, "agreement-sign", everything.agreement).status_code == 404
        assert post(cast.manager, "agreement-sign", everything.agreement).status_code == 404
        assert not everything.agreement.signatures.exists()


class TestEvaluations:
    @pytest.fixture
    def asked(self, everything: Everything) -> Evaluation:
        SkillRequirementFactory(opening=everything.over.opening, text="Baka bröd")
        Evaluation.objects.filter(pk=everything.evaluated.pk).update(
            answered_at=None, answered_by=None, way="", would_hire=""
        )
        everything.evaluated.refresh_from_db()
        return everything.evaluated

    def test_the_workplace_says_what_it_has_seen_and_the_coach_takes_it(
        self, everything: Everything, asked: Evaluation
    ) -> None:
        alice, coach = everything.cast.employer_member, everything.cast.coach
        [skill] = get(alice, "evaluation-detail", asked).json()["asks"]
        said = {"would_hire": "yes", "levels": {skill["id"]: 3}, "adaptations_worked": []}
        answered = twice(alice, "evaluation-answer", asked, **said)
        assert [(each["text"], each["level"]) for each in answered["skills"]] == [("Baka bröd", 3)]

        before = SkillEvidence.objects.count()
        looked = twice(coach, "evaluation-look", asked, taken=[answered["skills"][0]["id"]])
        assert looked["skills"][0]["is_evidence"]
        assert SkillEvidence.objects.count() == before + 1
        assert refused(alice, "evaluation-answer", asked, **said) == "evaluation_closed"

    @pytest.mark.parametrize("levels", [{"x": 3}, {"00000000-0000-0000-0000-000000000000": 9}, [3]])
    def test_levels_of_no_skill_are_refused(
        self, everything: Everything, asked: Evaluation, levels: Any
    ) -> None:
        post(everything.cast.employer_member, "evaluation-answer", asked, would_hire="yes", levels=levels)
        asked.refresh_from_db()
        assert asked.answered_at is None

    def test_the_participant_says_its_own_and_the_workplace_reads_none_of_it(
        self, everything: Everything
    ) -> None:
        own, cast = everything.evaluation, everything.cast
        assert refused(cast.participant_user, "evaluation-answer", own) == "evaluation_without_answer"
        assert twice(cast.participant_user, "evaluation-answer", own, mood="bad")["mood"] == "bad"
        assert get(cast.employer_member, "evaluation-detail", own).status_code == 404
        assert post(cast.employer_member, "evaluation-answer", own, mood="good").status_code == 404

    def test_whoever_could_not_be_reached_is_asked_no_more(self, everything: Everything) -> None:
        assert twice(everything.cast.coach, "evaluation-leave", everything.evaluation)["dropped_at"]

    def test_strangers_find_none(self, everything: Everything) -> None:
        cast, own = everything.cast, everything.evaluation
        for stranger in (cast.other_coach, cast.other_employer, cast.other_participant_user):
            assert get(stranger, "evaluation-detail", own).status_code == 404
            for action in ("answer", "look", "leave"):
                assert post(stranger, f"evaluation-{action}", own, mood="good").status_code == 404
        for action in ("answer", "look", "leave"):
            assert post(cast.manager, f"evaluation-{action}", own, mood="good").status_code == 404


class TestJobs:
    def test_are_recorded_ended_corrected_and_struck_once(self, cast: Cast) -> None:
        made = twice(cast.coach, "employment_record", cast.pia, **JOB)
        job = Employment.objects.get(pk=made["id"])
        assert job.retention_checks.count() == 4
        assert refused(cast.coach, "employment_record", cast.pia, **JOB) == "job_already_recorded"

        changed = twice(cast.coach, "employment-correct", job, starts_on=TODAY, why="Fel dag.")
        assert (changed["starts_on"], changed["title"]) == (TODAY.isoformat(), "Bagare")
        assert refused(cast.coach, "employment-correct", job, percent=50) == "correction_without_why"

        ended = {"ends_on": TODAY, "reason": "studies"}
        too_early = ended | {"ends_on": TODAY + DAY}
        assert refused(cast.coach, "employment-end", job, **too_early) == "job_ended_to_come"
        assert twice(cast.coach, "employment-end", job, **ended)["end_reason"] == "studies"

        assert refused(cast.coach, "employment-strike", job) == "correction_without_why"
        assert twice(cast.coach, "employment-strike", job, why="Fel person.")["struck_at"]
        assert post(cast.coach, "employment-strike", job, why="Igen.").status_code == 404
        assert not Employment.objects.exists()

    def test_a_registered_employer_is_called_as_the_register_says(self, cast: Cast) -> None:
        said = JOB | {"employer": cast.bakery.pk}
        job = Employment.objects.get(pk=twice(cast.coach, "employment_record", cast.pia, **said)["id"])
        assert job.employer_name == "Bageriet AB"
        new = {"employer_name": "Kiosken", "why": "Fel."}
        assert refused(cast.coach, "employment-correct", job, **new) == "employer_name_of_register"

    def test_old_questions_can_be_left(self, everything: Everything) -> None:
        assert (
            refused(everything.cast.coach, "employment-leave-unknown", everything.job)
            == "retention_nothing_old"
        )
        RetentionCheck.objects.update(due_on=TODAY - 90 * DAY)
        twice(everything.cast.coach, "employment-leave-unknown", everything.job)
        assert RetentionCheck.objects.get().answer == "unknown"

    def test_a_list_names_nobody_and_others_than_staff_find_none(self, everything: Everything) -> None:
        cast = everything.cast
        for reader in (cast.coach, cast.manager):
            answer = get(reader, "employment-list")
            assert answer.json()["count"] == 1
            assert str(cast.pia.pk) not in answer.content.decode()
        for stranger in (cast.employer_member, cast.participant_user, cast.other_coach):
            assert get(stranger, "employment-list").json()["count"] == 0
            assert get(stranger, "employment-detail", everything.job).status_code == 404
            assert post(stranger, "employment_record", cast.pia, **JOB).status_code == 404
            for action in ("end", "correct", "strike", "leave-unknown"):
                assert post(stranger, f"employment-{action}", everything.job, why="x").status_code == 404
        for action in ("end", "correct", "strike", "leave-unknown"):
            assert post(cast.manager, f"employment-{action}", everything.job, why="x").status_code == 404


class TestWhetherJobsLast:
    def test_the_side_says_and_the_coach_settles(self, everything: Everything) -> None:
        cast, check = everything.cast, everything.check
        assert get(cast.participant_user, "retention_check-detail", check).json()["said"] == ""
        assert twice(cast.participant_user, "retention_check-reply", check, answer="yes")["said"] == "yes"

        read = get(cast.coach, "retention_check-detail", check).json()
        assert (read["answer"], read["replies"][0]["side"]) == ("yes", "participant")
        no = {"answer": "no", "said_by": "Arbetsgivaren"}
        assert refused(cast.coach, "retention_check-answer", check, **no) == "correction_without_why"
        assert twice(cast.coach, "retention_check-answer", check, why="Ringde.", **no)["answer"] == "no"

    def test_it_is_not_asked_before_its_day(self, everything: Everything) -> None:
        RetentionCheck.objects.update(due_on=TODAY + DAY)
        yes = {"answer": "yes", "said_by": "Pia"}
        coach, check = everything.cast.coach, everything.check
        assert refused(coach, "retention_check-answer", check, **yes) == "retention_too_early"
        assert get(everything.cast.participant_user, "retention_check-list").json()["count"] == 0

    def test_an_employer_answers_about_its_own_job_and_reads_no_person(self, everything: Everything) -> None:
        cast = everything.cast
        Employment.objects.update(employer=cast.bakery, employer_name="Bageriet AB")
        answer = get(cast.employer_member, "retention_check-detail", everything.check)
        assert str(cast.pia.pk) not in answer.content.decode()
        assert not ReadEntry.objects.filter(by=cast.employer_member).exists()
        twice(cast.employer_member, "retention_check-reply", everything.check, answer="yes")

    def test_strangers_find_none(self, everything: Everything) -> None:
        cast, check = everything.cast, everything.check
        said = {"answer": "yes", "said_by": "Pia"}
        for stranger in (cast.other_coach, cast.employer_member, cast.other_participant_user):
            assert get(stranger, "retention_check-detail", check).status_code == 404
            assert post(stranger, "retention_check-answer", check, **said).status_code == 404
            assert post(stranger, "retention_check-reply", check, answer="yes").status_code == 404
        assert post(cast.coach, "retention_check-reply", check, answer="yes").status_code == 404
        assert post(cast.participant_user, "retention_check-answer", check, **said).status_code == 404


@pytest.mark.parametrize(
    "name", ["follow_up", "concern", "agreement", "evaluation", "employment", "retention_check"]
)
def test_the_number_of_queries_of_a_list_is_constant(everything: Everything, name: str) -> None:
    rows: Any = {
        "follow_up": everything.follow_up,
        "concern": everything.concern,
        "agreement": everything.signature.agreement,
        "evaluation": everything.evaluated,
        "employment": everything.job,
        "retention_check": everything.check,
    }[name]
    counted = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            found = get(everything.cast.coach, f"{name}-list").json()
        counted.append((len(queries), found["count"]))
        another(rows, number)
    assert counted[0][0] == counted[1][0]
    assert counted[0][1] < counted[1][1]


def another(row: Any, number: int) -> None:
    """Write one more row like `row`, of another case of the same coach."""
    internship = getattr(row, "internship", None)
    if internship is not None and not isinstance(row, Employment):
        row.internship = InternshipFactory(
            participant__coach=internship.participant.coach, participant__unit=internship.participant.unit
        )
    if isinstance(row, RetentionCheck):
        row.months += 2 + number
    if isinstance(row, Employment):
        row.employer_name = f"Bolag {number}"
    if hasattr(row, "document_id"):
        row.document = None
    row.pk, row._state.adding = None, True
    row.id = type(row)._meta.pk.get_default()
    row.save(force_insert=True)
