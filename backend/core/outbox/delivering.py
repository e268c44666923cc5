"""Delivering: each due message is claimed, held against the present state, and sent to each receiver once.

What is urgent is sent at once in a mail of its own; the rest by `post`, when its time has come.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from backend.core.enums import MessageState, Way
from backend.core.models import Delivery, OutboxMessage
from backend.core.outbox import channel, post, sign_in, texting
from backend.core.outbox.faults import Fault, fault_of, name_of
from backend.core.outbox.kinds import MessageKind, Receiver, kinds
from backend.core.outbox.mails import Clock
from backend.core.outbox.making import mail_of
from backend.core.outbox.settling import (
    ChannelIsDown,
    count_against,
    lease,
    not_sent,
    refused,
    settle,
    waiting,
)
from backend.core.writing.transactions import DATABASE_IS_AWAY


class LeaseIsLost(Exception):
    """This worker was so slow that another has taken the message over."""


def deliver_due(
    *, at: datetime, limit: int = 50, clock: Clock | None = None, stops: Callable[[], bool] = lambda: False
) -> int:
    """Deliver messages whose time has come, at most `limit`; return how many left the queue.

    Before each of them go the mails for those who wait to sign in, which are counted too; after all of them
    what is not urgent, collected for each person. `clock` tells the time while the work goes on; without it
    the time stands still at `at`. Between two messages `stops` is asked whether to end.
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
    return left + post.deliver(clock=clock, stops=stops)


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
        return count_against(message, error, at=clock())
    return settle(message, at=clock())


def _send_to_all(message: OutboxMessage, *, clock: Clock) -> None:
    """Send `message` to everybody who is to have it and has not, unless what it tells of is no longer so.

    Each is marked before the next is tried, and one whose address fails keeps it from nobody else. What is
    not urgent gets its time, and waits for the post.
    """
    kind = kinds[message.kind]
    receivers = kind.receivers_of(message) if kind.is_due(message) else []
    _write_deliveries(message, receivers, at=clock())
    texting.choose_ways(kind, message)
    if not kind.is_urgent:
        post.set_times(kind, message, at=clock())
    for delivery in _to_send_now(kind, message, at=clock()):
        if delivery.way == Way.SMS:
            texting.text(kind, delivery, at=clock())
        else:
            _send_to_one(kind, delivery, clock=clock)
        _renew_lease(message, now=clock())


def _renew_lease(message: OutboxMessage, *, now: datetime) -> None:
    """Say that this worker lives. Raises LeaseIsLost."""
    ours = OutboxMessage.objects.filter(pk=message.pk, leased_until=message.leased_until)
    message.leased_until = now + lease()
    if not ours.update(leased_until=message.leased_until):
        raise LeaseIsLost


@transaction.atomic
def _write_deliveries(message: OutboxMessage, receivers: list[Receiver], *, at: datetime) -> None:
    """Write who is to have it; whoever was tried in vain and is no receiver any more is left out."""
    keys = [receiver.user.pk for receiver in receivers]
    message.deliveries.filter(sent_at=None, digest=None).exclude(recipient__in=keys).delete()
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


def _to_send_now(kind: MessageKind, message: OutboxMessage, *, at: datetime) -> list[Delivery]:
    """Return what is sent here and now: what is urgent, and of the rest what goes by SMS."""
    due = waiting(message).filter(Q(due_at=None) | Q(due_at__lte=at))
    if not kind.is_urgent:
        due = due.filter(way=Way.SMS)
    return list(due.select_related("recipient", "message").order_by("pk"))


def _send_to_one(kind: MessageKind, delivery: Delivery, *, clock: Clock) -> None:
    """Send one mail and write down what came of it. Raises ChannelIsDown."""
    try:
        email = mail_of(kind, delivery, at=clock())
    except DATABASE_IS_AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - a template, an address: the mail's own fault
        return refused(delivery, error, at=clock())
    try:
        email.send()
    except DATABASE_IS_AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - told apart below
        return _not_sent(delivery, error, at=clock())
    channel.has_answered()
    sent = {"sent_at": clock(), "due_at": None, "error": "", "mail_key": delivery.pk}
    Delivery.objects.filter(pk=delivery.pk).update(**sent)
    return None


def _not_sent(delivery: Delivery, error: Exception, *, at: datetime) -> None:
    if fault_of(error) == Fault.CHANNEL:
        until = channel.has_failed(error, now=at)
        queued = OutboxMessage.objects.filter(pk=delivery.message_id)
        queued.update(state=MessageState.QUEUED, leased_until=None, due_at=until, error=name_of(error))
        raise ChannelIsDown from error
    channel.has_answered()
    not_sent(delivery, error, at=at)
