"""How a person or an opening is named above the engine and in it: by its primary key as text.

So JSON, the log of rankings and the engine say the same, and one place turns keys into rows.
"""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

Key = str
Row = TypeVar("Row", bound=Model)


def key_of(row: Model) -> Key:
    """Return the key of a row."""
    return str(row.pk)


def keys_of(rows: "QuerySet[Any]") -> set[Key]:
    """Read the keys of rows."""
    return {str(pk) for pk in rows.order_by().values_list("pk", flat=True)}


def rows_of(rows: "QuerySet[Row]", keys: Iterable[Key]) -> dict[Key, Row]:
    """Read those of `rows` that have one of `keys`, by key; what is there no more is left out."""
    return {str(pk): row for pk, row in rows.in_bulk({UUID(key) for key in keys}).items()}
