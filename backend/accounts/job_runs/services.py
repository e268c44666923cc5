"""What an administrator does about a scheduled job: tries what it would do, or starts it."""

from datetime import datetime

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.accounts.refusals import JobRefusal
from backend.core.models import JobRun
from backend.core.running import by_hand
from backend.core.running.schedule import Job, jobs
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write


@one_write
def start_job(*, name: str, seen: str, by: User, at: datetime) -> JobRun:
    """Run a job now, for everybody whom the installation serves.

    `seen` is the stamp of the last run on the page that it is started from. Raises JobRun.DoesNotExist for
    who may not or for no such job, Refused when it goes on or has run since.
    """
    job = _job(name, by=by)
    try:
        return by_hand.run_now(job, seen=seen, by=by, at=at)
    except by_hand.IsRunning as error:
        raise Refused(JobRefusal.IS_RUNNING) from error
    except by_hand.HasRunSince as error:
        raise Refused(JobRefusal.HAS_RUN) from error


@one_write
def try_job(*, name: str, by: User, at: datetime) -> JobRun:
    """Find out what a job would do now, and change nothing but that it was asked.

    Raises JobRun.DoesNotExist for who may not or for no such job.
    """
    return by_hand.try_out(_job(name, by=by), by=by, at=at)


def _job(name: str, *, by: User) -> Job:
    may = by.is_active and (by.is_superuser or by.has_role(Role.ADMINISTRATOR))
    if not may or name not in jobs:
        raise JobRun.DoesNotExist
    return jobs[name]
