"""Restoring a backup: into a database that has no rows, or in the place of one on demand."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from backend.core.backup import archive
from backend.core.backup.archive import Manifest
from backend.core.backup.databases import connected, known, rows_in
from backend.core.backup.encryption import AGE, GPG, decrypt
from backend.core.backup.failed import BackupFailed
from backend.core.backup.making import engine_of, refuse_other_contents


def restore(
    backup: Path, *, to: dict[str, Any], media: Path | None, identity: Path | None, replace: bool
) -> Manifest:
    """Put what `backup` holds into the database `to` and its files into `media`; return its manifest.

    Raises BackupFailed when the backup is damaged, or the database or the folder holds something and
    `replace` was not said; then nothing has been changed.
    """
    with _opened(backup, identity=identity) as (folder, manifest), connected(to) as database:
        if database.vendor != manifest.vendor:
            raise BackupFailed(f"{backup.name} is of {manifest.vendor}, the database {database.vendor}.")
        files = folder / archive.MEDIA
        if not replace:
            _refuse_rows(database)
            _refuse_files(media if files.is_dir() else None)
        database.close()
        engine_of(database).put_into(to, folder / archive.DATABASE)
        refuse_other_contents(manifest, database, called=backup.name)
        if media is not None and files.is_dir():
            _put_files(files, media)
    return manifest


def drill(backup: Path, *, connection: BaseDatabaseWrapper) -> Manifest:
    """Restore `backup` into a throw-away database and let the program check it there.

    Raises BackupFailed with the first thing that is wrong.
    """
    with _opened(backup, identity=None) as (folder, manifest):
        dump = folder / archive.DATABASE
        with engine_of(connection).tried(dump, connection=connection) as to:
            if to is None:
                raise BackupFailed(
                    "The role may not create a database, so nothing could be restored on trial."
                )
            with connected(to) as restored:
                refuse_other_contents(manifest, restored, called=backup.name)
                _check(restored)
    return manifest


def _check(restored: BaseDatabaseWrapper) -> None:
    try:
        with known(restored) as alias:
            call_command("check", databases=[alias], verbosity=0)
            call_command("migrate", database=alias, check_unapplied=True, verbosity=0)
    except CommandError as error:
        raise BackupFailed(f"The restored database fails the checks: {error}.") from error
    except SystemExit as error:
        raise BackupFailed("The restored database lacks migrations that this release has.") from error


@contextmanager
def _opened(backup: Path, *, identity: Path | None) -> Iterator[tuple[Path, Manifest]]:
    if not backup.is_file():
        raise BackupFailed(f"{backup} is no file.")
    with TemporaryDirectory(prefix="praktikbron-") as work:
        packed, folder = backup, Path(work) / "restored"
        folder.mkdir(mode=0o700)
        if backup.suffix in (AGE, GPG):
            packed = Path(work) / "whole.tar"
            decrypt(backup, identity=identity, target=packed)
        yield folder, archive.unpack(packed, folder=folder, called=backup.name)


def _refuse_rows(database: BaseDatabaseWrapper) -> None:
    try:
        filled = [table for table, rows in rows_in(database).items() if rows]
    except DatabaseError as error:
        raise BackupFailed(f"The database could not be asked what it holds: {error}.") from error
    if filled:
        told = ", ".join(filled[:3])
        raise BackupFailed(f"The database has rows ({told} …). Say --replace to lose them for the backup's.")


def _refuse_files(media: Path | None) -> None:
    if media is not None and media.is_dir() and any(media.iterdir()):
        raise BackupFailed(f"{media} holds files. Say --replace to write the backup's over them.")


def _put_files(files: Path, media: Path) -> None:
    media.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copytree(files, media, dirs_exist_ok=True)
