"""PostgreSQL: dumped and restored by its own programs, counted in the same snapshot."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient

from backend.core.backup.databases import connected, migrations_in, rows_in
from backend.core.backup.failed import BackupFailed
from backend.core.backup.programs import run

Contents = tuple[list[list[str]], dict[str, int]]


def copy_to(target: Path, *, connection: BaseDatabaseWrapper) -> Contents:
    """Write a dump; return the migrations and rows of the same moment. Raises BackupFailed."""
    _refuse_older_programs(connection)
    target.touch(mode=0o600)
    with connected(connection.settings_dict) as reader:
        moment = _freeze(reader)
        contents = migrations_in(reader), rows_in(reader)
        options = ["--format=custom", f"--snapshot={moment}", f"--file={target}", "--no-password"]
        run("pg_dump", options, also=_environment(connection.settings_dict))
    return contents


@contextmanager
def tried(dump: Path, *, connection: BaseDatabaseWrapper) -> Iterator[dict[str, Any] | None]:
    """Yield the settings of a throw-away database restored from `dump`.

    Yields None when our role may not make one: then only the list of what is in the dump has been read.
    """
    if not _may_create(connection):
        run("pg_restore", ["--list", dump])
        yield None
        return
    name = f"praktikbron_check_{token_hex(4)}"
    to = {**connection.settings_dict, "NAME": name}
    with connected(connection.settings_dict) as maker:
        _execute(maker, f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            options = [
                "--no-owner",
                "--no-privileges",
                "--exit-on-error",
                "--no-password",
                f"--dbname={name}",
            ]
            run("pg_restore", [*options, dump], also=_environment(to))
            yield to
        finally:
            _execute(maker, f"DROP DATABASE {name} WITH (FORCE)")


def put_into(to: dict[str, Any], dump: Path) -> None:
    """Let the database `to` hold what `dump` holds, wholly or not at all. Raises BackupFailed."""
    with TemporaryDirectory(prefix="praktikbron-") as folder:
        script = Path(folder) / "restore.sql"
        run("pg_restore", ["--no-owner", f"--file={script}", dump])
        options = ["--no-psqlrc", "--quiet", "--no-password", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        emptied = ["--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public"]
        run("psql", [*options, *emptied, f"--file={script}"], also=_environment(to))


def _freeze(reader: BaseDatabaseWrapper) -> str:
    """Return the name of the moment that `reader` sees until it is closed."""
    reader.set_autocommit(False)
    _execute(reader, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    with reader.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def _refuse_older_programs(connection: BaseDatabaseWrapper) -> None:
    """Raise BackupFailed when pg_dump is missing or older than the server, which it then refuses to read."""
    found = re.search(r"(\d+)", run("pg_dump", ["--version"]))
    program = int(found[1]) if found else 0
    connection.ensure_connection()
    server: int = connection.pg_version // 10_000  # type: ignore[attr-defined]
    if program < server:
        raise BackupFailed(
            f"pg_dump is of PostgreSQL {program}, the server of {server}: install postgresql-client-{server}."
        )


def _may_create(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def _execute(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _environment(to: dict[str, Any]) -> dict[str, str]:
    """Return how PostgreSQL's programs find the database; never as arguments, which others can read."""
    _arguments, secret = DatabaseClient.settings_to_cmd_args_env(to, [])
    places = {"PGHOST": to.get("HOST"), "PGPORT": to.get("PORT"), "PGUSER": to.get("USER")}
    return {
        **{name: str(value) for name, value in places.items() if value},
        **(secret or {}),
        "PGDATABASE": str(to["NAME"]),
    }
