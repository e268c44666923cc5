"""Messages: queued in the transaction that they tell of, delivered after it, to each receiver once.

What is queued names an audience, a role in the case. Who holds it is asked when the message is delivered, and
again at each new attempt: a case that has moved, a contact who has left or joined meanwhile need no message
of their own.

Delivery is at least once with a fixed Message-ID per message and receiver, so that a receiver (and our own
kept mail) recognises a repeat. A worker that dies leaves a lease behind, and the next one takes over when it
ends.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from backend.core.enums import MessageState
from backend.core.models import Delivery, OutboxMessage

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 8

Recheck = Callable[[OutboxMessage], bool]


class Receiver(NamedTuple):
    """A user to tell, and where they read more; an empty path is that of the message."""

    user: Any
    path: str = ""


@dataclass(frozen=True)
class Audience:
    """A role in the case that a message is about; `receivers` says who holds it now."""

    name: str
    receivers: Callable[[OutboxMessage], Iterable[Receiver]]


@dataclass(frozen=True)
class MessageKind:
    """One kind of message. Subject and body carry no personal data: they say where to read, not what."""

    name: str
    subject: Promise | str
    is_due: Recheck
    audiences: tuple[Audience, ...]

    @property
    def template(self) -> str:
        """The body's template."""
        return f"emails/{self.name}.txt"

    def receivers_of(self, message: OutboxMessage) -> list[Receiver]:
        """Return who is to be told now: those with an account that is open, each once."""
        [audience] = [each for each in self.audiences if each.name == message.audience]
        found = {each.user.pk: each for each in audience.receivers(message) if each.user.is_active}
        return list(found.values())


kinds: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> MessageKind:
    """Make `kind` known; an app does so in its `notifications` module."""
    kinds[kind.name] = kind
    return kind


def enqueue(
    kind: MessageKind,
    *,
    about: models.Model,
    step: str,
    path: str,
    at: datetime,
    due_at: datetime | None = None,
) -> None:
    """Queue a message to each audience of `kind`, at most one for each (kind, case, step, audience)."""
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                kind=kind.name,
                key=f"{kind.name}:{about.pk}:{step}:{audience.name}",
                audience=audience.name,
                subject_type=about._meta.label_lower,
                subject_id=about.pk,
                path=path,
                created_at=at,
                due_at=due_at or at,
            )
            for audience in kind.audiences
        ],
        ignore_conflicts=True,
    )


def deliver_due(*, at: datetime, limit: int = 50) -> int:
    """Deliver messages whose time has come, at most `limit`; return how many left the queue."""
    waiting = Q(state=MessageState.QUEUED) | Q(state=MessageState.SENDING, leased_until__lte=at)
    due = OutboxMessage.objects.filter(waiting, due_at__lte=at).order_by("due_at", "id")
    return sum(_deliver(key, at=at) for key in list(due.values_list("pk", flat=True)[:limit]))


def _deliver(pk: UUID, *, at: datetime) -> bool:
    free = Q(state=MessageState.QUEUED) | Q(state=MessageState.SENDING, leased_until__lte=at)
    claimed = OutboxMessage.objects.filter(free, pk=pk).update(
        state=MessageState.SENDING, leased_until=at + LEASE, attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    message = OutboxMessage.objects.get(pk=pk)
    try:
        outcome = _send_to_all(message, at=at)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the message stays queued
        _put_back(message, error=error, at=at)
        return False
    OutboxMessage.objects.filter(pk=pk).update(state=outcome, sent_at=at, leased_until=None, error="")
    return True


def _send_to_all(message: OutboxMessage, *, at: datetime) -> MessageState:
    """Send `message` to everybody who is to have it and has not, unless what it tells of is no longer so.

    Each is marked as sent before the next is tried, and one whose address fails keeps it from nobody else.
    """
    kind = kinds[message.kind]
    receivers = kind.receivers_of(message) if kind.is_due(message) else []
    failures = []
    for delivery in _deliveries(message, receivers, at=at):
        try:
            _send(kind, delivery)
        except Exception as error:  # noqa: BLE001 - told below, after everybody has been tried
            failures.append(error)
        else:
            Delivery.objects.filter(pk=delivery.pk).update(sent_at=at)
    if failures:
        raise failures[0]
    return MessageState.SENT if message.deliveries.exists() else MessageState.SKIPPED


@transaction.atomic
def _deliveries(message: OutboxMessage, receivers: list[Receiver], *, at: datetime) -> list[Delivery]:
    """Return what is still to be sent; whoever was tried in vain and is no receiver any more is left out."""
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
    return list(message.deliveries.filter(sent_at=None).select_related("recipient").order_by("pk"))


def _send(kind: MessageKind, delivery: Delivery) -> None:
    with translation.override(delivery.recipient.language):
        body = render_to_string(kind.template, {"url": settings.SITE_URL + delivery.path})
        email = EmailMessage(
            subject=str(kind.subject), body=body.strip() + "\n", to=[delivery.recipient.email]
        )
    email.extra_headers["Message-ID"] = f"<{delivery.pk}@{urlsplit(settings.SITE_URL).hostname}>"
    email.send()


def _put_back(message: OutboxMessage, *, error: Exception, at: datetime) -> None:
    """Queue the message again, later each time (1, 2, 4 … minutes); give up after MAX_ATTEMPTS."""
    logger.warning("message %s not delivered: %s", message.pk, type(error).__name__)
    gave_up = message.attempts >= MAX_ATTEMPTS
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED if gave_up else MessageState.QUEUED,
        due_at=at + timedelta(minutes=2 ** (message.attempts - 1)),
        leased_until=None,
        error=type(error).__name__,
    )
