"""SMS: 46elks' HTTP format, or a file where nobody is to be reached; and when a message goes that way.

An SMS has no name by which a repeat is known. So each is marked before it is sent and tried once: whatever
goes wrong, and when the worker dies in the midst of it, the message goes by mail instead.
"""

import base64
import json
import logging
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from backend.core.answering.links import link_to
from backend.core.enums import Way
from backend.core.models import Delivery, MessageChoice, OutboxMessage
from backend.core.outbox import channel
from backend.core.outbox.faults import name_of
from backend.core.outbox.kinds import MessageKind
from backend.core.outbox.settling import waiting
from backend.core.outbox.wording import own_words_for

logger = logging.getLogger(__name__)

NAME: Final = "sms"
TIMEOUT: Final = 10.0


class SmsRefused(Exception):
    """The provider does not take this number or text; the others are sent."""


class SmsIsDown(OSError):
    """The provider does not answer, or takes nothing from us for now."""


class _NoRedirects(HTTPRedirectHandler):
    """Follow no redirect: it would carry the password to somebody else."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        """Return no other request."""


def is_set_up() -> bool:
    """Tell whether this installation sends SMS."""
    return bool(settings.SMS_URL)


def send_sms(*, to: str, text: str) -> None:
    """Send `text` to the number `to` (E.164). Raises SmsRefused and SmsIsDown."""
    address = urlsplit(settings.SMS_URL)
    if address.scheme == "file":
        _write(Path(unquote(address.path)), to=to, text=text)
    else:
        _post(settings.SMS_URL, {"from": settings.SMS_FROM, "to": to, "message": text})


def _write(path: Path, *, to: str, text: str) -> None:
    """Add the SMS to a file that its owner alone reads: it holds numbers and codes."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    line = json.dumps({"at": timezone.now().isoformat(), "to": to, "message": text}, ensure_ascii=False)
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def _post(url: str, fields: dict[str, str]) -> None:
    """Post the form as 46elks has it: Basic authorisation, form-encoded (https://46elks.com/docs/send-sms)."""
    parts = urlsplit(url)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    host = parts.netloc.rpartition("@")[2]
    key = base64.b64encode(f"{user}:{password}".encode()).decode()
    request = Request(  # noqa: S310 - the operator's own setting
        urlunsplit((parts.scheme, host, parts.path, "", "")),
        data=urlencode(fields).encode(),
        headers={"Authorization": f"Basic {key}", "Content-Type": "application/x-www-form-urlencoded"},
    )
    try:
        with build_opener(_NoRedirects).open(request, timeout=TIMEOUT) as answer:
            answer.read(4096)
    except HTTPError as error:
        if error.code == HTTPStatus.BAD_REQUEST:
            raise SmsRefused from None
        raise SmsIsDown(error.code) from None
    except (OSError, ValueError) as error:
        raise SmsIsDown(type(error).__name__) from None


def choose_ways(kind: MessageKind, message: OutboxMessage) -> None:
    """Let those who have chosen SMS have `message` that way, when it is of a kind that goes so."""
    if not (kind.by_sms and is_set_up()):
        return
    texted = MessageChoice.objects.exclude(sms_number="").values("user")
    new = waiting(message).filter(way=Way.MAIL, due_at=None, sms_begun_at=None, digest=None)
    new.filter(recipient__in=texted).update(way=Way.SMS)


def text(kind: MessageKind, delivery: Delivery, *, at: datetime) -> None:
    """Send `delivery` by SMS, once; when it cannot be, let it go by mail."""
    rows = Delivery.objects.filter(pk=delivery.pk, way=Way.SMS, sent_at=None)
    choice = MessageChoice.objects.filter(user=delivery.recipient_id).exclude(sms_number="").first()
    turn = channel.turn(at, name=NAME)
    begun = bool(choice and turn) and rows.filter(sms_begun_at=None).update(sms_begun_at=at)
    if not choice or not begun:
        rows.update(way=Way.MAIL, sms_begun_at=at, due_at=None)
        return
    try:
        send_sms(to=choice.sms_number, text=words_of(kind, delivery))
    except SmsIsDown as error:
        channel.has_failed(error, now=at, name=NAME)
        rows.update(way=Way.MAIL, due_at=None, error=name_of(error))
    except SmsRefused as error:
        channel.has_answered(name=NAME)
        logger.warning("SMS of delivery %s was refused", delivery.pk)
        rows.update(way=Way.MAIL, due_at=None, error=name_of(error))
    else:
        channel.has_answered(name=NAME)
        rows.update(sent_at=at, due_at=None, error="")


def words_of(kind: MessageKind, delivery: Delivery) -> str:
    """Return the text: what it is, where one answers or reads; nothing about anybody."""
    with translation.override(delivery.recipient.language):
        address = settings.SITE_URL + (link_to(delivery) or delivery.path)
        own = own_words_for(kind, delivery, kind.words(delivery.message))
        subject = kind.subject_to(delivery.recipient, own.subject)
        return _("%(subject)s – Praktikbron: %(address)s") % {"subject": subject, "address": address}
