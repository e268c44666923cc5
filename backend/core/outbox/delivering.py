"""Delivering: each due message is claimed, held against the present state, and sent to each receiver once."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from backend.core.answering.links import answers_of, link_to
from backend.core.clock import day_of
from backend.core.enums import MessageState
from backend.core.models import Delivery, OutboxMessage
from backend.core.outbox import channel, sign_in
from backend.core.outbox.faults import Fault, fault_of, name_of
from backend.core.outbox.kinds import MessageKind, Receiver, kinds
from backend.core.outbox.mails import Clock, message_id
from backend.core.outbox.reached import lines_of
from backend.core.writing.transactions import DATABASE_IS_AWAY

logger = logging.getLogger(__name__)

MAX_ATTEMPTS: Final = 3
"""So often a mail is tried that is refused for good."""
PUT_OFF_FOR: Final = timedelta(days=5)
"""So long a receiver may put a mail off (RFC 5321, 4.5.4.1: at least four to five days)."""


class ChannelIsDown(Exception):
    """The mail server does not answer; the message has been left as it was."""


class LeaseIsLost(Exception):
    """This worker was so slow that another has taken the message over."""


def lease() -> timedelta:
    """Return how long a message is its worker's; it says anew for each receiver that it lives."""
    return timedelta(seconds=settings.WORKER_LEASE)


def deliver_due(
    *, at: datetime, limit: int = 50, clock: Clock | None = None, stops: Callable[[], bool] = lambda: False
) -> int:
    """Deliver messages whose time has come, at most `limit`; return how many left the queue.

    Before each of them go the mails for those who wait to sign in, which are counted too. `clock` tells the
    time while the work goes on; without it the time stands still at `at`. Between two messages `stops` is
    asked whether to end.
    """
    clock = clock or (lambda: at)
    due = OutboxMessage.objects.filter(_free(at), due_at__lte=at).order_by("due_at", "id")
    left = sign_in.deliver(clock=clock, stops=stops)
    for key in list(due.values_list("pk", flat=True)[:limit]):
        turn = None if stops() else channel.turn(clock())
        if turn is None:
            break
        try:
            left += _deliver(key, clock=clock)
        except ChannelIsDown:
            break
        turn.give_back()
        left += sign_in.deliver(clock=clock, stops=stops)
    return left


def _free(at: datetime) -> Q:
    return Q(state=MessageState.QUEUED) | Q(state=MessageState.SENDING, leased_until__lte=at)


def _deliver(pk: UUID, *, clock: Clock) -> bool:
    """Deliver one message if nobody else does; tell whether it has left the queue. Raises ChannelIsDown."""
    at = clock()
    claim = {"state": MessageState.SENDING, "leased_until": at + lease()}
    if not OutboxMessage.objects.filter(_free(at), pk=pk).update(**claim):
        return False
    message = OutboxMessage.objects.get(pk=pk)
    try:
        _send_to_all(message, clock=clock)
    except (ChannelIsDown, *DATABASE_IS_AWAY):
        raise
    except LeaseIsLost:
        return False
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one message is no fault of the others
        return _count_against(message, error, at=clock())
    return _settle(message, at=clock())


def _send_to_all(message: OutboxMessage, *, clock: Clock) -> None:
    """Send `message` to everybody who is to have it and has not, unless what it tells of is no longer so.

    Each is marked before the next is tried, and one whose address fails keeps it from nobody else.
    """
    kind = kinds[message.kind]
    receivers = kind.receivers_of(message) if kind.is_due(message) else []
    for delivery in _deliveries(message, receivers, at=clock()):
        _send_to_one(kind, delivery, clock=clock)
        _renew_lease(message, now=clock())


def _renew_lease(message: OutboxMessage, *, now: datetime) -> None:
    """Say that this worker lives. Raises LeaseIsLost."""
    ours = OutboxMessage.objects.filter(pk=message.pk, leased_until=message.leased_until)
    message.leased_until = now + lease()
    if not ours.update(leased_until=message.leased_until):
        raise LeaseIsLost


@transaction.atomic
def _deliveries(message: OutboxMessage, receivers: list[Receiver], *, at: datetime) -> list[Delivery]:
    """Return what is to be sent now; whoever was tried in vain and is no receiver any more is left out."""
    keys = [receiver.user.pk for receiver in receivers]
    message.deliveries.filter(sent_at=None).exclude(recipient__in=keys).delete()
    new = [
        Delivery(
            id=uuid5(message.pk, str(user.pk)),
            message=message,
            recipient=user,
            path=path or message.path,
            created_at=at,
        )
        for user, path in receivers
    ]
    Delivery.objects.bulk_create(new, ignore_conflicts=True)
    due = _waiting(message).filter(Q(due_at=None) | Q(due_at__lte=at))
    return list(due.select_related("recipient").order_by("pk"))


def _waiting(message: OutboxMessage) -> QuerySet[Delivery]:
    return message.deliveries.filter(sent_at=None, failed_at=None)


def _send_to_one(kind: MessageKind, delivery: Delivery, *, clock: Clock) -> None:
    """Send one mail and write down what came of it. Raises ChannelIsDown."""
    try:
        email = _mail(kind, delivery, at=clock())
    except DATABASE_IS_AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - a template, an address: the mail's own fault
        return _refused(delivery, error, at=clock())
    try:
        email.send()
    except DATABASE_IS_AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - told apart below
        return _not_sent(delivery, error, at=clock())
    channel.has_answered()
    Delivery.objects.filter(pk=delivery.pk).update(sent_at=clock(), due_at=None, error="")
    return None


def _not_sent(delivery: Delivery, error: Exception, *, at: datetime) -> None:
    fault = fault_of(error)
    if fault == Fault.CHANNEL:
        until = channel.has_failed(error, now=at)
        waiting = OutboxMessage.objects.filter(pk=delivery.message_id)
        waiting.update(state=MessageState.QUEUED, leased_until=None, due_at=until, error=name_of(error))
        raise ChannelIsDown from error
    channel.has_answered()
    if fault == Fault.NOT_YET and at < delivery.created_at + PUT_OFF_FOR:
        due_at = at + channel.pause_after(delivery.waits + 1)
        changes = {"waits": delivery.waits + 1, "due_at": due_at, "error": name_of(error)}
        Delivery.objects.filter(pk=delivery.pk).update(**changes)
    else:
        _refused(delivery, error, at=at, for_good=fault == Fault.NOT_YET)


def _refused(delivery: Delivery, error: Exception, *, at: datetime, for_good: bool = False) -> None:
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


def _pause_between(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: 1, 8, 64 … minutes."""
    return timedelta(minutes=8 ** (attempts - 1))


def _mail(kind: MessageKind, delivery: Delivery, *, at: datetime) -> EmailMessage:
    with translation.override(delivery.recipient.language):
        said = {
            "url": settings.SITE_URL + delivery.path,
            "answer_url": settings.SITE_URL + link if (link := link_to(delivery)) else "",
            "answers": [(words, settings.SITE_URL + path) for words, path in answers_of(delivery)],
            **kind.words(delivery.message),
        }
        words = render_to_string(kind.template, said)
        body = f"{words.strip()}\n{lines_of(_municipality_of(delivery.message), on=day_of(at))}"
        subject, to = kind.subject_to(delivery.recipient), [delivery.recipient.email]
        email = EmailMessage(subject=subject, body=body.strip() + "\n", to=to)
        for part in kind.attachments(delivery):
            email.attach(part)
    email.extra_headers["Message-ID"] = message_id(delivery.pk)
    return email


def _settle(message: OutboxMessage, *, at: datetime) -> bool:
    """Let the message leave the queue, or wait for those receivers whose time has not come."""
    waiting = _waiting(message).aggregate(first=Min("due_at"), some=Count("pk"))
    rows = OutboxMessage.objects.filter(pk=message.pk)
    if waiting["some"]:
        rows.update(state=MessageState.QUEUED, leased_until=None, due_at=waiting["first"] or at)
        return False
    failed = message.deliveries.exclude(failed_at=None).order_by("failed_at", "pk").first()
    if failed is not None:
        return _fail(message, error=failed.error, at=at)
    state = MessageState.SENT if message.deliveries.exists() else MessageState.SKIPPED
    rows.update(state=state, sent_at=at, leased_until=None, error="")
    return True


def _count_against(message: OutboxMessage, error: Exception, *, at: datetime) -> bool:
    """Count one attempt of a message that cannot be read or asked about; give it up after the last one."""
    logger.warning("message %s cannot be delivered: %s", message.pk, name_of(error))
    attempts = message.attempts + 1
    rows = OutboxMessage.objects.filter(pk=message.pk)
    rows.update(attempts=attempts, error=name_of(error))
    if attempts >= MAX_ATTEMPTS:
        return _fail(message, error=name_of(error), at=at)
    rows.update(state=MessageState.QUEUED, leased_until=None, due_at=at + _pause_between(attempts))
    return False


def _fail(message: OutboxMessage, *, error: str, at: datetime) -> bool:
    """Give the message up, for the administrators of its municipality to see to; it has left the queue."""
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED,
        failed_at=at,
        leased_until=None,
        error=error,
        municipality_key=_municipality_of(message),
    )
    return True


def requeue(message: OutboxMessage, *, at: datetime) -> None:
    """Let a failed message be tried from the beginning, by those who have not had it."""
    fresh = {"attempts": 0, "waits": 0, "due_at": None, "failed_at": None, "created_at": at}
    message.deliveries.exclude(failed_at=None).update(**fresh)
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=MessageState.QUEUED, attempts=0, failed_at=None, due_at=at, error=""
    )


def _municipality_of(message: OutboxMessage) -> UUID | None:
    """Return in whose tenant the message is; None where that can no longer be told."""
    try:
        return kinds[message.kind].audience_of(message).municipality(message)
    except DATABASE_IS_AWAY:
        raise
    except Exception:
        logger.exception("nobody can tell whose message %s is", message.pk)
        return None
