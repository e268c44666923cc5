"""What is told, to whom, and how it is queued."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.mime.base import MIMEBase
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from backend.core.models import Delivery, OutboxMessage
from backend.core.timeline import PERSON

Recheck = Callable[[OutboxMessage], bool]


class Receiver(NamedTuple):
    """A user to tell, and where they read more; an empty path is that of the message."""

    user: Any
    path: str = ""


@dataclass(frozen=True)
class Audience:
    """A role in the case that a message is about.

    `receivers` says who holds it now, `words` what it is called, and `municipality` in whose tenant the case
    is: its administrators see to a message that does not get there. `personas` are those who may hold it.
    """

    name: str
    receivers: Callable[[OutboxMessage], Iterable[Receiver]]
    words: Promise | str
    municipality: Callable[[OutboxMessage], UUID | None]
    personas: tuple[str, ...] = ()


@dataclass(frozen=True)
class MessageKind:
    """One kind of message. Subject and body carry no personal data: they say where to read, not what.

    `words` gives the body what else it names, of things that are nobody's, such as an opening's title;
    `attachments` what is brought along to one receiver, under the same rule. What it `offers` of those words
    a municipality may name in words of its own (`wording`).

    What `is_urgent` goes at once, day and night, in a mail of its own: somebody is in trouble, somebody waits
    for this one's decision, or a time that is agreed changes. The rest keeps quiet hours, and of it nobody
    gets more than one mail a day. Of that again, what `is_needed` cannot be turned off. What goes `by_sms`
    does so to those who have chosen it.
    """

    name: str
    subject: Promise | str
    is_due: Recheck
    audiences: tuple[Audience, ...]
    words: Callable[[OutboxMessage], Mapping[str, str]] = lambda _message: {}
    offers: tuple[str, ...] = ()
    attachments: Callable[[Delivery], Iterable[MIMEBase]] = lambda _delivery: ()
    is_urgent: bool = False
    is_needed: bool = False
    by_sms: bool = False

    @property
    def may_be_off(self) -> bool:
        """Tell whether a receiver may choose not to get it by mail."""
        return not (self.is_urgent or self.is_needed)

    @property
    def template(self) -> str:
        """The body's template."""
        return f"emails/{self.name}.txt"

    def subject_to(self, user: Any, own: str = "") -> str:
        """Return the subject as `user` gets it, in the municipality's `own` words where there are any.

        A participant's tells nothing of what it is about.
        """
        return _("You have a new message") if user.persona == PERSON else own or str(self.subject)

    def audience_of(self, message: OutboxMessage) -> Audience:
        """Return the audience that `message` is for. Raises LookupError for one that the kind has not."""
        found = [each for each in self.audiences if each.name == message.audience]
        if not found:
            raise LookupError(message.audience)
        return found[0]

    def receivers_of(self, message: OutboxMessage) -> list[Receiver]:
        """Return who is to be told now: those with an account that is open, each once."""
        holders = self.audience_of(message).receivers(message)
        found = {each.user.pk: each for each in holders if each.user.is_active}
        return list(found.values())


kinds: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> MessageKind:
    """Make `kind` known; an app does so in its `notifications` module."""
    kinds[kind.name] = kind
    return kind


def calm_kinds() -> list[str]:
    """Return the names of the kinds that are not urgent."""
    return [kind.name for kind in kinds.values() if not kind.is_urgent]


def kinds_for(persona: str) -> list[MessageKind]:
    """Return the kinds that somebody of `persona` may get, by their subject."""
    theirs = [kind for kind in kinds.values() if any(persona in each.personas for each in kind.audiences)]
    return sorted(theirs, key=lambda kind: str(kind.subject))


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
                wanted_at=due_at or at,
            )
            for audience in kind.audiences
        ],
        ignore_conflicts=True,
    )
