"""Scheduled jobs run when their time has come, once."""

from datetime import datetime, timedelta

import pytest

from backend.core import schedule
from backend.core.models import ScheduledRun
from backend.core.schedule import Job, run_due
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
