"""Scheduled jobs: every app names its own here, and the worker runs those whose time has come.

A job that runs holds a lease. One whose worker died is taken over when its lease has ended; it need not wait
until its next time.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.functional import Promise

from backend.core.enums import RunState
from backend.core.models import JobRun, ScheduledRun
from backend.core.writing.transactions import is_away

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=15)
LONGEST_OUTCOME: Final = 100
LATE: Final = timedelta(minutes=15)
"""So long after its time a job counts as overdue: no worker runs, or one has too much to do."""


@dataclass(frozen=True)
class Job:
    """A function that may be run again at any time without harm, and how long to wait in between.

    `lease` is longer than the job ever takes: after it the worker that ran it counts as dead. `ends` names
    the tables with personal data whose rows the job deletes when their time has come. `run` returns a code
    and a number ("forgot 12"); `title` and `tells` say to administrators what it is called and does.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], str]
    lease: timedelta = LEASE
    ends: tuple[type[Model], ...] = ()
    title: Promise | str = ""
    tells: Promise | str = ""


jobs: dict[str, Job] = {}


def register(job: Job) -> Job:
    """Add `job` to the one table of jobs; an app does so from its AppConfig."""
    jobs[job.name] = job
    return job


def run_due(*, at: datetime, clock: Callable[[], datetime] | None = None) -> list[str]:
    """Run the jobs whose time has come and that nobody else has claimed; return their names.

    `clock` tells the time while the work goes on; without it the time stands still at `at`.
    """
    clock = clock or (lambda: at)
    return [job.name for job in jobs.values() if _claim(job, at=clock()) and _run(job, at=clock())]


def _claim(job: Job, *, at: datetime) -> bool:
    """Tell whether this process got the job: the row is new, or the job is due and still ours to update."""
    values = {"started_at": at, "leased_until": at + job.lease}
    _, is_new = ScheduledRun.objects.get_or_create(name=job.name, defaults=values)
    # A row without a lease that has not finished is from before there were leases.
    is_due = Q(finished_at__isnull=False, started_at__lte=at - job.every)
    was_left = Q(finished_at__isnull=True) & (Q(leased_until__lte=at) | Q(leased_until__isnull=True))
    mine = ScheduledRun.objects.filter(is_due | was_left, name=job.name)
    return is_new or bool(mine.update(**values, finished_at=None))


def _run(job: Job, *, at: datetime) -> bool:
    """Run a job that was claimed. A database that is away leaves it to be taken over when its lease ends."""
    JobRun.objects.filter(name=job.name, state=RunState.RUNNING).update(state=RunState.LEFT, finished_at=at)
    run = JobRun.objects.create(name=job.name, started_at=at)
    outcome, has_failed = outcome_of(job, at)
    note_end(job, outcome=outcome, has_failed=has_failed)
    state = RunState.FAILED if has_failed else RunState.DONE
    JobRun.objects.filter(pk=run.pk).update(state=state, finished_at=timezone.now(), outcome=outcome)
    return True


def outcome_of(job: Job, at: datetime) -> tuple[str, bool]:
    """Run `job`; return what it did and whether it failed. Raises when the database does not answer."""
    try:
        return job.run(at)[:LONGEST_OUTCOME], False
    except Exception as error:
        if is_away(error):
            raise
        logger.exception("job %s failed", job.name)
        return f"failed: {type(error).__name__}"[:LONGEST_OUTCOME], True


def note_end(job: Job, *, outcome: str, has_failed: bool, **more: datetime) -> None:
    """Write down that the claimed job has ended, and how."""
    ended = {"finished_at": timezone.now(), "outcome": outcome, "has_failed": has_failed}
    ScheduledRun.objects.filter(name=job.name).update(**ended, leased_until=None, **more)


@dataclass(frozen=True)
class Faults:
    """The jobs that did not end though their lease has, that failed, and that nobody ran when it was time."""

    stuck: list[str]
    failed: list[str]
    overdue: list[str]

    @property
    def any(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.stuck or self.failed or self.overdue)


def faults(*, at: datetime) -> Faults:
    """Return what is wrong with the jobs that have run here; before a worker's first round nothing is."""
    runs = {run.name: run for run in ScheduledRun.objects.order_by("name")}
    ours = [(jobs[name], run) for name, run in runs.items() if name in jobs]
    return Faults(
        stuck=[
            run.name
            for run in runs.values()
            if run.finished_at is None and run.leased_until and run.leased_until < at
        ],
        failed=[run.name for _job, run in ours if run.has_failed],
        overdue=[run.name for job, run in ours if run.finished_at and run.started_at < at - job.every - LATE],
    )
