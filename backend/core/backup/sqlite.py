"""SQLite: copied by VACUUM INTO, which is one read transaction however much is written meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from backend.core.backup.databases import connected, migrations_in, rows_in
from backend.core.backup.failed import BackupFailed

Contents = tuple[list[list[str]], dict[str, int]]


def copy_to(target: Path, *, connection: BaseDatabaseWrapper) -> Contents:
    """Write a consistent copy of the database; return its migrations and rows. Raises BackupFailed."""
    target.touch(mode=0o600)
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    except DatabaseError as error:
        raise BackupFailed(f"The database could not be copied: {error}.") from error
    with connected(_settings(connection, target)) as copy:
        return migrations_in(copy), rows_in(copy)


@contextmanager
def tried(dump: Path, *, connection: BaseDatabaseWrapper) -> Iterator[dict[str, Any]]:
    """Yield the settings of a throw-away database made from `dump`: the unpacked copy itself.

    Raises BackupFailed when SQLite finds it damaged.
    """
    _refuse_damaged(dump)
    yield _settings(connection, dump)


def put_into(to: dict[str, Any], dump: Path) -> None:
    """Let the database `to` hold what `dump` holds, wholly or not at all. Raises BackupFailed."""
    _refuse_damaged(dump)
    target = Path(to["NAME"])
    try:
        target.touch(mode=0o600)
        # Through SQLite, not by moving files: a journal of the old database would be played into the new one.
        with (
            closing(sqlite3.connect(dump)) as source,
            closing(sqlite3.connect(target, timeout=20)) as database,
        ):
            source.backup(database)
    except (sqlite3.Error, OSError) as error:
        raise BackupFailed(f"{target} could not be written: {error}. Stop web and worker first.") from error


def _settings(connection: BaseDatabaseWrapper, path: Path) -> dict[str, Any]:
    return {**connection.settings_dict, "NAME": str(path)}


def _refuse_damaged(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as database:
            found = database.execute("PRAGMA integrity_check").fetchall()
            astray = database.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        raise BackupFailed(f"The copy of the database cannot be read: {error}.") from error
    if found != [("ok",)]:
        raise BackupFailed(f"The copy of the database is damaged: {found[0][0]}.")
    if astray:
        raise BackupFailed(f"In the copy {len(astray)} rows point at nothing, the first in {astray[0][0]}.")
