"""A file of rows, whatever program wrote it: taken by what its bytes are, and within limits."""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from itertools import islice
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from backend.core.writing.refusals import Refused
from backend.employers.refusals import SheetRefusal

MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 2 * MEGABYTE
LARGEST_UNPACKED: Final = 40 * MEGABYTE
MOST_FILES: Final = 500
MOST_ROWS: Final = 500
MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 5_000
SEPARATORS: Final = ";\t,|"
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Cell = str | float | bool | date
"""Empty cells are "", days are days, and everything else is as it stands in the file."""


@dataclass(frozen=True)
class Line:
    """A row with its number in the file, from 1 on."""

    number: int
    cells: Sequence[Cell]


def read_upload(upload: Any) -> list[Line]:
    """Return the rows of a handed-in CSV or XLSX file, empty ones left out. Raises Refused."""
    if upload.size > LARGEST:
        raise Refused(SheetRefusal.TOO_LARGE, most=LARGEST // MEGABYTE)
    octets = upload.read()
    if octets.startswith(_OLD_EXCEL):
        raise Refused(SheetRefusal.OLD_EXCEL)
    rows = _of_excel(octets) if octets.startswith(_ZIP) else _of_text(octets)
    lines = [Line(number, row) for number, row in enumerate(rows, start=1) if any(map(_is_written, row))]
    if not lines:
        raise Refused(SheetRefusal.NOTHING)
    if len(lines) > MOST_ROWS + 1:
        raise Refused(SheetRefusal.TOO_MANY, most=MOST_ROWS)
    if max(len(line.cells) for line in lines) > MOST_COLUMNS:
        raise Refused(SheetRefusal.TOO_WIDE, most=MOST_COLUMNS)
    return lines


def _of_text(octets: bytes) -> list[list[Cell]]:
    text = _decoded(octets)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:8_192], SEPARATORS)
        separator = dialect.delimiter
    except csv.Error:
        separator = max(SEPARATORS, key=text.split("\n", 1)[0].count)
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
        return [[_short(cell) for cell in row] for row in islice(rows, MOST_ROWS * 4)]
    except csv.Error as error:
        raise Refused(SheetRefusal.UNREADABLE) from error


def _decoded(octets: bytes) -> str:
    encodings = [name for mark, name in _MARKS if octets.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = octets.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused(SheetRefusal.UNREADABLE)


def _of_excel(octets: bytes) -> list[list[Cell]]:
    """Return the first sheet that holds anything, of a formula the value that it was saved with."""
    _ensure_bounded(octets)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(octets)) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                if sheet.height > MOST_ROWS * 20 or sheet.width > MOST_COLUMNS * 20:
                    raise Refused(SheetRefusal.TOO_MANY, most=MOST_ROWS)
                rows = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
                if any(map(_is_written, (cell for row in rows for cell in row))):
                    return _spread(rows, sheet.merged_cell_ranges or ())
    except (CalamineError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(SheetRefusal.UNREADABLE) from error
    return []


def _ensure_bounded(octets: bytes) -> None:
    """Raise Refused for what grows beyond bounds when it is unpacked, whatever it says of itself."""
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(octets)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > left:
                raise Refused(SheetRefusal.BOMB)
            for part in parts:
                with packed.open(part) as unpacked:
                    while piece := unpacked.read(MEGABYTE):
                        if (left := left - len(piece)) < 0:
                            raise Refused(SheetRefusal.BOMB)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused(SheetRefusal.UNREADABLE) from error


def _spread(rows: list[list[Cell]], ranges: Iterable[Any]) -> list[list[Cell]]:
    """Write what stands in merged cells into each of them that is below the first row of the file."""
    for (top, left), (bottom, right) in ranges:
        if right > left or top >= len(rows) or left >= len(rows[top]):
            continue  # a heading over several columns
        for row in rows[top + 1 : bottom + 1]:
            row[left] = rows[top][left]
    return rows


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    return _short(value) if isinstance(value, str) else value


def _short(text: str) -> str:
    return text.strip().replace("\x00", "")[:LONGEST_CELL]


def _is_written(cell: Cell) -> bool:
    return cell != ""
