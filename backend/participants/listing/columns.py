"""Columns that apps higher up add to the list of participants, such as how many proposals are open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from backend.participants.models import Participant


@dataclass(frozen=True)
class Column:
    """A heading, and the value for each of some participants: one query, however many they are."""

    heading: Promise
    values: Callable[[Sequence[Participant]], Mapping[UUID, Any]]


_columns: list[Column] = []


def register(column: Column) -> Column:
    """Add `column` to the list and to its Excel file; an app does so from its AppConfig."""
    _columns.append(column)
    return column


def headings() -> list[Promise]:
    """Return the headings of the added columns."""
    return [column.heading for column in _columns]


def with_columns(participants: Sequence[Participant]) -> list[tuple[Participant, list[tuple[Promise, Any]]]]:
    """Return each participant with heading and value of each added column; 0 where a column has none."""
    filled = [(column.heading, column.values(participants)) for column in _columns]
    return [
        (each, [(heading, values.get(each.pk, 0)) for heading, values in filled]) for each in participants
    ]
