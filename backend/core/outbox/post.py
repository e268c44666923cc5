"""What is not urgent, in at most one mail a day to each person from each sender, which is a municipality.

What somebody is to have in one mail is chosen once and written down before it is sent: a `Digest`, of which a
person has at most one of each sender. A worker that dies leaves it to the next one, which sends the same
mail under the same name. What is no longer so when it is sent is left out.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple, TypeVar
from uuid import UUID, uuid4

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import translation

from backend.core.clock import day_of, midnight
from backend.core.enums import MessageState, Pace, Way
from backend.core.models import Delivery, Digest, MessageChoice, OutboxMessage
from backend.core.outbox import channel, when
from backend.core.outbox.faults import Fault, fault_of
from backend.core.outbox.kinds import MessageKind, calm_kinds, kinds
from backend.core.outbox.mails import Clock
from backend.core.outbox.making import Said, collected, mail_of, said_by
from backend.core.outbox.settling import (
    PUT_OFF_FOR,
    ChannelIsDown,
    lease,
    municipality_of,
    not_sent,
    refused,
    settle,
    waiting,
)
from backend.core.writing.transactions import DATABASE_IS_AWAY

logger = logging.getLogger(__name__)
Row = TypeVar("Row", Delivery, Digest)

MOST_IN_A_MAIL: Final = 50
LONGEST_WAIT: Final = timedelta(days=8)
"""So long after it was told something may have waited to be collected: a week, and a Monday of rest."""


class Post(NamedTuple):
    """Whose mail it is, and which municipality sends it; None where that can no longer be told."""

    recipient: UUID
    sender_key: UUID | None

    def among(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Keep of deliveries or of mails those to this person from this sender."""
        return rows.filter(recipient=self.recipient, sender_key=self.sender_key)


def set_times(kind: MessageKind, message: OutboxMessage, *, at: datetime) -> None:
    """Set when each receiver of `message` is to have it by mail; who wants no such mail has it in the app."""
    new = list(waiting(message).filter(due_at=None).order_by("pk"))
    if not new:
        return
    choices = MessageChoice.objects.in_bulk([each.recipient_id for each in new])
    since, sender = message.due_at, municipality_of(message)
    hours = when.hours_of(sender, on=day_of(since))
    for delivery in new:
        choice = choices.get(delivery.recipient_id)
        rows = Delivery.objects.filter(pk=delivery.pk)
        if choice and kind.may_be_off and kind.name in choice.off:
            rows.update(way=Way.APP, sent_at=at)
        else:
            pace = choice.pace if choice and delivery.way == Way.MAIL else Pace.AT_ONCE
            rows.update(due_at=when.wanted(pace, at=since, hours=hours), sender_key=sender)


def deliver(*, clock: Clock, stops: Callable[[], bool] = lambda: False) -> int:
    """Send each person what waits, in one mail of each sender; return how many messages left the queue."""
    left = 0
    waiting_for = _due(clock()).order_by("recipient", "sender_key").values_list("recipient", "sender_key")
    for key in [Post(*each) for each in waiting_for.distinct()]:
        turn = None if stops() else channel.turn(clock())
        if turn is None:
            break
        try:
            left += _deliver_to(key, clock=clock)
        except ChannelIsDown:
            break
        turn.give_back()
    return left


def _due(at: datetime) -> QuerySet[Delivery]:
    calm = Delivery.objects.filter(message__kind__in=calm_kinds(), way=Way.MAIL)
    return calm.filter(sent_at=None, failed_at=None, due_at__lte=at)


def _deliver_to(key: Post, *, clock: Clock) -> int:
    """Send one person's mail if nobody else does. Raises ChannelIsDown."""
    digest = _claimed(key, at=clock())
    if digest is None:
        digest = _made(key, at=clock())
    if digest is None:
        return 0
    chosen = list(digest.deliveries.select_related("message", "recipient").order_by("created_at", "pk"))
    rows = _readable(_still_so(chosen, at=clock()), at=clock())
    if rows:
        _send(digest, rows, clock=clock)
    else:
        digest.delete()
    return _settle_all(chosen, at=clock())


def _claimed(key: Post, *, at: datetime) -> Digest | None:
    """Return the mail that a worker has left, now this one's; None when there is none or it is in hand."""
    is_free = Q(leased_until=None) | Q(leased_until__lte=at)
    theirs = key.among(Digest.objects.all())
    return theirs.get() if theirs.filter(is_free).update(leased_until=at + lease()) else None


def _made(key: Post, *, at: datetime) -> Digest | None:
    """Choose what the person is to have in one mail; None when it is not the time or another has done so."""
    due = key.among(_due(at)).filter(digest=None).order_by("created_at", "pk")
    rows = list(due.select_related("message")[:MOST_IN_A_MAIL])
    if not rows:
        return None
    later = _closed_until(key, at=at)
    if later is not None:
        due.update(due_at=later)
        _settle_all(rows, at=at)
        return None
    return _written(key, rows, at=at)


def _closed_until(key: Post, *, at: datetime) -> datetime | None:
    """Return until when nothing more of this sender goes to this person; None when it may be sent now."""
    hours = when.hours_of(key.sender_key, on=day_of(at))
    if when.is_quiet(at, hours):
        return when.next_open(at, hours)
    calm = key.among(Delivery.objects.filter(message__kind__in=calm_kinds()))
    has_had = calm.filter(way=Way.MAIL, sent_at__gte=midnight(day_of(at)))
    return when.next_morning(midnight(day_of(at) + when.DAY), hours) if has_had.exists() else None


def _written(key: Post, rows: list[Delivery], *, at: datetime) -> Digest | None:
    try:
        with transaction.atomic():
            mail_key = rows[0].pk if len(rows) == 1 else uuid4()
            until = at + lease()
            digest = Digest.objects.create(
                id=mail_key,
                recipient_id=key.recipient,
                sender_key=key.sender_key,
                made_at=at,
                leased_until=until,
            )
            free = Delivery.objects.filter(pk__in=[row.pk for row in rows], digest=None, sent_at=None)
            free.update(digest=digest, mail_key=mail_key)
    except IntegrityError:  # another worker was first
        return None
    return digest


def _still_so(chosen: list[Delivery], *, at: datetime) -> list[Delivery]:
    """Return what is still to be mailed to this receiver.

    What is no longer so is taken away, as if never tried; what has been turned off is left in the app.
    """
    found = []
    off = _turned_off(chosen[0].recipient_id) if chosen else frozenset()
    for delivery in chosen:
        kind, message = kinds[delivery.message.kind], delivery.message
        holders = kind.receivers_of(message) if kind.is_due(message) else []
        if all(each.user.pk != delivery.recipient_id for each in holders):
            delivery.delete()
        elif kind.may_be_off and kind.name in off:
            rows = Delivery.objects.filter(pk=delivery.pk)
            rows.update(way=Way.APP, sent_at=at, due_at=None, digest=None, mail_key=None)
        else:
            found.append(delivery)
    return found


def _turned_off(user: UUID) -> frozenset[str]:
    choice = MessageChoice.objects.filter(user=user).first()
    return frozenset(choice.off) if choice else frozenset()


def _readable(rows: list[Delivery], *, at: datetime) -> list[tuple[Delivery, Said]]:
    """Return each of `rows` with what it says; one whose template breaks keeps back none of the others."""
    found = []
    for delivery in rows:
        try:
            with translation.override(delivery.recipient.language):
                said = said_by(kinds[delivery.message.kind], delivery)
        except DATABASE_IS_AWAY:
            raise
        except Exception as error:  # noqa: BLE001 - the mail's own fault
            refused(delivery, error, at=at)
            Delivery.objects.filter(pk=delivery.pk).update(digest=None)
        else:
            found.append((delivery, said))
    return found


def _send(digest: Digest, rows: list[tuple[Delivery, Said]], *, clock: Clock) -> None:
    """Send one mail and write down what came of it. Raises ChannelIsDown."""
    keys = [delivery.pk for delivery, _said in rows]
    try:
        email = _email(digest, rows, at=clock())
    except DATABASE_IS_AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - an address, a file: the mail's own fault
        return _give_free(digest, rows, partial(refused, error=error, at=clock()))
    try:
        email.send()
    except DATABASE_IS_AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - told apart below
        return _not_sent(digest, rows, error, at=clock())
    channel.has_answered()
    with transaction.atomic():
        Delivery.objects.filter(pk__in=keys).update(sent_at=clock(), due_at=None, error="")
        digest.delete()
    return None


def _email(digest: Digest, rows: list[tuple[Delivery, Said]], *, at: datetime) -> EmailMessage:
    """Return the mail: of a single message it is that message's own."""
    first, _said = rows[0]
    if digest.pk == first.pk:
        return mail_of(kinds[first.message.kind], first, at=at)
    return collected(rows, key=digest.pk, at=at)


def _not_sent(digest: Digest, rows: list[tuple[Delivery, Said]], error: Exception, *, at: datetime) -> None:
    """Let the mail wait as it is for the server to answer, or give its rows free to be tried again."""
    if fault_of(error) == Fault.CHANNEL:
        channel.has_failed(error, now=at)
        Digest.objects.filter(pk=digest.pk).update(leased_until=None)
        raise ChannelIsDown from error
    channel.has_answered()
    _give_free(digest, rows, partial(not_sent, error=error, at=at, patience=PUT_OFF_FOR + LONGEST_WAIT))


@transaction.atomic
def _give_free(
    digest: Digest, rows: list[tuple[Delivery, Said]], write_down: Callable[[Delivery], None]
) -> None:
    """Write down for each row that it was not sent, and let it be collected anew when its time comes."""
    for delivery, _said in rows:
        write_down(delivery)
    digest.delete()


def _settle_all(deliveries: list[Delivery], *, at: datetime) -> int:
    """Let the messages leave the queue that nobody waits for any more; return how many did."""
    keys = {each.message_id for each in deliveries}
    queued = OutboxMessage.objects.filter(pk__in=keys, state=MessageState.QUEUED)
    return sum(settle(message, at=at) for message in queued.order_by("pk"))
