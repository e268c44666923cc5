"""What the list shows of a failed message: what kind, to whom, since when, why. Nothing of any case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.accounts.enums import Persona
from backend.core.models import Delivery, OutboxMessage
from backend.core.outbox import kinds

REASONS: Final[dict[str, Promise]] = {
    "SMTPRecipientsRefused": gettext_lazy("The receiver's mail server does not take mail for the address."),
    "SMTPDataError": gettext_lazy("The mail server does not take the text."),
    "ValueError": gettext_lazy("The address cannot be one."),
}
OTHER: Final = gettext_lazy("The message could not be made. Tell whoever runs the site.")


@dataclass(frozen=True)
class Missed:
    """One receiver whom a message did not reach, and why; participants are not named to administrators."""

    who: str
    why: str
    code: str


@dataclass(frozen=True)
class Undelivered:
    """A failed message as it stands in the list."""

    pk: UUID
    what: str
    to: str
    failed_at: datetime | None
    missed: list[Missed]


def with_receivers(messages: QuerySet[OutboxMessage]) -> QuerySet[OutboxMessage]:
    """Return `messages` with those whom they did not reach, in one query more."""
    failed = Delivery.objects.exclude(failed_at=None).select_related("recipient").order_by("failed_at", "pk")
    return messages.prefetch_related(Prefetch("deliveries", queryset=failed, to_attr="missed"))


def as_listed(message: Any) -> Undelivered:
    """Return what the list shows of a message that was read `with_receivers`."""
    kind = kinds.get(message.kind)
    audiences = {each.name: str(each.words) for each in kind.audiences} if kind else {}
    missed = [Missed(_named(each), _why(each.error), each.error) for each in message.missed]
    return Undelivered(
        pk=message.pk,
        what=str(kind.subject) if kind else message.kind,
        to=audiences.get(message.audience, message.audience),
        failed_at=message.failed_at,
        missed=missed or [Missed("", _why(message.error), message.error)],
    )


def _named(delivery: Delivery) -> str:
    recipient = delivery.recipient
    return capfirst(_("the participant")) if recipient.persona == Persona.PARTICIPANT else str(recipient)


def _why(error: str) -> str:
    name, _space, _code = error.partition(" ")
    return str(REASONS.get(name, OTHER))
