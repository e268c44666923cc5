"""What becomes of a message and of each copy of it: sent, to be tried again, or given up."""

import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Min, QuerySet

from backend.core.enums import MessageState
from backend.core.models import Delivery, OutboxMessage
from backend.core.outbox import channel
from backend.core.outbox.faults import Fault, fault_of, name_of
from backend.core.outbox.kinds import kinds
from backend.core.writing.transactions import DATABASE_IS_AWAY

logger = logging.getLogger(__name__)

MAX_ATTEMPTS: Final = 3
"""So often a mail is tried that is refused for good."""
PUT_OFF_FOR: Final = timedelta(days=5)
"""So long a receiver may put a mail off (RFC 5321, 4.5.4.1: at least four to five days)."""


class ChannelIsDown(Exception):
    """The mail server does not answer; what was to be sent has been left as it was."""


def lease() -> timedelta:
    """Return how long a message is its worker's; it says anew for each receiver that it lives."""
    return timedelta(seconds=settings.WORKER_LEASE)


def waiting(message: OutboxMessage) -> QuerySet[Delivery]:
    """Return the copies of `message` that are to be sent still."""
    return message.deliveries.filter(sent_at=None, failed_at=None)


def not_sent(
    delivery: Delivery, error: Exception, *, at: datetime, patience: timedelta = PUT_OFF_FOR
) -> None:
    """Write down that the receiver's server did not take the mail, by what it said; the channel is open."""
    fault = fault_of(error)
    if fault == Fault.NOT_YET and at < delivery.created_at + patience:
        due_at = at + channel.pause_after(delivery.waits + 1)
        changes = {"waits": delivery.waits + 1, "due_at": due_at, "error": name_of(error)}
        Delivery.objects.filter(pk=delivery.pk).update(**changes)
    else:
        refused(delivery, error, at=at, for_good=fault == Fault.NOT_YET)


def refused(delivery: Delivery, error: Exception, *, at: datetime, for_good: bool = False) -> None:
    """Count one attempt, and give the receiver up after the last one, or at once when it is `for_good`."""
    logger.warning("delivery %s was refused: %s", delivery.pk, name_of(error))
    attempts = delivery.attempts + 1
    gave_up = for_good or attempts >= MAX_ATTEMPTS
    Delivery.objects.filter(pk=delivery.pk).update(
        attempts=attempts,
        due_at=None if gave_up else at + _pause_between(attempts),
        failed_at=at if gave_up else None,
        error=name_of(error),
    )


def settle(message: OutboxMessage, *, at: datetime) -> bool:
    """Let the message leave the queue, or wait for those receivers whose time has not come."""
    waits = waiting(message).aggregate(first=Min("due_at"), some=Count("pk"))
    rows = OutboxMessage.objects.filter(pk=message.pk)
    if waits["some"]:
        rows.update(state=MessageState.QUEUED, leased_until=None, due_at=waits["first"] or at)
        return False
    failed = message.deliveries.exclude(failed_at=None).order_by("failed_at", "pk").first()
    if failed is not None:
        return _fail(message, error=failed.error, at=at)
    state = MessageState.SENT if message.deliveries.exists() else MessageState.SKIPPED
    rows.update(state=state, sent_at=at, leased_until=None, error="")
    return True


def count_against(message: OutboxMessage, error: Exception, *, at: datetime) -> bool:
    """Count one attempt of a message that cannot be read or asked about; give it up after the last one."""
    logger.warning("message %s cannot be delivered: %s", message.pk, name_of(error))
    attempts = message.attempts + 1
    rows = OutboxMessage.objects.filter(pk=message.pk)
    rows.update(attempts=attempts, error=name_of(error))
    if attempts >= MAX_ATTEMPTS:
        return _fail(message, error=name_of(error), at=at)
    rows.update(state=MessageState.QUEUED, leased_until=None, due_at=at + _pause_between(attempts))
    return False


def requeue(message: OutboxMessage, *, at: datetime) -> None:
    """Let a failed message be tried from the beginning, by those who have not had it."""
    fresh = {"attempts": 0, "waits": 0, "due_at": None, "failed_at": None, "created_at": at}
    message.deliveries.exclude(failed_at=None).update(**fresh)
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=MessageState.QUEUED, attempts=0, failed_at=None, due_at=at, error=""
    )


def municipality_of(message: OutboxMessage) -> UUID | None:
    """Return in whose tenant the message is; None where that can no longer be told."""
    try:
        return kinds[message.kind].audience_of(message).municipality(message)
    except DATABASE_IS_AWAY:
        raise
    except Exception:
        logger.exception("nobody can tell whose message %s is", message.pk)
        return None


def _pause_between(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: 1, 8, 64 … minutes."""
    return timedelta(minutes=8 ** (attempts - 1))


def _fail(message: OutboxMessage, *, error: str, at: datetime) -> bool:
    """Give the message up, for the administrators of its municipality to see to; it has left the queue."""
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED,
        failed_at=at,
        leased_until=None,
        error=error,
        municipality_key=municipality_of(message),
    )
    return True
