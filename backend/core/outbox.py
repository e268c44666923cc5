"""Messages: queued in the transaction that they tell of, delivered after it, each once.

Delivery is at least once with a fixed Message-ID per message, so that a receiver (and our own kept
mail) recognises a repeat. A worker that dies leaves a lease behind, and the next one takes over when it ends.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from backend.core.enums import MessageState
from backend.core.models import OutboxMessage

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 8

Recheck = Callable[[OutboxMessage], bool]


@dataclass(frozen=True)
class MessageKind:
    """One kind of message. Subject and body carry no personal data: they say where to read, not what."""

    name: str
    subject: Promise | str
    is_due: Recheck

    @property
    def template(self) -> str:
        """The body's template."""
        return f"emails/{self.name}.txt"


kinds: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> MessageKind:
    """Make `kind` known; an app does so in its `notifications` module."""
    kinds[kind.name] = kind
    return kind


def enqueue(
    kind: MessageKind,
    *,
    to: Iterable["AbstractBaseUser"],
    about: models.Model,
    step: str,
    path: str,
    at: datetime,
    due_at: datetime | None = None,
) -> None:
    """Queue a message to each of `to`, at most one for each (kind, case, step, receiver)."""
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                kind=kind.name,
                key=f"{kind.name}:{about.pk}:{step}:{user.pk}",
                recipient_id=user.pk,
                subject_type=about._meta.label_lower,
                subject_id=about.pk,
                path=path,
                created_at=at,
                due_at=due_at or at,
            )
            for user in to
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
    message = OutboxMessage.objects.select_related("recipient").get(pk=pk)
    try:
        outcome = _send(message)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the message stays queued
        _put_back(message, error=error, at=at)
        return False
    OutboxMessage.objects.filter(pk=pk).update(state=outcome, sent_at=at, leased_until=None, error="")
    return True


def _send(message: OutboxMessage) -> MessageState:
    """Render and send `message`, unless what it tells of is no longer so."""
    kind = kinds[message.kind]
    if not kind.is_due(message) or not message.recipient.is_active:
        return MessageState.SKIPPED
    with translation.override(message.recipient.language):
        body = render_to_string(kind.template, {"url": settings.SITE_URL + message.path, "message": message})
        email = EmailMessage(
            subject=str(kind.subject), body=body.strip() + "\n", to=[message.recipient.email]
        )
    email.extra_headers["Message-ID"] = f"<{message.pk}@{urlsplit(settings.SITE_URL).hostname}>"
    email.send()
    return MessageState.SENT


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
