"""The vectors of the labels: int8 on disk, mapped into memory, found by text. One folder for each reading."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import numpy.typing as npt

from backend.skills.second_reader.reader import Floats, SecondReader

Bytes = npt.NDArray[np.int8]
GREATEST = 127
ROWS_AT_ONCE = 512
"""Rows that fit into the processor's nearest memory as floats: sixteen times as quick as 4,096."""
TEXTS_AT_ONCE = 256
TEXTS, ROWS, SCALES = "texts.json", "rows.npy", "scales.npy"


@dataclass(frozen=True)
class LabelVectors:
    """Row `row_of[text]` times its scale is the vector of a text, to within a hundredth of its length."""

    row_of: Mapping[str, int]
    rows: Bytes
    scales: Floats

    def cosines(self, vector: Floats, rows: npt.NDArray[np.int64]) -> Floats:
        """Return the cosines of a vector of length 1 with some rows."""
        found = np.empty(len(rows), dtype=np.float32)
        for first in range(0, len(rows), ROWS_AT_ONCE):
            part = rows[first : first + ROWS_AT_ONCE]
            found[first : first + len(part)] = self.rows[part].astype(np.float32) @ vector * self.scales[part]
        return found


def quantised(vectors: Floats) -> tuple[Bytes, Floats]:
    """Write each row in whole hundred-and-twenty-sevenths of its greatest part."""
    scales = np.abs(vectors).max(axis=1, initial=1e-9) / GREATEST
    rows: Bytes = np.rint(vectors / scales[:, None]).astype(np.int8)
    return rows, scales.astype(np.float32)


def newest_of(reader: SecondReader, folder: Path) -> LabelVectors | None:
    """Open the newest vectors of a reader, if it has read any."""
    kept = _kept(reader, folder)
    return _open(kept[-1]) if kept else None


def read_labels_of(
    texts: Iterable[str], reader: SecondReader, folder: Path, *, tell: Callable[[int, int], object] = max
) -> LabelVectors:
    """Read what is new among `texts`, and keep the vectors of all; those of the last reading are used again.

    `tell` hears how many of how many new ones are read.
    """
    wanted = sorted(set(texts))
    last = newest_of(reader, folder)
    known = last.row_of if last else {}
    new = [text for text in wanted if text not in known]
    read = [_some(reader, new, first, tell) for first in range(0, len(new), TEXTS_AT_ONCE)]
    rows, scales = quantised(np.concatenate(read)) if read else (None, None)
    old = [text for text in wanted if text in known]
    at = np.array([known[text] for text in old], dtype=np.int64)
    parts = [(last.rows[at], last.scales[at])] if last is not None and old else []
    parts += [(rows, scales)] if rows is not None and scales is not None else []
    if not parts:
        return LabelVectors({}, np.empty((0, 0), np.int8), np.empty(0, np.float32))
    _write([*old, *new], parts, reader, folder)
    found = newest_of(reader, folder)
    assert found is not None  # noqa: S101 - it was just written
    return found


def _some(
    reader: SecondReader, texts: Sequence[str], first: int, tell: Callable[[int, int], object]
) -> Floats:
    part = texts[first : first + TEXTS_AT_ONCE]
    found = reader.read(part)
    tell(first + len(part), len(texts))
    return found


def _write(
    texts: Sequence[str], parts: Sequence[tuple[Bytes, Floats]], reader: SecondReader, folder: Path
) -> None:
    """Write a folder aside and put it in its place whole, then take the older ones away."""
    folder.mkdir(parents=True, exist_ok=True)
    older = _kept(reader, folder)
    made = Path(mkdtemp(dir=folder, prefix="."))
    (made / TEXTS).write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    np.save(made / ROWS, np.concatenate([rows for rows, _ in parts]))
    np.save(made / SCALES, np.concatenate([scales for _, scales in parts]))
    number = int(older[-1].name.rsplit("-", 1)[1]) + 1 if older else 1
    made.chmod(0o755)
    made.rename(folder / f"{_stem(reader)}-{number:08}")
    for each in older:
        shutil.rmtree(each, ignore_errors=True)


def _kept(reader: SecondReader, folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{_stem(reader)}-[0-9]*"))


def _stem(reader: SecondReader) -> str:
    return sha256(reader.name.encode()).hexdigest()[:16]


def _open(folder: Path) -> LabelVectors:
    texts = json.loads((folder / TEXTS).read_text(encoding="utf-8"))
    return LabelVectors(
        {text: row for row, text in enumerate(texts)},
        np.load(folder / ROWS, mmap_mode="r"),
        np.load(folder / SCALES),
    )
