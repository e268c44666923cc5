"""A condition that a row's key is one of many: one parameter, however many keys there are."""

import json
from typing import Any

from django.db.models import BooleanField, Func


class KeyIn(Func):
    """True where the key (a UUID) is one of `keys`, given as text: the same on SQLite and PostgreSQL."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, expression: Any, keys: tuple[str, ...] = (), **extra: Any) -> None:
        self.keys = keys
        super().__init__(expression, **extra)

    def as_sql(self, compiler: Any, connection: Any, *_how: Any, **extra: Any) -> Any:
        """Compare with the elements of a JSON list; SQLite has UUIDs without their dashes."""
        sql, params = compiler.compile(self.source_expressions[0])
        keys = json.dumps([key.replace("-", "") for key in self.keys])
        return f"{sql} IN (SELECT value FROM json_each(%s))", [*params, keys]  # noqa: S608 - a column's name

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Compare with the elements of an array."""
        sql, params = compiler.compile(self.source_expressions[0])
        return f"{sql} = ANY(%s::uuid[])", [*params, list(self.keys)]
