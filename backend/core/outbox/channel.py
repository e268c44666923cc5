"""The mail server as all workers see it: when it fails all mail waits, and one asks whether it is back.

The first failure closes the channel for a minute, the next ones for 2, 4, 8 … at most 30. When a pause is
over, one worker gets to try one mail; when that is answered the channel is open again for all.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q, QuerySet

from backend.core.models import MailChannel
from backend.core.outbox.faults import name_of

logger = logging.getLogger(__name__)

NAME: Final = "mail"
"""SMS has a channel of its own (`texting`): either may be down while the other is not."""
LONGEST_PAUSE: Final = timedelta(minutes=30)
TO_SIGN_IN: Final = timedelta(minutes=1)
"""So often a mail for somebody who waits to sign in may try although the pause is not over."""


def pause_after(failures: int) -> timedelta:
    """Return how long nothing is sent after so many failures in a row."""
    return min(timedelta(minutes=2 ** min(failures - 1, 10)), LONGEST_PAUSE)


@dataclass(frozen=True)
class Turn:
    """The right to send one mail; `until` is how long the others wait when it is the one that tries."""

    at: datetime
    until: datetime | None = None

    def give_back(self) -> None:
        """Let the next mail try, if this turn was to try and no mail has been sent."""
        if self.until is not None:
            tried = MailChannel.objects.filter(pk=NAME, tried_at=self.at, paused_until=self.until)
            tried.update(paused_until=self.at, failures=F("failures") - 1)


def turn(now: datetime, *, name: str = NAME) -> Turn | None:
    """Return the right to send now on the channel `name`; None while it is closed.

    Of several workers that ask when a pause is over one gets a turn. The pause that follows is set
    beforehand, so that a worker that dies while it tries is none the less waited for.
    """
    seen = is_down(name)
    if seen is None or seen.paused_until is None:
        return Turn(now)
    failures = seen.failures + 1
    until = now + pause_after(failures)
    may_try = _as_seen(seen).filter(paused_until__lte=now)
    return Turn(now, until) if may_try.update(failures=failures, paused_until=until, tried_at=now) else None


def turn_to_sign_in(now: datetime) -> Turn | None:
    """Return the right to send a mail to somebody who waits to sign in: it may try before a pause is over."""
    seen = is_down()
    if seen is None or (seen.paused_until is not None and seen.paused_until <= now):
        return turn(now)
    may_try = _as_seen(seen).filter(Q(tried_at=None) | Q(tried_at__lte=now - TO_SIGN_IN))
    return Turn(now) if may_try.update(tried_at=now) else None


def _as_seen(seen: MailChannel) -> QuerySet[MailChannel]:
    return MailChannel.objects.filter(pk=seen.pk, paused_until=seen.paused_until, tried_at=seen.tried_at)


def has_answered(*, name: str = NAME) -> None:
    """Open the channel: the server has taken a mail, or has said what is wrong with it."""
    down = MailChannel.objects.filter(pk=name, down_since__isnull=False)
    if down.update(failures=0, down_since=None, paused_until=None, tried_at=None, error=""):
        logger.info("%s is sent again", name)


def has_failed(error: Exception, *, now: datetime, name: str = NAME) -> datetime:
    """Close the channel, unless it is closed already; return until when."""
    MailChannel.objects.get_or_create(name=name)
    is_open = Q(paused_until__isnull=True) | Q(paused_until__lte=now)
    MailChannel.objects.filter(is_open, pk=name, down_since__isnull=True).update(
        failures=1, down_since=now, paused_until=now + pause_after(1), tried_at=now
    )
    MailChannel.objects.filter(pk=name).update(error=name_of(error))
    logger.warning("%s is not sent: %s", name, name_of(error))
    until = MailChannel.objects.values_list("paused_until", flat=True).get(pk=name)
    return until or now + pause_after(1)


def is_down(name: str = NAME) -> MailChannel | None:
    """Return how long and why nothing is sent on a channel; None while it is."""
    return MailChannel.objects.filter(pk=name, down_since__isnull=False).first()
