"""Tables of figures: their headings, and rows of which the first cell is the row's own heading."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.functional import Promise


@dataclass(frozen=True)
class Column:
    """A heading, and whether numbers stand under it."""

    label: Promise | str
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    """The heading of a row, where it leads if anywhere, and its cells with the columns they stand in."""

    label: Any
    url: str
    cells: Sequence[tuple[Column, Any]]


@dataclass(frozen=True)
class Table:
    """Shown by components/_table.html; on a phone each row is a card whose cells say their heading."""

    columns: Sequence[Column]
    rows: Sequence[Row]

    @classmethod
    def of(
        cls, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, urls: Iterable[str] = ()
    ) -> Self:
        """Return the table of `rows`, each with a cell a column; `urls` lead on from the headings of rows."""
        return cls(columns, list(_rows(columns, rows, iter(urls))))


def _rows(columns: Sequence[Column], rows: Iterable[Sequence[Any]], urls: Iterator[str]) -> Iterator[Row]:
    for label, *cells in rows:
        yield Row(label, next(urls, ""), list(zip(columns[1:], cells, strict=True)))
