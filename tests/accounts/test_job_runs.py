"""Scheduled jobs: their runs are seen, tried without changing anything, and started by hand."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backend.accounts.job_runs.pages import DONE, as_listed, lasted, said_of
from backend.accounts.job_runs.services import start_job, try_job
from backend.core.enums import RunState
from backend.core.models import AuditEntry, JobRun, OutboxMessage, ScheduledRun
from backend.core.running import schedule
from backend.core.running.by_hand import stamp_of
from backend.core.writing.refusals import Refused
from backend.employers.enums import OpeningState
from backend.employers.models import Opening
from tests.cast import Cast
from tests.factories.base import NOW
from tests.refusals import refused_for

NAME = "look_after_openings"
DETAIL = "job_runs:job_detail"


@pytest.fixture(autouse=True)
def frozen_time():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def over(cast: Cast) -> Opening:
    """An opening that the job would close."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Opening.objects.filter(pk=cast.opening.pk).update(ends_on=yesterday, starts_on=yesterday)
    cast.opening.refresh_from_db()
    return cast.opening


def seen() -> str:
    return stamp_of(ScheduledRun.objects.filter(name=NAME).first())


def start(cast: Cast, **more: Any) -> JobRun:
    return start_job(**{"name": NAME, "seen": seen(), "by": cast.administrator, "at": NOW, **more})


class TestADryRun:
    def test_says_what_would_be_done_and_does_nothing(self, cast: Cast, over: Opening) -> None:
        run = try_job(name=NAME, by=cast.administrator, at=NOW)

        assert run.outcome == "closed 1"
        assert run.changes["messages"] == {"opening_expired": 1}
        assert run.changes["actions"] == {"employers.opening closed_as_over": 1}
        assert Opening.objects.get(pk=over.pk).state == OpeningState.PUBLISHED
        assert not OutboxMessage.objects.exists()
        assert not ScheduledRun.objects.filter(name=NAME).exists()

    def test_is_written_in_the_log_and_in_nothing_else(self, cast: Cast, over: Opening) -> None:
        run = try_job(name=NAME, by=cast.administrator, at=NOW)

        entry = AuditEntry.objects.get()
        assert (entry.action, entry.subject_id, entry.by_id) == ("job_tried", run.pk, cast.administrator.pk)
        assert entry.changes == {"job": NAME}

    @pytest.mark.parametrize("name", sorted(schedule.jobs))
    def test_of_each_job_says_something_that_has_words(self, cast: Cast, name: str) -> None:
        run = try_job(name=name, by=cast.administrator, at=NOW)

        assert run.state == RunState.DONE
        assert run.outcome.partition(" ")[0] in DONE
        assert schedule.jobs[name].title
        assert schedule.jobs[name].tells

    def test_of_a_job_that_fails_says_so(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        broken = schedule.Job("broken", timedelta(days=1), fail_in_the_database)
        monkeypatch.setitem(schedule.jobs, "broken", broken)

        run = try_job(name="broken", by=cast.administrator, at=NOW)

        assert (run.state, run.outcome) == (RunState.FAILED, "failed: IntegrityError")


def fail_in_the_database(at: datetime) -> str:
    ScheduledRun.objects.create(name="a", started_at=at)
    ScheduledRun.objects.create(name="a", started_at=at)
    return "done"


class TestARunByHand:
    def test_does_it_and_says_who(self, cast: Cast, over: Opening) -> None:
        run = start(cast)

        assert Opening.objects.get(pk=over.pk).state == OpeningState.EXPIRED
        assert (run.outcome, run.by, run.is_dry_run) == ("closed 1", cast.administrator, False)
        assert AuditEntry.objects.filter(action="job_run", by=cast.administrator).count() == 1

    def test_moves_the_jobs_next_time(self, cast: Cast) -> None:
        start(cast)

        assert NAME not in schedule.run_due(at=NOW + timedelta(hours=5))
        assert NAME in schedule.run_due(at=NOW + timedelta(hours=6))

    def test_is_refused_when_the_job_has_run_since(self, cast: Cast, over: Opening) -> None:
        before = seen()
        start(cast)

        with refused_for("job_has_run"):
            start(cast, seen=before, at=NOW + timedelta(seconds=1))
        assert JobRun.objects.count() == 1

    def test_is_refused_while_a_worker_runs_it_and_not_when_that_has_died(self, cast: Cast) -> None:
        lease = {"started_at": NOW, "leased_until": NOW + schedule.LEASE}
        ScheduledRun.objects.create(name=NAME, **lease)

        with refused_for("job_is_running"):
            start(cast)
        assert start(cast, at=NOW + schedule.LEASE).state == RunState.DONE

    def test_that_fails_leaves_nothing_and_the_job_to_be_tried_again(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = schedule.Job("broken", timedelta(days=1), fail_in_the_database)
        monkeypatch.setitem(schedule.jobs, "broken", broken)

        assert start(cast, name="broken", seen="").state == RunState.FAILED
        assert not ScheduledRun.objects.filter(name="a").exists()
        assert schedule.faults(at=NOW).failed == ["broken"]

    def test_is_for_administrators_and_for_jobs_that_there_are(self, cast: Cast) -> None:
        for wrong in ({"by": cast.manager}, {"by": cast.coach}, {"name": "nothing"}):
            with pytest.raises(JobRun.DoesNotExist):
                start(cast, **wrong)
        assert not JobRun.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_at_once_one_runs_it(cast: Cast, over: Opening) -> None:
    together, page = Barrier(2), seen()

    def click(_number: int) -> frozenset[str]:
        together.wait()
        try:
            start(cast, seen=page)
        except Refused as refusal:
            return refusal.codes
        finally:
            connection.close()
        return frozenset()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(click, range(2)), key=len)

    assert said == [frozenset(), {"job_has_run"}]
    assert JobRun.objects.count() == 1
    assert OutboxMessage.objects.filter(kind="opening_expired").count() == 1


class TestTheHistory:
    def test_of_the_worker_has_a_row_for_each_run(self, cast: Cast) -> None:
        for day in range(2):
            schedule.run_due(at=NOW + timedelta(days=day))

        runs = JobRun.objects.filter(name=NAME)
        assert [(run.state, run.by) for run in runs] == [(RunState.DONE, None)] * 2

    def test_says_of_a_worker_that_died_that_it_broke_off(self, cast: Cast) -> None:
        JobRun.objects.create(name=NAME, started_at=NOW - timedelta(hours=1))
        ScheduledRun.objects.create(name=NAME, started_at=NOW - timedelta(hours=1), leased_until=NOW)

        schedule.run_due(at=NOW)

        assert sorted(JobRun.objects.filter(name=NAME).values_list("state", flat=True)) == ["done", "left"]

    def test_is_forgotten_after_a_month(self, cast: Cast) -> None:
        JobRun.objects.create(name=NAME, started_at=NOW - timedelta(days=31))
        schedule.run_due(at=NOW)
        assert not JobRun.objects.filter(started_at__lt=NOW).exists()


class TestThePages:
    def test_show_what_a_dry_run_would_do(self, client: Client, cast: Cast, over: Opening) -> None:
        client.force_login(cast.administrator)
        client.post(reverse("job_runs:job_try", args=[NAME]))

        page = client.get(reverse(DETAIL, args=[NAME])).content.decode()
        for words in ("Skulle ha gjorts:", "1 stängd", "1 meddelande: ", "Adam"):
            assert words in page

    def test_start_it_once_from_the_page_that_was_read(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.administrator)
        for _click in range(2):
            client.post(reverse("job_runs:job_start", args=[NAME]), {"seen": ""})

        assert JobRun.objects.count() == 1

    def test_ask_as_much_for_many_runs_as_for_one(
        self, client: Client, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(3):
            try_job(name=NAME, by=cast.administrator, at=NOW + timedelta(seconds=number))
        client.force_login(cast.administrator)
        for address in (reverse(DETAIL, args=[NAME]), reverse("job_runs:job_list")):
            with django_assert_max_num_queries(10):
                client.get(address)

    def test_show_no_names_of_anybody_but_who_started(
        self, client: Client, cast: Cast, over: Opening
    ) -> None:
        try_job(name=NAME, by=cast.administrator, at=NOW)
        client.force_login(cast.administrator)

        page = client.get(reverse(DETAIL, args=[NAME])).content.decode()
        assert over.title not in page

    def test_tell_of_what_is_wrong_on_the_home_page(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.administrator)
        assert "något är fel" not in client.get(reverse("home:my_home")).content.decode()
        ScheduledRun.objects.create(name=NAME, started_at=NOW, finished_at=NOW, has_failed=True)
        assert "något är fel" in client.get(reverse("home:my_home")).content.decode()


@pytest.mark.parametrize(
    ("run", "state"),
    [
        ({"leased_until": NOW + timedelta(minutes=1)}, "running"),
        ({"leased_until": NOW}, "left"),
        ({"finished_at": NOW}, "done"),
        ({"finished_at": NOW, "has_failed": True}, "failed"),
        ({"finished_at": NOW, "started_at": NOW - timedelta(days=2)}, "overdue"),
    ],
)
def test_a_job_says_how_it_is(run: dict[str, Any], state: str) -> None:
    last = ScheduledRun(**{"name": NAME, "started_at": NOW, **run})
    assert as_listed(schedule.jobs[NAME], last, at=NOW).state == state


@pytest.mark.parametrize(
    ("span", "words"),
    [(0.2, "mindre än en sekund"), (1, "1 sekund"), (59, "59 sekunder"), (150, "2 minuter")],
)
def test_how_long_is_said_in_words(span: float, words: str) -> None:
    assert lasted(timedelta(seconds=span)) == words


def test_an_outcome_that_nobody_has_words_for_is_shown_as_it_is() -> None:
    assert said_of("something else") == "something else"
    assert said_of("failed: ValueError").startswith("Misslyckades med ValueError")
