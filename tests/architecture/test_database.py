"""Any SQLite can check, copy and write the database: nothing in it calls a function that Django alone has."""

import sqlite3
from collections.abc import Iterator

import pytest
from django.db import connection


@pytest.fixture
def plain(db: None) -> Iterator[sqlite3.Connection]:
    """A database with every table, index and trigger of ours, opened without Django."""
    if connection.vendor != "sqlite":
        pytest.skip("the tables of SQLite are made on SQLite")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%%'"
            " ORDER BY type = 'trigger', type = 'index'"
        )
        statements = [sql for (sql,) in cursor.fetchall()]
    database = sqlite3.connect(":memory:")
    database.executescript(";\n".join(statements) + ";")
    yield database
    database.close()


def tables(database: sqlite3.Connection) -> list[str]:
    return [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def test_every_table_is_there(plain):
    assert len(tables(plain)) > 40


def test_it_is_found_whole(plain):
    assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_it_is_copied(plain, tmp_path):
    plain.execute("VACUUM INTO ?", [str(tmp_path / "copy.sqlite3")])

    assert (tmp_path / "copy.sqlite3").stat().st_size > 0


def test_every_check_can_be_evaluated(plain):
    unknown = {}
    for table in tables(plain):
        try:
            plain.execute(f'INSERT INTO "{table}" DEFAULT VALUES')
        except sqlite3.IntegrityError:
            pass  # refused, by a check that could be asked
        except sqlite3.OperationalError as error:
            unknown[table] = str(error)

    assert unknown == {}
