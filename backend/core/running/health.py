"""What is watched from outside: the database, and whether the worker's work gets done."""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q

from backend.core.enums import MessageState
from backend.core.models import OutboxMessage, SignInMail
from backend.core.outbox import channel, sign_in, texting
from backend.core.running import schedule

LATE: Final = timedelta(minutes=15)

WAITING: Final = (MessageState.QUEUED, MessageState.SENDING)


def readiness() -> dict[str, bool]:
    """Return whether the database answers and is of this version. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    return {
        "database": True,
        "migrations": not executor.migration_plan(executor.loader.graph.leaf_nodes()),
    }


def work(*, at: datetime) -> tuple[dict[str, bool], dict[str, int]]:
    """Return what of the worker's work is in order, and its figures: counts, and ages in seconds."""
    messages = OutboxMessage.objects.aggregate(
        waiting=Count("pk", filter=Q(state__in=WAITING, due_at__lte=at)),
        oldest=Min("due_at", filter=Q(state__in=WAITING, due_at__lte=at)),
        failed=Count("pk", filter=Q(state=MessageState.FAILED)),
    )
    codes = SignInMail.objects.aggregate(waiting=Count("pk"), oldest=Min("created_at"))
    down = channel.is_down()
    jobs = schedule.faults(at=at)
    checks = {
        "mail": down is None,
        "sms": channel.is_down(texting.NAME) is None,
        "outbox": _age(messages["oldest"], at) <= LATE.total_seconds(),
        "sign_in_mail": _age(codes["oldest"], at) <= sign_in.LATE.total_seconds(),
        "failed_messages": not messages["failed"],
        "jobs": not jobs.any,
    }
    figures = {
        "mail_down_seconds": _age(down.down_since, at) if down else 0,
        "messages_waiting": messages["waiting"],
        "messages_oldest_seconds": _age(messages["oldest"], at),
        "messages_failed": messages["failed"],
        "sign_in_mails_waiting": codes["waiting"],
        "sign_in_mails_oldest_seconds": _age(codes["oldest"], at),
        "jobs_stuck": len(jobs.stuck),
        "jobs_failed": len(jobs.failed),
        "jobs_overdue": len(jobs.overdue),
    }
    return checks, figures


def _age(since: datetime | None, at: datetime) -> int:
    return max(0, int((at - since).total_seconds())) if since else 0
