"""The link in a mail: the delivery's key and its signature, in an address that tells nothing."""

from urllib.parse import urlencode
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from backend.core.answering.questions import question_of
from backend.core.models import Delivery
from backend.core.timeline import STAFF

_SALT = "praktikbron.answering"
CHOSEN = "svar"
"""The name under which a link says which answer was chosen in the mail."""


def token_of(delivery: Delivery) -> str:
    """Return what stands in the address: the same each time the mail is sent."""
    return Signer(salt=_SALT).sign(delivery.pk.hex)


def link_to(delivery: Delivery) -> str:
    """Return the address at which `delivery` is answered; "" where its message asks nothing.

    Staff sign in with two factors and get no link that needs none.
    """
    question = question_of(delivery.message.kind)
    if question is None or delivery.recipient.persona == STAFF:
        return ""
    return reverse(question.page, args=[token_of(delivery)])


def answers_of(delivery: Delivery) -> list[tuple[str, str]]:
    """Return the answers that the mail offers one by one: their words, and where each leads."""
    question, link = question_of(delivery.message.kind), link_to(delivery)
    if question is None or not link:
        return []
    return [
        (str(words), f"{link}?{urlencode({CHOSEN: value})}")
        for value, words in question.choices_for(delivery)
    ]


def opened_by(token: str) -> Delivery | None:
    """Return the delivery that a token was made for; None for one that nobody here has signed."""
    try:
        key = UUID(Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        return None
    return Delivery.objects.select_related("message", "recipient").filter(pk=key).first()
