"""Scheduled jobs: every app names its own here, and the worker runs those whose time has come."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from backend.core.models import ScheduledRun

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A function that may be run again at any time without harm, and how long to wait in between."""

    name: str
    every: timedelta
    run: Callable[[datetime], str]


jobs: dict[str, Job] = {}


def register(job: Job) -> Job:
    """Add `job` to the one table of jobs; an app does so from its AppConfig."""
    jobs[job.name] = job
    return job


def run_due(*, at: datetime) -> list[str]:
    """Run the jobs whose time has come and that nobody else has claimed; return their names."""
    return [job.name for job in jobs.values() if _claim(job, at=at) and _run(job, at=at)]


def _claim(job: Job, *, at: datetime) -> bool:
    """Tell whether this process got the job: the row is new, or old enough and still ours to update."""
    _, is_new = ScheduledRun.objects.get_or_create(name=job.name, defaults={"started_at": at})
    old_enough = ScheduledRun.objects.filter(Q(started_at__lte=at - job.every), name=job.name)
    return is_new or bool(old_enough.update(started_at=at, finished_at=None))


def _run(job: Job, *, at: datetime) -> bool:
    try:
        outcome = job.run(at)
    except Exception as error:
        logger.exception("job %s failed", job.name)
        outcome = f"failed: {type(error).__name__}"
    ScheduledRun.objects.filter(name=job.name).update(finished_at=timezone.now(), outcome=outcome)
    return True
