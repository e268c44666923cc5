"""A job that an administrator starts: for real, or as a dry run whose transaction is rolled back.

Either is one transaction, so a process that is killed in the midst of it leaves nothing behind. What leaves
the house is queued by jobs and never sent by them: a dry run sends nothing.
"""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from backend.core.enums import RunState
from backend.core.models import AuditEntry, JobRun, OutboxMessage, ScheduledRun
from backend.core.running.schedule import LONGEST_OUTCOME, Job, note_end, outcome_of
from backend.core.writing import audit

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class IsRunning(Exception):
    """Somebody or the worker is running the job."""


class HasRunSince(Exception):
    """The job has run since the page was read that it is to be started from."""


def stamp_of(run: ScheduledRun | None) -> str:
    """Return what a page says of the last run, so that two who read the same page start one run."""
    return run.started_at.isoformat() if run else ""


def run_now(job: Job, *, seen: str, by: "AbstractBaseUser", at: datetime) -> JobRun:
    """Run `job` now, unless it has run since `seen`; write who did. Call it inside a transaction.

    Of two at once the second waits for the first. Raises IsRunning and HasRunSince.
    """
    _take(job, seen=seen, at=at)
    outcome, has_failed, changes = _carry_out(job, at, keep=True)
    note_end(job, outcome=outcome, has_failed=has_failed, started_at=at)
    return _written(job, outcome, has_failed=has_failed, changes=changes, by=by, at=at)


def try_out(job: Job, *, by: "AbstractBaseUser", at: datetime) -> JobRun:
    """Run `job`, roll back all that it did, and write down what that was. Call it inside a transaction."""
    outcome, has_failed, changes = _carry_out(job, at, keep=False)
    return _written(job, outcome, has_failed=has_failed, changes=changes, by=by, at=at, is_dry_run=True)


def _take(job: Job, *, seen: str, at: datetime) -> None:
    locked = ScheduledRun.objects.select_for_update()
    run, is_new = locked.get_or_create(name=job.name, defaults={"started_at": at, "finished_at": at})
    if is_new:
        return
    if run.finished_at is None and run.leased_until is not None and run.leased_until > at:
        raise IsRunning
    if stamp_of(run) != seen:
        raise HasRunSince


def _carry_out(job: Job, at: datetime, *, keep: bool) -> tuple[str, bool, dict[str, Any]]:
    """Run `job` in a savepoint; return its outcome, whether it failed, and what it wrote."""
    with transaction.atomic():
        outcome, has_failed = outcome_of(job, at)
        changes = {} if has_failed else _changes(at)
        if has_failed or not keep:
            transaction.set_rollback(True)
    return outcome, has_failed, changes


def _changes(at: datetime) -> dict[str, Any]:
    """Return how many messages were queued at `at`, by kind, and what was written in the log, by action."""
    queued = OutboxMessage.objects.filter(created_at=at).order_by().values_list("kind", flat=True)
    written = AuditEntry.objects.filter(at=at, by=None).order_by().values_list("subject_type", "action")
    return {"messages": Counter(queued), "actions": Counter(" ".join(each) for each in written)}


def _written(
    job: Job,
    outcome: str,
    *,
    has_failed: bool,
    changes: dict[str, Any],
    by: "AbstractBaseUser",
    at: datetime,
    is_dry_run: bool = False,
) -> JobRun:
    run = JobRun.objects.create(
        name=job.name,
        state=RunState.FAILED if has_failed else RunState.DONE,
        started_at=at,
        finished_at=timezone.now(),
        by_id=by.pk,
        is_dry_run=is_dry_run,
        outcome=outcome[:LONGEST_OUTCOME],
        changes=changes,
    )
    written = {"job": job.name}
    audit.record(run, "job_tried" if is_dry_run else "job_run", by=by, at=at, changes=written)
    return run
