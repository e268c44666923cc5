"""Where things are: the media, and a database named by its URL."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import environ
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from backend.core.backup.failed import BackupFailed

ENGINES: Final = {"sqlite3": "backend.core.private_sqlite", "postgresql": "django.db.backends.postgresql"}


def media_folder() -> Path:
    """Return the folder of what was uploaded; it may not be there."""
    return Path(settings.MEDIA_ROOT)


def settings_of(url: str) -> dict[str, Any]:
    """Return Django's settings of the database that `url` names.

    Raises BackupFailed for a URL with a password: everybody on the machine sees the arguments of a command.
    """
    if urlsplit(url).password:
        raise BackupFailed("Leave the password out of the address and put it into PGPASSWORD.")
    try:
        named: dict[str, Any] = environ.Env.db_url_config(url)
    except (ImproperlyConfigured, ValueError) as error:
        raise BackupFailed(f"{url} names no database.") from error
    kind = str(named.get("ENGINE", "")).rpartition(".")[2]
    if kind not in ENGINES:
        raise BackupFailed(f"{url} names no database of SQLite or PostgreSQL.")
    return {**connection.settings_dict, "OPTIONS": {}, **named, "ENGINE": ENGINES[kind]}


@contextmanager
def ended_by_signal() -> Iterator[None]:
    """Let SIGTERM end what goes on by an exception, so that it cleans up behind itself."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
