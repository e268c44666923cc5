"""Whether a job lasts, said by those whom it concerns, from the mail or in the app."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from backend.core import outbox
from backend.home.day.my_day import coach_day
from backend.internships.enums import AnswerWay, RetentionAnswer
from backend.internships.models import Employment, RetentionCheck
from backend.internships.services import (
    answer_retention,
    end_employment,
    record_employment,
    reply_about_job,
)
from backend.participants.services import protect_participant
from tests.cast import Cast
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

DUE = NOW + timedelta(days=35)


@pytest.fixture
def job(cast: Cast) -> Employment:
    return record_employment(
        participant_id=cast.pia.pk,
        employer_id=cast.bakery.pk,
        form="ordinary",
        title="Bagare",
        percent=100,
        starts_on=TODAY,
        by=cast.coach,
        at=NOW,
    )


@pytest.fixture
def check(job: Employment) -> RetentionCheck:
    return job.retention_checks.get(months=1)


def mails_to(email: str) -> list[str]:
    return [str(each.body) for each in mail.outbox if each.to == [email]]


def reasons(cast: Cast, *, days: int) -> list[str]:
    return [str(row.reason) for row in coach_day(cast.coach, today=TODAY + timedelta(days=days))]


class TestAsked:
    def test_both_sides_by_mail_with_one_link_for_each_answer(
        self, check: RetentionCheck, cast: Cast
    ) -> None:
        outbox.deliver_due(at=DUE)
        for user in (cast.employer_member, cast.participant_user):
            assert "?svar=yes" in mails_to(user.email)[-1]

    def test_the_coach_only_when_both_are_silent(self, check: RetentionCheck, cast: Cast) -> None:
        outbox.deliver_due(at=NOW + timedelta(days=32))
        assert not mails_to(cast.coach.email)
        outbox.deliver_due(at=NOW + timedelta(days=40))
        assert len(mails_to(cast.coach.email)) == 1

    def test_the_other_side_too_when_one_has_answered(self, check: RetentionCheck, cast: Cast) -> None:
        """An employer's yes must not close the mouth of whoever has lost the job."""
        reply_about_job(check_id=check.pk, answer="yes", by=cast.employer_member, at=DUE)
        mail.outbox.clear()
        outbox.deliver_due(at=DUE + timedelta(days=11))
        assert "?svar=no" in mails_to(cast.participant_user.email)[-1]
        assert not mails_to(cast.employer_member.email)
        assert not mails_to(cast.coach.email)

    def test_nobody_any_more_once_the_coach_knows(self, check: RetentionCheck, cast: Cast) -> None:
        answer_retention(check_id=check.pk, answer="yes", said_by="Pia", by=cast.coach, at=DUE)
        outbox.deliver_due(at=DUE + timedelta(days=11))
        assert not mails_to(cast.employer_member.email)
        assert not mails_to(cast.participant_user.email)

    def test_by_links_that_both_hold(self, check: RetentionCheck, cast: Cast) -> None:
        outbox.deliver_due(at=DUE)
        with time_machine.travel(DUE + timedelta(days=1), tick=False):
            for user, answer in ((cast.employer_member, "yes"), (cast.participant_user, "no")):
                url = next(each for each in re.findall(r"http\S+/svar/\S+", mails_to(user.email)[-1]))
                assert Client().post(urlsplit(url).path, {"answer": answer}).status_code == 302
        assert sorted(check.replies.values_list("answer", flat=True)) == ["no", "yes"]
        assert RetentionCheck.objects.with_disputed().get(pk=check.pk).is_disputed

    def test_never_an_employer_about_a_protected_identity(self, check: RetentionCheck, cast: Cast) -> None:
        protect_participant(participant_id=cast.pia.pk, handlers=[cast.coach], by=cast.coach, at=NOW)
        outbox.deliver_due(at=DUE)
        assert not mails_to(cast.employer_member.email)
        with pytest.raises(RetentionCheck.DoesNotExist):
            reply_about_job(check_id=check.pk, answer="yes", by=cast.employer_member, at=DUE)


class TestReply:
    def test_by_the_link_answers_the_question_and_says_who(self, check: RetentionCheck, cast: Cast) -> None:
        outbox.deliver_due(at=DUE)
        body = mails_to(cast.employer_member.email)[-1]
        url = urlsplit(next(each for each in re.findall(r"http\S+", body) if "svar=yes" in each))
        with time_machine.travel(DUE, tick=False):
            page = Client().get(f"{url.path}?{url.query}").content.decode()
            assert re.search(r'value="yes"[^>]*checked', page)
            assert "Pia" not in page
            Client().post(url.path, {"answer": "yes"})
        check.refresh_from_db()
        assert (check.answer, check.said_by) == (RetentionAnswer.YES, "Arbetsgivaren")
        assert check.replies.get().way == AnswerWay.LINK

    def test_that_the_job_is_over_reaches_the_coach_at_once(self, check: RetentionCheck, cast: Cast) -> None:
        reply_about_job(check_id=check.pk, answer="no", by=cast.participant_user, at=DUE)
        outbox.deliver_due(at=DUE)
        assert mails_to(cast.coach.email)
        assert "Jobbet höll inte" in reasons(cast, days=35)

    def test_once_the_last_day_is_written_the_person_looks_for_a_place(
        self, job: Employment, check: RetentionCheck, cast: Cast
    ) -> None:
        reply_about_job(check_id=check.pk, answer="no", by=cast.participant_user, at=DUE)
        end_employment(
            employment_id=job.pk, ends_on=TODAY + timedelta(days=20), reason="shortage", by=cast.coach, at=DUE
        )
        cast.pia.refresh_from_db()
        assert cast.pia.state == "active"

    def test_i_do_not_know_leaves_the_question_open(self, check: RetentionCheck, cast: Cast) -> None:
        reply_about_job(check_id=check.pk, answer="unknown", by=cast.employer_member, at=DUE)
        check.refresh_from_db()
        assert check.answer == ""

    def test_the_other_side_s_answer_is_kept_and_does_not_write_over_the_first(
        self, check: RetentionCheck, cast: Cast
    ) -> None:
        for by, answer in ((cast.participant_user, "yes"), (cast.employer_member, "no")):
            reply_about_job(check_id=check.pk, answer=answer, by=by, at=DUE)
        check.refresh_from_db()
        assert check.answer == RetentionAnswer.YES
        assert {each.answer for each in check.replies.all()} == {"yes", "no"}

    def test_what_they_say_differently_waits_for_the_coach(self, check: RetentionCheck, cast: Cast) -> None:
        for by, answer in ((cast.participant_user, "yes"), (cast.employer_member, "no")):
            reply_about_job(check_id=check.pk, answer=answer, by=by, at=DUE)
        assert "De svarar olika om jobbet" in reasons(cast, days=35)
        answer_retention(
            check_id=check.pk, answer="yes", said_by="Pia", by=cast.coach, at=DUE + timedelta(hours=1)
        )
        assert "De svarar olika om jobbet" not in reasons(cast, days=35)

    def test_not_before_the_day(self, check: RetentionCheck, cast: Cast) -> None:
        with pytest.raises(RetentionCheck.DoesNotExist):
            reply_about_job(check_id=check.pk, answer="yes", by=cast.participant_user, at=NOW)

    def test_an_answer_that_is_none_is_refused(self, check: RetentionCheck, cast: Cast) -> None:
        with refused_for("no_retention_answer"):
            reply_about_job(check_id=check.pk, answer="", by=cast.participant_user, at=DUE)
        assert not check.replies.exists()

    def test_strangers_are_not_asked(self, check: RetentionCheck, cast: Cast) -> None:
        for by in (cast.other_employer, cast.other_participant_user, cast.coach):
            with pytest.raises(RetentionCheck.DoesNotExist):
                reply_about_job(check_id=check.pk, answer="yes", by=by, at=DUE)


def test_both_sides_answer_in_the_app_too(check: RetentionCheck, cast: Cast) -> None:
    with time_machine.travel(DUE, tick=False):
        for user in (cast.employer_member, cast.participant_user):
            client = Client()
            client.force_login(user)
            page = reverse("internships:retention_reply", args=[check.pk])
            assert page in client.get(reverse("home:my_home")).content.decode()
            client.post(page, {"answer": "unknown"})
            assert page not in client.get(reverse("home:my_home")).content.decode()
    assert check.replies.count() == 2
