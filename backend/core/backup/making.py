"""Making a backup: copied, packed, restored on trial, and only then given its name."""

import os
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from backend.core.backup import archive, postgresql, sqlite
from backend.core.backup.archive import Manifest
from backend.core.backup.databases import connected, difference, migrations_in, rows_in
from backend.core.backup.encryption import encrypt, ending_for
from backend.core.backup.failed import BackupFailed
from backend.core.backup.keeping import name_at

PART: Final = ".part"


@dataclass(frozen=True)
class Backup:
    """A backup that was made; `is_restored` says whether the trial could restore it wholly."""

    path: Path
    manifest: Manifest
    is_restored: bool


def back_up(
    folder: Path, *, connection: BaseDatabaseWrapper, media: Path | None, recipient: str, at: datetime
) -> Backup:
    """Write one file into `folder` and return it; with a recipient it is encrypted.

    Raises BackupFailed, and then leaves nothing behind: no half a file and no readable copy.
    """
    target = folder / (name_at(at) + (ending_for(recipient) if recipient else ""))
    with _in_words(), _new_file(target) as part, TemporaryDirectory(prefix="praktikbron-") as work:
        packed = Path(work) / "whole.tar" if recipient else part
        dump = Path(work) / "dump"
        manifest = _pack(packed, dump=dump, connection=connection, media=media, at=at)
        dump.unlink()
        is_restored = _try(packed, called=target.name, work=Path(work), connection=connection)
        if recipient:
            encrypt(packed, recipient=recipient, target=part)
    return Backup(target, manifest, is_restored)


def engine_of(connection: BaseDatabaseWrapper) -> Any:
    """Return the module that copies and restores this kind of database."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def refuse_other_contents(manifest: Manifest, restored: BaseDatabaseWrapper, *, called: str) -> None:
    """Raise BackupFailed when the restored database does not hold what the manifest says."""
    wrong = difference(manifest.rows, rows_in(restored))
    if not wrong and manifest.migrations != migrations_in(restored):
        wrong = "the migrations are others"
    if wrong:
        raise BackupFailed(f"{called} was restored, but is not what was backed up: {wrong}.")


def _pack(
    packed: Path, *, dump: Path, connection: BaseDatabaseWrapper, media: Path | None, at: datetime
) -> Manifest:
    migrations, rows = engine_of(connection).copy_to(dump, connection=connection)
    manifest = Manifest(at.astimezone(UTC).isoformat(), _version(), connection.vendor, migrations, rows)
    packed.touch(mode=0o600)
    with packed.open("wb") as written:
        whole = archive.pack(written, database=dump, media=media, manifest=manifest)
        written.flush()
        os.fsync(written.fileno())
    return whole


def _try(packed: Path, *, called: str, work: Path, connection: BaseDatabaseWrapper) -> bool:
    """Restore into a throw-away database and compare; False when that database could not be made."""
    folder = work / "restored"
    folder.mkdir(mode=0o700)
    manifest = archive.unpack(packed, folder=folder, called=called)
    with engine_of(connection).tried(folder / archive.DATABASE, connection=connection) as to:
        if to is not None:
            with connected(to) as restored:
                refuse_other_contents(manifest, restored, called=called)
    shutil.rmtree(folder)
    return to is not None


@contextmanager
def _new_file(target: Path) -> Iterator[Path]:
    """Yield a file beside `target` that takes its name at the end, or is removed."""
    if target.exists():
        raise BackupFailed(f"{target} is there already.")
    part = target.with_name(target.name + PART)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield part
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:  # the disk is full, the folder is missing or not ours
        raise BackupFailed(
            f"{error.filename or 'The backup'} could not be written: {error.strerror}."
        ) from error
    except DatabaseError as error:
        raise BackupFailed(f"The database did not answer as it should: {error}.") from error


def _version() -> str:
    return str(tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"])
