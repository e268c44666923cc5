"""What stands in a mail: that of one message, and the one in which several are collected."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from backend.core.answering.links import answers_of, link_to
from backend.core.answering.questions import question_of
from backend.core.clock import day_of
from backend.core.models import Delivery
from backend.core.outbox.kinds import MessageKind, kinds
from backend.core.outbox.leaving import address_of
from backend.core.outbox.mails import message_id
from backend.core.outbox.reached import lines_of
from backend.core.outbox.settling import municipality_of
from backend.core.outbox.wording import Words, examples, filled, own_words_for
from backend.core.timeline import PERSON

MAIL: Final = "emails/_mail.txt"
"""What every mail is made in: greeting, words, link, that it is about nobody, and who sends it."""
SECTION: Final = "components/_section_of_mail.txt"
"""The same without greeting and end, to stand among others in one mail."""


class Said(NamedTuple):
    """The subject that the municipality has written, "" where it is the programme's, and the body."""

    own_subject: str
    body: str


def mail_of(kind: MessageKind, delivery: Delivery, *, at: datetime) -> EmailMessage:
    """Return the mail of one message to one receiver."""
    with translation.override(delivery.recipient.language):
        said = said_by(kind, delivery, layout=MAIL)
        subject = kind.subject_to(delivery.recipient, said.own_subject)
        email = _mail(
            subject, [said.body, _foot([delivery], delivery.pk, at=at)], delivery.recipient, key=delivery.pk
        )
    _let_leave(email, [delivery], key=delivery.pk)
    for part in kind.attachments(delivery):
        email.attach(part)
    return email


def said_by(kind: MessageKind, delivery: Delivery, *, layout: str = SECTION) -> Said:
    """Return what a message says in the language that is spoken now: in the municipality's words, if any."""
    values = kind.words(delivery.message)
    own = own_words_for(kind, delivery, values)
    body = render_to_string(
        kind.template, {**_links_of(delivery), **values, "layout": layout, "own_text": own.text}
    )
    return Said(own.subject, body.strip())


def _links_of(delivery: Delivery) -> dict[str, Any]:
    return {
        "url": settings.SITE_URL + delivery.path,
        "answer_url": settings.SITE_URL + link if (link := link_to(delivery)) else "",
        "answers": [(words, settings.SITE_URL + path) for words, path in answers_of(delivery)],
    }


def sample_of(kind: MessageKind, own: Words, *, reached: str = "") -> tuple[str, str]:
    """Return subject and body of a mail that nobody gets, in the language that is spoken now.

    What differs from mail to mail is made up, and the links lead nowhere; `reached` are the lines on how the
    municipality is reached. Raises LookupError where `own` names what the kind does not offer.
    """
    somewhere = f"{settings.SITE_URL}/…"
    links = {"url": somewhere, "answer_url": somewhere if question_of(kind.name) else "", "answers": []}
    values = examples()
    own_text = filled(own.text, kind, values)
    body = render_to_string(kind.template, {**links, **values, "layout": MAIL, "own_text": own_text})
    foot = _foot_with(reached, somewhere if kind.may_be_off else "")
    return own.subject or str(kind.subject), "\n".join(filter(None, [body.strip(), foot]))


def collected(rows: list[tuple[Delivery, Said]], *, key: UUID, at: datetime) -> EmailMessage:
    """Return the mail with several messages, each the delivery and what it says; all are of one receiver."""
    deliveries = [delivery for delivery, _said in rows]
    recipient = deliveries[0].recipient
    with translation.override(recipient.language):
        sections = [
            (said.own_subject or str(kinds[each.message.kind].subject), said.body) for each, said in rows
        ]
        body = render_to_string("emails/digest.txt", {"sections": sections})
        is_person = recipient.persona == PERSON
        subject = _("You have new messages") if is_person else _("What has happened since last time")
        email = _mail(subject, [body.strip(), _foot(deliveries, key, at=at)], recipient, key=key)
    _let_leave(email, deliveries, key=key)
    for delivery in deliveries:
        for part in kinds[delivery.message.kind].attachments(delivery):
            email.attach(part)
    return email


def _mail(subject: str, parts: Iterable[str], recipient: Any, *, key: UUID) -> EmailMessage:
    body = "\n".join(filter(None, parts)).strip() + "\n"
    email = EmailMessage(subject=subject, body=body, to=[recipient.email])
    email.extra_headers["Message-ID"] = message_id(key)
    return email


def _foot(deliveries: list[Delivery], key: UUID, *, at: datetime) -> str:
    """Return how the municipality is reached, and where one says that one wants no more such mail."""
    reached = lines_of(municipality_of(deliveries[0].message), on=day_of(at))
    return _foot_with(reached, address_of(key) if _may_be_left(deliveries) else "")


def _foot_with(reached: str, address: str) -> str:
    if not address:
        return reached
    leave = _("Choose what you get by e-mail: %(address)s") % {"address": address}
    return f"{reached}\n\n{leave}" if reached else f"\n{leave}"


def _let_leave(email: EmailMessage, deliveries: list[Delivery], *, key: UUID) -> None:
    """Let a mail program offer to unsubscribe with one press (RFC 8058), where that may be."""
    if _may_be_left(deliveries):
        email.extra_headers["List-Unsubscribe"] = f"<{address_of(key)}>"
        email.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _may_be_left(deliveries: list[Delivery]) -> bool:
    return any(kinds[each.message.kind].may_be_off for each in deliveries)
