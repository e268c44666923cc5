"""Mails for those who wait to sign in, or for a code to sign with: before all others, sealed, gone when sent.

The page that asks for a code only writes one row, whether or not there is such an account: how long it takes
tells nothing, and no mail server can hold it up. A code that has expired is never sent.
"""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.core.mail import EmailMultiAlternatives
from django.db.models import F, QuerySet

from backend.core.models import SignInMail
from backend.core.outbox import channel
from backend.core.outbox.faults import Fault, fault_of, name_of
from backend.core.outbox.mails import Clock, message_id
from backend.core.sealed import seal, unseal
from backend.core.writing.transactions import DATABASE_IS_AWAY

logger = logging.getLogger(__name__)

_PURPOSE: Final = b"sign-in mail"
LEASE: Final = timedelta(minutes=1)
PUT_OFF: Final = timedelta(seconds=20)
LATE: Final = timedelta(minutes=1)
ON_ITS_WAY: Final = timedelta(seconds=30)
"""A code that is valid for less than this is not sent: it would arrive too late."""


def post(email: EmailMultiAlternatives, *, at: datetime, valid_for: timedelta) -> None:
    """Queue a mail that is of use for so long."""
    content = {
        "subject": str(email.subject),
        "body": str(email.body),
        "from_email": email.from_email,
        "to": email.to,
        "headers": dict(email.extra_headers),
        "alternatives": [[str(text), kind] for text, kind in getattr(email, "alternatives", [])],
    }
    SignInMail.objects.create(
        content=seal(json.dumps(content).encode(), purpose=_PURPOSE),
        created_at=at,
        due_at=at,
        expires_at=at + valid_for - ON_ITS_WAY,
    )


def deliver(*, clock: Clock, stops: Callable[[], bool] = lambda: False) -> int:
    """Send what waits, the longest untried first, and delete what has expired; return how many were sent."""
    forget_expired(clock())
    due = SignInMail.objects.filter(due_at__lte=clock()).order_by("due_at", "pk")
    sent = 0
    for mail in due:
        turn = None if stops() else channel.turn_to_sign_in(clock())
        if turn is None:
            break
        if _claim(mail, at=clock()):
            sent += _send(mail, turn=turn, clock=clock)
        else:
            turn.give_back()
    return sent


def forget_expired(at: datetime) -> int:
    """Delete the mails whose code is valid no longer; return how many there were."""
    gone, _each = SignInMail.objects.filter(expires_at__lte=at).delete()
    if gone:
        logger.warning("%s sign-in mails expired before they could be sent", gone)
    return gone


def is_late(at: datetime) -> bool:
    """Tell whether whoever waits for a mail to sign in may wait in vain: for all, whoever asks."""
    waits_long = SignInMail.objects.filter(created_at__lte=at - LATE)
    return channel.is_down() is not None or waits_long.exists()


def _claim(mail: SignInMail, *, at: datetime) -> bool:
    """Tell whether this worker got the mail; when it dies another may have it after the lease."""
    mine = SignInMail.objects.filter(pk=mail.pk, due_at=mail.due_at, expires_at__gt=at)
    return bool(mine.update(due_at=at + LEASE, attempts=F("attempts") + 1))


def _send(mail: SignInMail, *, turn: channel.Turn, clock: Clock) -> bool:
    """Send one mail, and delete it unless it may be sent later; tell whether it was sent."""
    rows = SignInMail.objects.filter(pk=mail.pk)
    email = _opened(mail)
    if email is None:
        turn.give_back()
        rows.delete()
        return False
    try:
        email.send()
    except DATABASE_IS_AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - told apart there
        _not_sent(rows, error, at=clock())
        return False
    channel.has_answered()
    rows.delete()
    return True


def _not_sent(rows: QuerySet[SignInMail], error: Exception, *, at: datetime) -> None:
    """Let the mail wait when it may be sent later, and delete it when it never can be."""
    fault = fault_of(error)
    if fault == Fault.CHANNEL:
        channel.has_failed(error, now=at)
        rows.update(due_at=at)
        return
    channel.has_answered()
    logger.warning("a sign-in mail was not taken: %s", name_of(error))
    if fault == Fault.NOT_YET:
        rows.update(due_at=at + PUT_OFF)
    else:
        rows.delete()


def _opened(mail: SignInMail) -> EmailMultiAlternatives | None:
    """Return the mail as it was posted; None when its key is no longer known."""
    written = unseal(mail.content, purpose=_PURPOSE)
    if written is None:
        return None
    content = json.loads(written)
    alternatives = [tuple(each) for each in content.pop("alternatives")]
    headers = {**content.pop("headers", {}), "Message-ID": message_id(mail.pk)}
    return EmailMultiAlternatives(**content, alternatives=alternatives, headers=headers)
