"""Reads the gazetteer's files into unsaved rows, and tells of every line that it leaves out and why."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = dict[str, str]


class BrokenFile(Exception):
    """A file cannot be read as what it should be; nothing of it is used."""


@dataclass(frozen=True)
class Skipped:
    """One row that was left out: the file, the row (1 is the first after the heading), and the reason."""

    file: str
    row: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}: {self.reason}"


@dataclass
class Report:
    """What became of one table's rows."""

    table: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.table}: {self.added} added, {self.changed} changed, "
            f"{self.unchanged} unchanged, {len(self.skipped)} skipped"
        )


def read_table(path: Path, columns: Sequence[str], *, delimiter: str = ",") -> list[Row]:
    """Read a CSV or TSV file in UTF-8 whose heading has at least `columns`. Raises BrokenFile."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=delimiter, strict=True)
            missing = [column for column in columns if column not in (reader.fieldnames or [])]
            if missing:
                raise BrokenFile(f"{path.name} has no column {', '.join(missing)}")
            rows = list(_complete(path, reader, columns))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BrokenFile(f"{path.name} cannot be read: {error}") from error
    return _some(path, rows)


def _complete(path: Path, reader: "csv.DictReader[str]", columns: Sequence[str]) -> Iterator[Row]:
    for number, row in enumerate(reader, start=1):
        if None in row or any(row[column] is None for column in columns):
            raise BrokenFile(f"{path.name}, row {number}: it has not as many fields as the heading")
        yield {name: (text or "").strip() for name, text in row.items()}


def read_list(path: Path, keys: Sequence[str]) -> list[Row]:
    """Read a JSON list of objects that each have `keys`, every value as text. Raises BrokenFile."""
    try:
        items = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BrokenFile(f"{path.name} cannot be read: {error}") from error
    if not isinstance(items, list):
        raise BrokenFile(f"{path.name} is not a list")
    return _some(path, [_as_row(path, number, item, keys) for number, item in enumerate(items, start=1)])


def _as_row(path: Path, number: int, item: Any, keys: Iterable[str]) -> Row:
    missing = [key for key in keys if not isinstance(item, dict) or item.get(key) is None]
    if missing:
        raise BrokenFile(f"{path.name}, row {number}: it has no {', '.join(missing)}")
    return {key: str(value).strip() for key, value in item.items()}


def _some(path: Path, rows: list[Row]) -> list[Row]:
    if not rows:
        raise BrokenFile(f"{path.name} has no rows")
    return rows
