"""The code that shows that a mobile number is one's own."""

import logging
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.models import PhoneCode
from backend.core.outbox import channel, texting

logger = logging.getLogger(__name__)

DIGITS: Final = 6
VALID_FOR: Final = timedelta(minutes=10)
MOST_TRIES: Final = 5
MOST_A_DAY: Final = 5
DAY: Final = timedelta(days=1)


def waiting_code(user: User, *, at: datetime) -> PhoneCode | None:
    """Return the code that `user` may type now; None for none, or one too old or tried too often."""
    newest = PhoneCode.objects.filter(user=user).order_by("-sent_at", "-pk").first()
    if newest is None or at >= newest.sent_at + VALID_FOR or newest.tries >= MOST_TRIES:
        return None
    return newest


def has_had_enough(user: User, *, at: datetime) -> bool:
    """Tell whether `user` has been sent as many codes as anybody gets in a day."""
    return PhoneCode.objects.filter(user=user, sent_at__gt=at - DAY).count() >= MOST_A_DAY


def give_code(user: User, *, number: str, at: datetime) -> None:
    """Write a new code, and send it when that is committed."""
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    PhoneCode.objects.create(user=user, number=number, digest=_digest(number, digits), sent_at=at)
    with translation.override(user.language):
        words = _("Your code for Praktikbron is %(code)s. It holds for ten minutes.") % {"code": digits}
    transaction.on_commit(lambda: _send(number, words, at=at))


def fits(code: PhoneCode, typed: str) -> bool:
    """Tell whether `typed` is the code; each try is counted, whatever comes of it."""
    tried = PhoneCode.objects.filter(pk=code.pk, tries__lt=MOST_TRIES).update(tries=F("tries") + 1)
    digits = "".join(sign for sign in typed if sign.isdigit())
    return bool(tried) and constant_time_compare(code.digest, _digest(code.number, digits))


def _send(number: str, words: str, *, at: datetime) -> None:
    """Send the code; one that does not get there is asked for again, and /workerz tells of the channel."""
    try:
        texting.send_sms(to=number, text=words)
    except texting.SmsIsDown as error:
        channel.has_failed(error, now=at, name=texting.NAME)
    except texting.SmsRefused:
        logger.warning("a code by SMS was refused")
    else:
        channel.has_answered(name=texting.NAME)


def _digest(number: str, digits: str) -> str:
    return salted_hmac("accounts.phone_code", f"{number} {digits}", algorithm="sha256").hexdigest()


def forget_phone_codes(at: datetime) -> str:
    """Forget the codes that were sent more than a day ago."""
    return f"forgot {PhoneCode.objects.filter(sent_at__lte=at - DAY).delete()[0]}"
