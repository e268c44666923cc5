"""What is the same for both databases: one that is thrown away, and how many rows each table has."""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from typing import Any, Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

TABLE: Final = "django_migrations"


@contextmanager
def connected(to: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """Yield a connection of its own to the database that Django's settings `to` describe."""
    alias = f"backup_{token_hex(4)}"
    connection: BaseDatabaseWrapper = load_backend(to["ENGINE"]).DatabaseWrapper(to, alias)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def known(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Let Django's commands find `connection` by its alias, which is yielded."""
    alias = connection.alias
    connections.databases[alias] = connection.settings_dict
    connections[alias] = connection
    try:
        yield alias
    finally:
        del connections[alias]
        del connections.databases[alias]


def rows_in(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """Return how many rows each table has."""
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own
            counts[table] = int(cursor.fetchone()[0])
    return counts


def migrations_in(connection: BaseDatabaseWrapper) -> list[list[str]]:
    """Return the migrations that the database has had, by app and name."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return []
        cursor.execute(f"SELECT app, name FROM {TABLE}")  # noqa: S608 - Django's own
        return sorted(map(list, cursor.fetchall()))


def difference(wanted: dict[str, int], found: dict[str, int]) -> str:
    """Return in words the first tables that do not have the rows they should, or nothing."""
    tables = sorted(wanted.keys() | found.keys())
    wrong = [table for table in tables if wanted.get(table) != found.get(table)]
    told = [
        f"{table} has {found.get(table, 'no')} rows, not {wanted.get(table, 'any')}" for table in wrong[:5]
    ]
    return "; ".join(told)
