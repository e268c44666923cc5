"""What is done about a message that has failed: sent again, or set aside when nobody needs it any more."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core.enums import MessageState
from backend.core.models import OutboxMessage
from backend.core.outbox import requeue
from backend.core.writing import audit
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.transactions import locked, one_write


def messages_for(user: User) -> QuerySet[OutboxMessage]:
    """Return the messages that `user` may see to when they fail: those of the municipalities administered.

    Whose a message is that cannot be read any more is not known; operators see to it, and to all others.
    """
    if user.is_superuser and user.is_active:
        return OutboxMessage.objects.all()
    theirs = [each.municipality_id for each in user.current_assignments if each.role == Role.ADMINISTRATOR]
    return OutboxMessage.objects.filter(municipality_key__in=theirs)


def failed_for(user: User) -> QuerySet[OutboxMessage]:
    """Return the messages that did not get there and wait for `user` to see to them, the newest first."""
    return messages_for(user).filter(state=MessageState.FAILED).order_by("-failed_at", "pk")


@one_write
def send_again(*, message_id: UUID, by: User, at: datetime) -> OutboxMessage:
    """Queue a failed message again, to those who have not had it.

    Raises OutboxMessage.DoesNotExist for who may not see to it, TransitionNotAllowed when it has not failed.
    """
    message = _failed(message_id, wanted=MessageState.QUEUED, by=by)
    _queue_again(message, by=by, at=at)
    return message


@one_write
def send_all_again(*, by: User, at: datetime) -> int:
    """Queue every failed message again that `by` sees to; return how many there were."""
    failed = list(locked(failed_for(by)).order_by("pk"))
    for message in failed:
        _queue_again(message, by=by, at=at)
    return len(failed)


@one_write
def set_aside(*, message_id: UUID, by: User, at: datetime) -> OutboxMessage:
    """Let a failed message be: it is sent to nobody else, and is no longer on the list.

    Raises OutboxMessage.DoesNotExist for who may not see to it, TransitionNotAllowed when it has not failed.
    """
    message = _failed(message_id, wanted=MessageState.SET_ASIDE, by=by)
    OutboxMessage.objects.filter(pk=message.pk).update(state=MessageState.SET_ASIDE)
    audit.record(message, "set_aside", by=by, at=at, from_state=message.state)
    return message


def _failed(message_id: UUID, *, wanted: str, by: User) -> OutboxMessage:
    message = locked(messages_for(by).filter(pk=message_id)).get()
    if message.state != MessageState.FAILED:
        raise TransitionNotAllowed(current=message.state, wanted=wanted)
    return message


def _queue_again(message: OutboxMessage, *, by: User, at: datetime) -> None:
    requeue(message, at=at)
    audit.record(message, "sent_again", by=by, at=at, from_state=message.state)
