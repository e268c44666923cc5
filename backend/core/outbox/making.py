"""What stands in a mail: that of one message, and the one in which several are collected."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from backend.core.answering.links import answers_of, link_to
from backend.core.clock import day_of
from backend.core.models import Delivery
from backend.core.outbox.kinds import MessageKind, kinds
from backend.core.outbox.leaving import address_of
from backend.core.outbox.mails import message_id
from backend.core.outbox.reached import lines_of
from backend.core.outbox.settling import municipality_of
from backend.core.timeline import PERSON

NAME: Final = "Praktikbron"


def mail_of(kind: MessageKind, delivery: Delivery, *, at: datetime) -> EmailMessage:
    """Return the mail of one message to one receiver."""
    with translation.override(delivery.recipient.language):
        parts = [body_of(kind, delivery), _foot([delivery], delivery.pk, at=at)]
        email = _mail(kind.subject_to(delivery.recipient), parts, delivery.recipient, key=delivery.pk)
    _let_leave(email, [delivery], key=delivery.pk)
    for part in kind.attachments(delivery):
        email.attach(part)
    return email


def body_of(kind: MessageKind, delivery: Delivery) -> str:
    """Return the words of a message in the language that is spoken now."""
    return render_to_string(kind.template, words_of(kind, delivery)).strip()


def words_of(kind: MessageKind, delivery: Delivery) -> dict[str, Any]:
    """Return what the template of `kind` may name."""
    return {
        "url": settings.SITE_URL + delivery.path,
        "answer_url": settings.SITE_URL + link if (link := link_to(delivery)) else "",
        "answers": [(words, settings.SITE_URL + path) for words, path in answers_of(delivery)],
        **kind.words(delivery.message),
    }


def collected(rows: list[tuple[Delivery, str]], *, key: UUID, at: datetime) -> EmailMessage:
    """Return the mail with several messages, each the delivery and its words; all are of one receiver."""
    deliveries = [delivery for delivery, _words in rows]
    recipient = deliveries[0].recipient
    with translation.override(recipient.language):
        sections = [(str(kinds[each.message.kind].subject), _unframed(words)) for each, words in rows]
        body = render_to_string("emails/digest.txt", {"sections": sections})
        is_person = recipient.persona == PERSON
        subject = _("You have new messages") if is_person else _("What has happened since last time")
        email = _mail(subject, [body.strip(), _foot(deliveries, key, at=at)], recipient, key=key)
    _let_leave(email, deliveries, key=key)
    for delivery in deliveries:
        for part in kinds[delivery.message.kind].attachments(delivery):
            email.attach(part)
    return email


def _unframed(words: str) -> str:
    """Return the words of one mail without their greeting and their end, to stand among others."""
    inner = words.removeprefix(_("Hello!")).strip()
    return inner.removesuffix(NAME).strip().removesuffix(_("Kind regards")).strip()


def _mail(subject: str, parts: Iterable[str], recipient: Any, *, key: UUID) -> EmailMessage:
    body = "\n".join(filter(None, parts)).strip() + "\n"
    email = EmailMessage(subject=subject, body=body, to=[recipient.email])
    email.extra_headers["Message-ID"] = message_id(key)
    return email


def _foot(deliveries: list[Delivery], key: UUID, *, at: datetime) -> str:
    """Return how the municipality is reached, and where one says that one wants no more such mail."""
    reached = lines_of(municipality_of(deliveries[0].message), on=day_of(at))
    if not _may_be_left(deliveries):
        return reached
    leave = _("Choose what you get by e-mail: %(address)s") % {"address": address_of(key)}
    return f"{reached}\n\n{leave}" if reached else f"\n{leave}"


def _let_leave(email: EmailMessage, deliveries: list[Delivery], *, key: UUID) -> None:
    """Let a mail program offer to unsubscribe with one press (RFC 8058), where that may be."""
    if _may_be_left(deliveries):
        email.extra_headers["List-Unsubscribe"] = f"<{address_of(key)}>"
        email.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _may_be_left(deliveries: list[Delivery]) -> bool:
    return any(kinds[each.message.kind].may_be_off for each in deliveries)
