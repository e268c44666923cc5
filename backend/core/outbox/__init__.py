"""Messages: queued in the transaction that they tell of, delivered after it, to each receiver once.

What is queued names an audience, a role in the case. Who holds it is asked when the message is delivered, and
again at each new attempt: a case that has moved, a contact who has left or joined meanwhile need no message
of their own.

Delivery is at least once with a fixed Message-ID per message and receiver, so that a receiver (and our own
kept mail) recognises a repeat. A worker that dies leaves a lease behind, and the next one takes over when it
ends. A mail server that is down costs no message anything: all wait until it answers (`channel`).

What is not urgent keeps quiet hours (`when`), and a person gets at most one mail a day of it, with all that
waits for them (`post`).
"""

from backend.core.outbox.delivering import deliver_due
from backend.core.outbox.kinds import (
    Audience,
    MessageKind,
    Receiver,
    Recheck,
    enqueue,
    kinds,
    kinds_for,
    register,
)
from backend.core.outbox.settling import MAX_ATTEMPTS, lease, requeue

__all__ = [
    "MAX_ATTEMPTS",
    "Audience",
    "MessageKind",
    "Receiver",
    "Recheck",
    "deliver_due",
    "enqueue",
    "kinds",
    "kinds_for",
    "lease",
    "register",
    "requeue",
]
