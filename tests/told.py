"""Whom the queued messages would reach if they were delivered now."""

from backend.accounts.models import User
from backend.core import outbox
from backend.core.models import OutboxMessage


def told(**messages: object) -> set[User]:
    """Return everybody whom the `messages` that fit would reach."""
    return {user for _kind, user in told_by_kind(**messages)}


def told_by_kind(**messages: object) -> set[tuple[str, User]]:
    """Return the kind of each message that fits with each user whom it would reach."""
    return {
        (message.kind, receiver.user)
        for message in OutboxMessage.objects.filter(**messages).order_by("pk")
        for receiver in outbox.kinds[message.kind].receivers_of(message)
    }
