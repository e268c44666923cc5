"""What is kept encrypted in the database: sealed with a key of its own for each purpose.

The keys are derived from SECRET_KEY, so that a copy of the database alone opens nothing, and what was sealed
with a key that is no longer known is gone.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def seal(content: bytes, *, purpose: bytes) -> str:
    """Return `content` encrypted (Fernet: AES-128-CBC with HMAC-SHA256); `purpose` is of 16 bytes at most."""
    return _box(purpose).encrypt(content).decode()


def unseal(sealed: str, *, purpose: bytes) -> bytes | None:
    """Return what was sealed for this purpose; None when its key is no longer known, or it was changed."""
    try:
        return _box(purpose).decrypt(sealed)
    except InvalidToken:
        return None


def blind_index(content: str, *, purpose: bytes) -> str:
    """Return what equal contents have in common and nobody without SECRET_KEY can make or guess from."""
    return blind_indexes(content, purpose=purpose)[0]


def blind_indexes(content: str, *, purpose: bytes) -> list[str]:
    """Return the index of `content` under SECRET_KEY, and those under each of SECRET_KEY_FALLBACKS."""
    keys = [_derived(key, purpose) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return [hashlib.blake2b(content.encode(), key=key, digest_size=32).hexdigest() for key in keys]


def _box(purpose: bytes) -> MultiFernet:
    """Return the box that seals with SECRET_KEY, and opens what one of SECRET_KEY_FALLBACKS has sealed."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, purpose))) for key in keys])


def _derived(key: str | bytes, purpose: bytes) -> bytes:
    return hashlib.blake2b(force_bytes(key), digest_size=32, person=purpose).digest()
