"""A scope: rows that somebody may see, with the name under which what was read of them may be kept."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


@dataclass(frozen=True)
class Scope(Generic[Rows]):
    """A choice of rows. Two scopes with one `key` are the same choice, so what is read of one serves both.

    The key holds everything that the choice depends on beside the rows themselves: the reader's units, say.
    Whoever loses a unit has another key from then on and is never given what was kept under the old one.
    `municipality` follows from the key: the one whose rules hold for the rows, None of several.
    """

    rows: Rows
    key: Hashable
    municipality: UUID | None = None


def only_one(municipalities: Collection[UUID]) -> UUID | None:
    """Return the one municipality that there is; None of several or none."""
    return next(iter(municipalities)) if len(municipalities) == 1 else None
