"""What one life-cycle tells the others: declared where it happens, received by the apps above, in one table.

A low app declares an event in its `events.py` and emits it inside the write that it tells of. A higher app
receives it in its `receivers.py`, which its AppConfig loads. A receiver runs in the same transaction, so that
either everything follows or nothing happened; it may refuse, and then the whole write is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django.db.models import Model

React = TypeVar("React", bound=Callable[..., None])


ORDER = ("participant", "consent", "proposal", "visit", "opening", "internship", "session", "package")
"""In this order a case is locked, and in this order the life-cycles hear of an event."""


@dataclass(frozen=True)
class Receiver:
    """What `thing` does when it hears of an event; `locks` takes, beforehand, the rows that it will move."""

    thing: str
    does: str
    react: Callable[..., None]
    locks: Callable[[Any], None] | None = None


@dataclass
class Event:
    """Something that happened to one row of the kind `about`, said in the one sentence `tells`."""

    name: str
    about: str
    tells: str
    receivers: list[Receiver] = field(default_factory=list)

    def received_by(
        self, thing: str, *, does: str, locks: Callable[[Any], None] | None = None
    ) -> Callable[[React], React]:
        """Let the decorated function hear of the event, called with `subject`, `by`, `at` and the facts."""

        def register_receiver(react: React) -> React:
            self.receivers.append(Receiver(thing, does, react, locks))
            self.receivers.sort(key=lambda receiver: ORDER.index(receiver.thing))
            return react

        return register_receiver

    def prepare(self, key: Any) -> None:
        """Let the receivers lock what they will move, before the emitter locks the row with `key`.

        Only an event whose subject comes late in the order of locks needs this: an opening, an employer.
        """
        for receiver in self.receivers:
            if receiver.locks is not None:
                receiver.locks(key)

    def emit(self, subject: "Model", *, by: "AbstractBaseUser | None", at: datetime, **facts: Any) -> None:
        """Tell every receiver, in the order of the life-cycles; `by` is None when the system itself acted."""
        for receiver in self.receivers:
            receiver.react(subject=subject, by=by, at=at, **facts)


events: dict[str, Event] = {}


def declare(name: str, *, about: str, tells: str) -> Event:
    """Return a new event in the one table of events."""
    events[name] = Event(name, about, tells)
    return events[name]


def as_table() -> str:
    """Return the table event × receivers as Markdown, as the decision about life-cycles shows it."""
    rows = [
        f"| `{event.name}` | {event.tells} | {receiver.thing} | {receiver.does} |"
        for event in events.values()
        for receiver in event.receivers
    ]
    return "\n".join(["| event | what has happened | who hears | what follows |", "|---|---|---|---|", *rows])
