"""The code of an invitation: twelve signs in threes of four, which nobody mistakes for one another.

60 bits: with a thousand invitations open and a million guesses a second it holds for longer than it is valid.
"""

import secrets
from datetime import timedelta
from typing import Final

from django.utils.crypto import salted_hmac

SIGNS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH: Final = 12
VALID_FOR: Final = timedelta(days=7)


def new_code() -> str:
    """Return a code that was never given before."""
    return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))


def in_groups(code: str) -> str:
    """Return a code as it stands in the mail: ABCD-EFGH-JKLM."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def as_kept(typed: str) -> str:
    """Return what is kept of a code, however it was typed: in small letters, with blanks, without hyphens."""
    code = "".join(sign for sign in typed.upper() if sign in SIGNS)
    return salted_hmac("accounts.invitation", code, algorithm="sha256").hexdigest()
