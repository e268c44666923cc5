"""What is sent twice is done once: a double click, a page sent again, a request of the API tried anew."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from backend.core.models import SentForm

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Sender = AbstractBaseUser | AnonymousUser


def key_from(*parts: str) -> str:
    """Return the key of what is sent: the same for the same parts, and nothing can be read from it."""
    digest = hashlib.sha256()
    for part in parts:
        written = part.encode(errors="backslashreplace")
        digest.update(len(written).to_bytes(8) + written)
    return digest.hexdigest()


def once(write: Callable[[], str], *, key: str, by: "Sender", at: datetime) -> tuple[str, bool]:
    """Do `write` unless `by` has sent `key` before; return the answer it gave, and whether it was done now.

    The key stands or falls with what `write` does; without a key it is simply done. Of two at once the
    second waits for the first. Raises what `write` raises, and then the key can be sent again.
    """
    if not key:
        return write(), True
    try:
        with transaction.atomic():
            sent = SentForm.objects.create(key=key, by_id=str(by.pk), at=at)
            sent.answer = write()
            sent.save(update_fields=["answer"])
    except IntegrityError:
        first = answer_to(key, by=by)
        if first is None:
            raise
        return first, False
    return sent.answer, True


def answer_to(key: str, *, by: "Sender") -> str | None:
    """Return what was answered when `by` sent `key`; None when it was not sent yet."""
    return SentForm.objects.filter(key=key, by_id=by.pk).values_list("answer", flat=True).first()
