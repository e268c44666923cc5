"""The address in a mail at which its receiver says that such mail is not wanted: signed, it tells nothing."""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from backend.core.models import Delivery
from backend.core.outbox.kinds import MessageKind, kinds

_SALT = "praktikbron.leaving"


def token_of(mail_key: UUID) -> str:
    """Return what stands in the address of the mail with this key."""
    return str(Signer(salt=_SALT).sign(mail_key.hex))


def address_of(mail_key: UUID) -> str:
    """Return the whole address."""
    return str(settings.SITE_URL) + reverse("own_messages:unsubscribe", args=[token_of(mail_key)])


def carried_by(token: str) -> list[Delivery]:
    """Return what the mail carried that a token was made for; nothing for a token that nobody here signed."""
    try:
        key = UUID(Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        return []
    found = Delivery.objects.filter(mail_key=key).select_related("message", "recipient")
    return list(found.order_by("created_at", "pk"))


def kinds_to_leave(deliveries: list[Delivery]) -> list[MessageKind]:
    """Return those kinds of what a mail carried that may be turned off, each once."""
    names = dict.fromkeys(each.message.kind for each in deliveries)
    return [kinds[name] for name in names if name in kinds and kinds[name].may_be_off]
