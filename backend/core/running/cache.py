"""The cache in the database, which forgets what has ended and nothing else."""

from datetime import datetime
from typing import Any, Final

from django.core.cache.backends.db import DatabaseCache
from django.db import connections

ROOM: Final = 10_000
"""From this many rows on, those that have ended are looked for at each write; a job does so too."""


class LastingDatabaseCache(DatabaseCache):
    """Never drops what still holds to make room, as Django's own does from 300 rows on.

    What limits guesses lives here: many who sign in would push out the count of somebody's guesses.
    """

    _table: str

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, {"max_entries": ROOM, **params})

    def _cull(self, db: str, cursor: Any, now: datetime, num: int) -> None:
        self.forget_ended(db, cursor, now)

    def forget_ended(self, db: str, cursor: Any, now: datetime) -> int:
        """Delete the rows whose time is over; return how many they were."""
        connection = connections[db]
        table, expires = map(connection.ops.quote_name, (self._table, "expires"))
        until = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(f"DELETE FROM {table} WHERE {expires} < %s", [until])  # noqa: S608 - names of our own
        ended: int = cursor.rowcount
        return ended
