"""The secret key of an installation that was given none."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def load_or_create_secret(path: Path, *, older: Path) -> str:
    """Return the key kept in `path`, for its owner only: the first time that of `older`, or a new random one.

    It was kept in `older` before, among what is made anew; there it stays, so that nobody loses it.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = older.read_text().strip() if older.exists() else get_random_secret_key()
        part = path.with_name(f"{path.name}.{os.getpid()}")
        part.touch(mode=0o600)
        part.write_text(secret)
        try:
            os.link(part, path)  # of two processes that start at once the first decides
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return path.read_text().strip()
