"""Other programs that a backup is made with: run quietly, their last words told when they fail."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from backend.core.backup.failed import BackupFailed

PACKAGES: Final = {
    "age": "age",
    "gpg": "gnupg",
    "pg_dump": "postgresql-client",
    "pg_restore": "postgresql-client",
    "psql": "postgresql-client",
}
LAST_WORDS: Final = 800


def run(name: str, arguments: Sequence[str | Path], *, also: Mapping[str, str] | None = None) -> str:
    """Return what the program `name` prints, with `also` added to its environment.

    Raises BackupFailed when it is missing or fails. Secrets go into `also`: arguments are seen by everybody.
    """
    program = shutil.which(name)
    if program is None:
        raise BackupFailed(
            f"{name} is missing on this machine (Debian, Ubuntu: apt-get install {PACKAGES[name]})."
        )
    ran = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [program, *arguments],
        env={**os.environ, **(also or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        umask=0o077,
    )
    if ran.returncode:
        raise BackupFailed(f"{name} failed: {ran.stderr.strip()[-LAST_WORDS:]}")
    return ran.stdout
