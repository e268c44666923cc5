"""Jobs, terms and answers that were written wrong: judged on entry, corrected as versions, figures follow."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from backend.internships.enums import FollowUpKind, InternshipState, JobEndReason, Mood, RetentionAnswer
from backend.internships.known_jobs import is_alike, known_employers
from backend.internships.models import Correction, Employment, FollowUp, Internship, RetentionCheck
from backend.internships.services import (
    answer_retention,
    close_follow_up,
    correct_employment,
    correct_follow_up,
    correct_terms,
    end_employment,
    record_employment,
    start_internship,
    strike_employment,
)
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant
from backend.reports.figures import Period, internship_first, per_month
from tests.cast import Cast
from tests.factories import EmployerFactory, InternshipFactory, OpeningFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

DAY = timedelta(days=1)
YEAR = Period(date(2025, 6, 1), date(2026, 12, 31))
JOB: dict[str, Any] = {"form": "ordinary", "title": "Bagare", "percent": 75}


@pytest.fixture
def ended(cast: Cast) -> Internship:
    Participant.objects.filter(pk=cast.pia.pk).update(
        enrolled_on=date(2025, 6, 1), waiting_since=date(2025, 6, 1)
    )
    return InternshipFactory(
        opening=cast.opening,
        participant=cast.pia,
        state=InternshipState.COMPLETED,
        starts_on=date(2025, 9, 1),
        ends_on=date(2025, 11, 28),
    )


def record(cast: Cast, starts_on: date, **values: Any) -> Employment:
    words = JOB | {"starts_on": starts_on} | values
    return record_employment(participant_id=cast.pia.pk, by=cast.coach, at=NOW, **words)


@pytest.fixture
def job(cast: Cast, ended: Internship) -> Employment:
    return record(cast, date(2025, 12, 1), internship_id=ended.pk)


class TestDaysOnEntry:
    @pytest.mark.parametrize(
        ("day", "why"),
        [
            (date(2009, 5, 1), "job_before_internship"),
            (date(2025, 8, 31), "job_before_internship"),
            (date(2027, 1, 1), "job_too_far_ahead"),
        ],
    )
    def test_a_job_begins_when_it_can_have(self, cast: Cast, ended: Internship, day: date, why: str) -> None:
        with refused_for(why):
            record(cast, day, internship_id=ended.pk)
        assert not Employment.objects.exists()
        assert internship_first([cast.unit.pk], YEAR).share.denominator == 0

    def test_work_before_enrolment_is_no_outcome(self, cast: Cast, ended: Internship) -> None:
        with refused_for("job_before_enrolment"):
            record(cast, date(2025, 5, 31), employer_name="Bolaget")

    def test_an_agreed_job_may_begin_soon(self, cast: Cast, ended: Internship) -> None:
        assert record(cast, TODAY + 30 * DAY, internship_id=ended.pk).internship == ended


class TestKnown:
    @pytest.mark.parametrize("name", ["bageriet ab", "Bageriet", "BAGERIET  A.B.", "Bagerit AB"])
    def test_a_name_like_the_internships_employer_is_asked_about(
        self, cast: Cast, ended: Internship, name: str
    ) -> None:
        with refused_for("job_looks_known"):
            record(cast, TODAY, employer_name=name)
        assert not Employment.objects.exists()
        [known] = known_employers(cast.pia, name)
        assert (known.pk, known.was_intern) == (cast.bakery.pk, True)

    def test_the_answer_yes_makes_it_the_internships_job(self, cast: Cast, ended: Internship) -> None:
        job = record(cast, TODAY, employer_id=cast.bakery.pk)
        assert (job.employer, job.internship) == (cast.bakery, ended)

    def test_the_answer_no_keeps_it_apart(self, cast: Cast, ended: Internship) -> None:
        job = record(cast, TODAY, employer_name="Bageriet Syd", is_another=True)
        assert (job.employer, job.internship) == (None, None)

    def test_an_employer_of_another_municipality_is_a_stranger(self, cast: Cast, ended: Internship) -> None:
        elsewhere = EmployerFactory(name="Bageriet AB", municipality__name="Annanstad")
        assert elsewhere.pk not in {each.pk for each in known_employers(cast.pia, "Bageriet")}

    def test_small_differences_of_spelling_are_one_job(self, cast: Cast, ended: Internship) -> None:
        record(cast, TODAY, employer_name="Kök & Krog i Lund")
        for is_another in (False, True):
            with refused_for("job_already_recorded"):
                record(
                    cast,
                    TODAY + 3 * DAY,
                    employer_name="Kök och krog i lund".replace("och", "&"),
                    title="bagare",
                    is_another=is_another,
                )
        assert Employment.objects.count() == 1

    def test_a_second_job_at_a_like_employer_is_asked_about(self, cast: Cast, ended: Internship) -> None:
        record(cast, TODAY, employer_name="Kök & Krog i Lund")
        second: dict[str, Any] = {"employer_name": "Kök o Krog i Lund", "title": "Diskare"}
        with refused_for("job_looks_known"):
            record(cast, TODAY, **second)
        assert record(cast, TODAY, is_another=True, **second)

    @pytest.mark.parametrize(
        ("one", "other"), [("Bageriet AB", "Snickeriet AB"), ("Coop", "Ica"), ("Malmö stad", "Lunds stad")]
    )
    def test_other_names_are_other_employers(self, one: str, other: str) -> None:
        assert not is_alike(one, other)

    def test_the_page_asks_which_it_is(self, cast: Cast, ended: Internship) -> None:
        client = Client()
        client.force_login(cast.coach)
        address = reverse("internships:employment_create", args=[cast.pia.pk])
        data = JOB | {"employer_name": "bageriet", "starts_on": str(date(2026, 1, 2))}
        page = client.post(address, data).content.decode()
        assert "Bageriet AB, där personen gjorde praktik" in page
        assert not Employment.objects.exists()
        answer = client.post(address, data | {"same_as": str(cast.bakery.pk)})
        assert answer.status_code == 302
        assert Employment.objects.get().internship == ended


class TestEndEmployment:
    def test_the_person_looks_for_a_place_again_and_is_asked_no_more(
        self, cast: Cast, job: Employment
    ) -> None:
        end_employment(
            employment_id=job.pk,
            ends_on=date(2026, 2, 1),
            reason=JobEndReason.SHORTAGE,
            by=cast.coach,
            at=NOW,
        )
        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.ACTIVE
        asked = RetentionCheck.objects.filter(cancelled_at=None).values_list("months", flat=True)
        assert list(asked) == [1]

    @pytest.mark.parametrize(
        ("day", "reason", "why"),
        [
            (date(2025, 11, 30), "shortage", "job_ended_before_start"),
            (TODAY + DAY, "shortage", "job_ended_to_come"),
            (TODAY, "", "job_without_end_reason"),
        ],
    )
    def test_the_day_and_the_reason_are_judged(
        self, cast: Cast, job: Employment, day: date, reason: str, why: str
    ) -> None:
        with refused_for(why):
            end_employment(employment_id=job.pk, ends_on=day, reason=reason, by=cast.coach, at=NOW)
        job.refresh_from_db()
        assert (job.ends_on, job.end_reason) == (None, "")

    def test_it_does_not_contradict_an_answer(self, cast: Cast, job: Employment) -> None:
        check = job.retention_checks.get(months=3)
        answer_retention(check_id=check.pk, answer=RetentionAnswer.YES, said_by="Pia", by=cast.coach, at=NOW)
        key: dict[str, Any] = {"employment_id": job.pk, "reason": "shortage", "by": cast.coach, "at": NOW}
        with refused_for("retention_contradicts"):
            end_employment(ends_on=date(2026, 2, 1), **key)
        assert end_employment(ends_on=TODAY, **key).ends_on == TODAY
        with refused_for("job_already_ended"):
            end_employment(ends_on=TODAY, **key)

    def test_another_job_keeps_the_person_at_work(self, cast: Cast, job: Employment) -> None:
        record(cast, TODAY, employer_name="Bolaget")
        key: dict[str, Any] = {"employment_id": job.pk, "reason": "new_job", "by": cast.coach, "at": NOW}
        end_employment(ends_on=TODAY - DAY, **key)
        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.EMPLOYED

    def test_what_is_over_is_not_asked(self, cast: Cast, job: Employment) -> None:
        key: dict[str, Any] = {"employment_id": job.pk, "reason": "shortage", "by": cast.coach, "at": NOW}
        end_employment(ends_on=date(2026, 2, 1), **key)
        late, early = job.retention_checks.get(months=3), job.retention_checks.get(months=1)
        said: dict[str, Any] = {"said_by": "Pia", "by": cast.coach, "at": NOW}
        with refused_for("retention_not_asked"):
            answer_retention(check_id=late.pk, answer=RetentionAnswer.YES, **said)
        with refused_for("retention_contradicts_end"):
            answer_retention(check_id=early.pk, answer=RetentionAnswer.NO, **said)

    def test_an_answer_that_the_job_did_not_last_leads_on_to_its_end(
        self, cast: Cast, job: Employment
    ) -> None:
        RetentionCheck.objects.filter(months=1).update(due_on=date(2026, 1, 1))
        client = Client()
        client.force_login(cast.coach)
        check = job.retention_checks.get(months=1)
        answer = client.post(
            reverse("internships:retention_answer", args=[check.pk]), {"answer": "no", "said_by": "Pia"}
        )
        assert answer["Location"] == reverse("internships:employment_end", args=[job.pk])


class TestCorrectEmployment:
    def test_what_stood_is_kept_and_checks_and_figures_follow(self, cast: Cast, job: Employment) -> None:
        correct_employment(
            employment_id=job.pk, starts_on=date(2026, 1, 5), why="Fel månad.", by=cast.coach, at=NOW
        )
        version = Correction.objects.get()
        assert (version.was, version.became) == ({"starts_on": "2025-12-01"}, {"starts_on": "2026-01-05"})
        assert (version.by, version.why) == (cast.coach, "Fel månad.")
        assert job.retention_checks.get(months=1).due_on == date(2026, 2, 5)
        assert per_month([cast.unit.pk], YEAR)["jobs"] == {date(2026, 1, 1): 1}

    def test_an_answer_to_a_question_not_yet_due_is_taken_away_and_kept(
        self, cast: Cast, job: Employment
    ) -> None:
        check = job.retention_checks.get(months=3)
        answer_retention(check_id=check.pk, answer=RetentionAnswer.YES, said_by="Pia", by=cast.coach, at=NOW)
        correct_employment(employment_id=job.pk, starts_on=TODAY, why="Fel år.", by=cast.coach, at=NOW)
        check.refresh_from_db()
        assert (check.answer, check.answered_by) == ("", None)
        assert Correction.objects.get(subject_id=check.pk).was["answer"] == "yes"

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            ({"starts_on": date(2009, 1, 1)}, "job_before_internship"),
            ({"starts_on": date(2027, 1, 1)}, "job_too_far_ahead"),
            ({"ends_on": date(2025, 1, 1), "end_reason": "other"}, "job_ended_before_start"),
            ({"ends_on": TODAY}, "end_reason"),
            ({"percent": 75}, "nothing_changed"),
        ],
    )
    def test_it_cannot_become_what_could_not_be_recorded(
        self, cast: Cast, job: Employment, values: dict[str, Any], why: str
    ) -> None:
        with refused_for(why):
            correct_employment(employment_id=job.pk, why="Fel.", by=cast.coach, at=NOW, **values)
        assert not Correction.objects.exists()

    def test_it_needs_a_reason_and_a_coach_of_the_unit(self, cast: Cast, job: Employment) -> None:
        key: dict[str, Any] = {"employment_id": job.pk, "title": "Konditor", "at": NOW}
        with refused_for("correction_without_why"):
            correct_employment(why=" ", by=cast.coach, **key)
        for by in (cast.other_coach, cast.manager, cast.participant_user):
            with pytest.raises(Employment.DoesNotExist):
                correct_employment(why="Fel.", by=by, **key)
        job.refresh_from_db()
        assert job.title == "Bagare"

    def test_an_end_written_by_mistake_puts_the_person_back_at_work(
        self, cast: Cast, job: Employment
    ) -> None:
        key: dict[str, Any] = {"employment_id": job.pk, "by": cast.coach, "at": NOW}
        end_employment(ends_on=date(2026, 2, 1), reason="shortage", **key)
        correct_employment(ends_on=None, end_reason="", why="Fel person.", **key)
        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.EMPLOYED
        assert not job.retention_checks.filter(cancelled_at__isnull=False).exists()

    def test_a_version_is_never_rewritten(self, cast: Cast, job: Employment) -> None:
        correct_employment(employment_id=job.pk, title="Konditor", why="Fel.", by=cast.coach, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.update(why="Rätt.")


class TestStrikeEmployment:
    def test_it_counts_nowhere_and_the_person_waits_as_before(self, cast: Cast, job: Employment) -> None:
        strike_employment(employment_id=job.pk, why="Fel person.", by=cast.coach, at=NOW + timedelta(days=60))
        assert not Employment.objects.exists()
        assert Employment.with_struck.get().struck_at
        assert internship_first([cast.unit.pk], YEAR).share.denominator == 0
        assert not RetentionCheck.objects.unanswered().exists()
        cast.pia.refresh_from_db()
        assert (cast.pia.state, cast.pia.waiting_since) == (ParticipantState.ACTIVE, date(2025, 6, 1))

    def test_the_right_job_may_be_recorded_afterwards(self, cast: Cast, job: Employment) -> None:
        strike_employment(employment_id=job.pk, why="Fel.", by=cast.coach, at=NOW)
        assert record(cast, job.starts_on, internship_id=job.internship_id)

    def test_the_internship_that_went_on_goes_on(self, cast: Cast) -> None:
        ongoing = InternshipFactory(
            opening=cast.opening,
            participant=cast.pia,
            starts_on=TODAY,
            ends_on=TODAY + 60 * DAY,
        )
        start_internship(internship_id=ongoing.pk, started_on=TODAY, by=cast.coach, at=NOW)
        job = record(cast, TODAY, internship_id=ongoing.pk)
        strike_employment(employment_id=job.pk, why="Fel.", by=cast.coach, at=NOW)
        cast.pia.refresh_from_db()
        assert cast.pia.state == ParticipantState.IN_INTERNSHIP


class TestCorrectTerms:
    @pytest.fixture
    def ongoing(self, cast: Cast) -> Internship:
        planned = InternshipFactory(
            opening=cast.opening,
            participant=cast.pia,
            starts_on=TODAY,
            ends_on=TODAY + 60 * DAY,
            basis_until=TODAY + 365 * DAY,
        )
        return start_internship(internship_id=planned.pk, started_on=TODAY, by=cast.coach, at=NOW)

    def test_what_stood_is_kept_and_follow_ups_move(self, cast: Cast, ongoing: Internship) -> None:
        longer = TODAY + 120 * DAY
        terms = {"ends_on": longer, "tasks": "Kassa."}
        correct_terms(internship_id=ongoing.pk, why="Nytt beslut.", by=cast.coach, at=NOW, **terms)
        assert Correction.objects.get().was == {"ends_on": str(ongoing.ends_on), "tasks": ongoing.tasks}
        end = FollowUp.objects.get(internship=ongoing, kind=FollowUpKind.END)
        assert longer - 10 * DAY <= end.due_on <= longer - 7 * DAY

    def test_a_shorter_time_needs_no_midpoint(self, cast: Cast, ongoing: Internship) -> None:
        key: dict[str, Any] = {"internship_id": ongoing.pk, "by": cast.coach, "at": NOW}
        correct_terms(ends_on=TODAY + 14 * DAY, why="Kortare.", **key)
        midpoint = FollowUp.objects.filter(internship=ongoing, kind=FollowUpKind.MIDPOINT)
        assert not midpoint.still_open().exists()
        correct_terms(ends_on=TODAY + 60 * DAY, tasks="Kassa.", why="Ändå inte.", **key)
        assert midpoint.still_open().exists()

    @pytest.mark.parametrize(
        ("terms", "why"),
        [
            ({"ends_on": TODAY + 100 * DAY, "programme": "youth"}, "too_long extend_instead"),
            ({"insurance": "municipal"}, "insurance_not_of_basis"),
            ({"basis_until": TODAY + DAY}, "outside_basis"),
            ({"started_on": TODAY + DAY}, "started_to_come"),
            ({"hours_per_week": 30}, "nothing_changed"),
        ],
    )
    def test_the_whole_is_judged_anew(
        self, cast: Cast, ongoing: Internship, terms: dict[str, Any], why: str
    ) -> None:
        with refused_for(*why.split()):
            correct_terms(internship_id=ongoing.pk, why="Fel.", by=cast.coach, at=NOW, **terms)
        assert not Correction.objects.exists()

    def test_a_correction_is_no_way_around_the_manager(self, cast: Cast, ongoing: Internship) -> None:
        key: dict[str, Any] = {"internship_id": ongoing.pk, "by": cast.coach, "at": NOW}
        with refused_for("extend_instead"):
            correct_terms(ends_on=TODAY + 90 * DAY, why="Lite till.", **key)
        with refused_for("extend_instead"):
            correct_terms(
                ends_on=TODAY + 90 * DAY, tasks=f" {ongoing.tasks.upper()} ", why="Lite till.", **key
            )
        assert not Correction.objects.exists()

    def test_what_was_called_off_has_no_terms(self, cast: Cast) -> None:
        off = InternshipFactory(
            opening=OpeningFactory(), participant=cast.pia, state=InternshipState.CANCELLED
        )
        with refused_for("internship_called_off"):
            correct_terms(internship_id=off.pk, tasks="X", why="Fel.", by=cast.coach, at=NOW)

    def test_the_page_changes_what_is_asked_alone(self, cast: Cast, ongoing: Internship) -> None:
        client = Client()
        client.force_login(cast.coach)
        address = reverse("internships:internship_correct", args=[ongoing.pk])
        form = client.get(address).context["form"]
        values = {name: form[name].value() for name in form.fields}
        data = {name: "" if value is None else str(value) for name, value in values.items()}
        answer = client.post(address, data | {"supervisor_name": "Åsa", "why": "Ny handledare."})
        assert answer.status_code == 302
        assert Correction.objects.get().became == {"supervisor_name": "Åsa"}


class TestCorrectFollowUp:
    def test_a_closed_one_is_corrected_and_what_stood_is_kept(self, cast: Cast) -> None:
        follow_up = FollowUp.objects.create(
            internship=InternshipFactory(
                opening=cast.opening, participant=cast.pia, state=InternshipState.ONGOING
            ),
            kind=FollowUpKind.FIRST_WEEK,
            due_on=TODAY,
            employer_mood=Mood.BAD,
            employer_answered_at=NOW,
            employer_answered_by=cast.employer_member,
        )
        close_follow_up(follow_up_id=follow_up.pk, coach_note="Bra.", by=cast.coach, at=NOW)
        correct_follow_up(
            follow_up_id=follow_up.pk, employer_mood=Mood.GOOD, why="Fel knapp.", by=cast.coach, at=NOW + DAY
        )
        follow_up.refresh_from_db()
        assert (follow_up.employer_mood, follow_up.employer_answered_by) == (Mood.GOOD, cast.coach)
        assert Correction.objects.get().was == {"employer_mood": "bad"}


@pytest.mark.parametrize("page", ["detail", "end", "correct", "strike"])
def test_a_jobs_pages_take_few_queries(
    cast: Cast, job: Employment, page: str, django_assert_max_num_queries: Any
) -> None:
    correct_employment(employment_id=job.pk, title="Konditor", why="Fel.", by=cast.coach, at=NOW)
    client = Client()
    client.force_login(cast.coach)
    with django_assert_max_num_queries(10):
        answer = client.get(reverse(f"internships:employment_{page}", args=[job.pk]))
    assert answer.status_code == 200
