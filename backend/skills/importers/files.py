"""Reads catalogue files; whatever is wrong with one is told as BrokenCatalogue with the file's name."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from backend.skills.importers.catalogue import BrokenCatalogue

csv.field_size_limit(1 << 24)  # ESCO writes all alternative labels of a concept in one field

Row = dict[str, str]


def read_table(path: Path, columns: Sequence[str], *, delimiter: str = ",") -> list[Row]:
    """Read a CSV or TSV file in UTF-8 whose heading has at least `columns`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = _reader(file, delimiter)
            missing = [column for column in columns if column not in (reader.fieldnames or [])]
            if missing:
                raise BrokenCatalogue(path.name, f"it has no column {', '.join(missing)}")
            return list(_complete(path, reader, columns))
    except FileNotFoundError as error:
        raise BrokenCatalogue(path.name, "there is no such file") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BrokenCatalogue(path.name, f"it cannot be read: {error}") from error


def _reader(file: TextIO, delimiter: str) -> "csv.DictReader[str]":
    if delimiter == "\t":  # our own files, in which a quotation mark is a letter like any other
        return csv.DictReader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    return csv.DictReader(file, delimiter=delimiter, strict=True)


def _complete(path: Path, reader: "csv.DictReader[str]", columns: Sequence[str]) -> Iterator[Row]:
    for row in reader:
        if None in row or any(row[column] is None for column in columns):
            line = f"line {reader.line_num}"
            raise BrokenCatalogue(path.name, f"{line} has not as many fields as the heading")
        yield {name: (text or "").strip() for name, text in row.items()}


def read_concepts(path: Path) -> list[dict[str, Any]]:
    """Read the concepts of a JobTech file: {"data": {"concepts": [{"id", "preferred_label", …}]}}."""
    try:
        concepts = json.loads(path.read_text(encoding="utf-8-sig"))["data"]["concepts"]
    except FileNotFoundError as error:
        raise BrokenCatalogue(path.name, "there is no such file") from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BrokenCatalogue(path.name, f"it cannot be read: {error}") from error
    except (KeyError, TypeError) as error:
        raise BrokenCatalogue(path.name, "it has no data.concepts") from error
    if not isinstance(concepts, list) or not concepts:
        raise BrokenCatalogue(path.name, "data.concepts is not a list of concepts")
    return [checked_concept(path.name, item) for item in concepts]


def checked_concept(file: str, item: Any) -> dict[str, Any]:
    """Return `item` when it is an object with an id and a label in text. Raises BrokenCatalogue."""
    if not isinstance(item, dict) or not isinstance(item.get("id"), str) or not item["id"]:
        raise BrokenCatalogue(file, f"a concept has no id: {str(item)[:60]}")
    if not isinstance(item.get("preferred_label"), str):
        raise BrokenCatalogue(file, f"{item['id']} has no preferred_label")
    return item


def children(file: str, item: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the concepts that `item` lists under `key`, none when it has no such list."""
    found = item.get(key) or []
    if not isinstance(found, list):
        raise BrokenCatalogue(file, f"{item['id']}: {key} is not a list")
    return [checked_concept(file, each) for each in found]
