"""A secret address at which a calendar program reads what concerns a user: made, made anew, revoked."""

from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from typing import Final

from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.transactions import one_write
from backend.home.models import CalendarAddress

OCTETS: Final = 16
"""128 bits: nobody guesses it."""


def digest_of(token: str) -> str:
    """Return what is kept of the secret part of an address."""
    return sha256(token.encode()).hexdigest()


def reader_of(token: str) -> User | None:
    """Return whose calendar it is; None for an address that is revoked or unknown, or of a closed account."""
    known = CalendarAddress.objects.filter(digest=digest_of(token), user__is_active=True)
    address = known.select_related("user").first()
    return address.user if address else None


@one_write
def make_calendar_address(*, by: User, at: datetime) -> str:
    """Make a new address for `by`, so that an earlier one is none; return its secret part, told this once."""
    User.objects.select_for_update().get(pk=by.pk)
    token = token_hex(OCTETS)
    values = {"digest": digest_of(token), "made_at": at}
    address, _is_new = CalendarAddress.objects.update_or_create(user=by, defaults=values)
    audit.record(address, "calendar_made", by=by, at=at)
    return token


@one_write
def revoke_calendar_address(*, by: User, at: datetime) -> None:
    """Let the address of `by` lead nowhere. Raises CalendarAddress.DoesNotExist where there is none."""
    address = CalendarAddress.objects.select_for_update().get(user=by)
    audit.record(address, "calendar_revoked", by=by, at=at)
    address.delete()
