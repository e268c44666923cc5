"""Scheduled jobs run when their time has come, once."""

from datetime import datetime, timedelta

import pytest

from backend.core.models import ScheduledRun
from backend.core.running import schedule
from backend.core.running.schedule import Job, run_due
from tests.factories.base import NOW


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, db: None) -> list[datetime]:
    seen: list[datetime] = []

    def run(at: datetime) -> str:
        seen.append(at)
        return "done"

    monkeypatch.setattr(schedule, "jobs", {"nightly": Job("nightly", timedelta(days=1), run)})
    return seen


def test_a_job_runs_at_once_and_then_after_its_pause(runs: list[datetime]) -> None:
    for at in (NOW, NOW + timedelta(hours=23), NOW + timedelta(hours=24)):
        run_due(at=at)
    assert runs == [NOW, NOW + timedelta(hours=24)]


def test_a_job_that_fails_says_so_and_is_tried_at_its_next_time(
    runs: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(at: datetime) -> str:
        raise ValueError

    monkeypatch.setitem(schedule.jobs, "nightly", Job("nightly", timedelta(days=1), fail))
    run_due(at=NOW)
    assert ScheduledRun.objects.get().outcome == "failed: ValueError"


def test_a_job_whose_worker_died_is_taken_over_when_its_lease_has_ended(runs: list[datetime]) -> None:
    ScheduledRun.objects.create(name="nightly", started_at=NOW, leased_until=NOW + schedule.LEASE)
    run_due(at=NOW + schedule.LEASE - timedelta(seconds=1))
    assert runs == []
    run_due(at=NOW + schedule.LEASE)
    assert runs == [NOW + schedule.LEASE]


def test_a_run_from_before_there_were_leases_is_taken_over(runs: list[datetime]) -> None:
    ScheduledRun.objects.create(name="nightly", started_at=NOW)
    run_due(at=NOW + timedelta(minutes=1))
    assert len(runs) == 1


def test_a_job_that_succeeds_is_no_longer_told_to_have_failed(runs: list[datetime]) -> None:
    ScheduledRun.objects.create(
        name="nightly", started_at=NOW - timedelta(days=2), finished_at=NOW, has_failed=True
    )
    assert schedule.faults(at=NOW).failed == ["nightly"]
    run_due(at=NOW)
    assert schedule.faults(at=NOW).failed == []


def test_a_job_that_nobody_runs_when_it_is_time_is_overdue(runs: list[datetime]) -> None:
    run_due(at=NOW)
    time_to_run = NOW + timedelta(days=1)
    assert schedule.faults(at=time_to_run + schedule.LATE).overdue == []
    assert schedule.faults(at=time_to_run + schedule.LATE + timedelta(seconds=1)).overdue == ["nightly"]
