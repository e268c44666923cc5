"""A sentence model of a handful of words, written as files: each word has a vector, a text has their mean."""

import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers

FLOAT, INT64, VARINT, BYTES = 1, 7, 0, 2


def write_model(folder: Path, vectors: dict[str, list[float]], *, prompt: str = "") -> Path:
    """Write model.onnx (rows gathered by token), tokenizer.json and the prompt of questions."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ["[PAD]", "[UNK]", *vectors]
    width = len(next(iter(vectors.values())))
    rows = np.array([[0.0] * width, [0.0] * width, *vectors.values()], dtype=np.float32)
    (folder / "model.onnx").write_bytes(_model(rows))
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = json.dumps({"prompts": {"query": prompt}})
    (folder / "config_sentence_transformers.json").write_text(settings, encoding="utf-8")
    return folder


def _model(rows: np.ndarray) -> bytes:
    gather = _text(1, "rows") + _text(1, "input_ids") + _text(2, "found") + _text(4, "Gather")
    graph = (
        _message(1, gather)
        + _text(2, "words")
        + _message(5, _tensor(rows))
        + _message(11, _value("input_ids", INT64, ["texts", "words"]))
        + _message(12, _value("found", FLOAT, ["texts", "words", rows.shape[1]]))
    )
    return _number(1, 8) + _message(7, graph) + _message(8, _text(1, "") + _number(2, 13))


def _tensor(rows: np.ndarray) -> bytes:
    sizes = b"".join(_number(1, size) for size in rows.shape)
    return sizes + _number(2, FLOAT) + _text(8, "rows") + _field(9, BYTES) + _sized(rows.tobytes())


def _value(name: str, kind: int, sizes: list[str | int]) -> bytes:
    shape = b"".join(
        _message(1, _text(2, size) if isinstance(size, str) else _number(1, size)) for size in sizes
    )
    return _text(1, name) + _message(2, _message(1, _number(1, kind) + _message(2, shape)))


def _message(number: int, content: bytes) -> bytes:
    return _field(number, BYTES) + _sized(content)


def _text(number: int, text: str) -> bytes:
    return _message(number, text.encode())


def _number(number: int, value: int) -> bytes:
    return _field(number, VARINT) + _varint(value)


def _field(number: int, kind: int) -> bytes:
    return _varint(number << 3 | kind)


def _sized(content: bytes) -> bytes:
    return _varint(len(content)) + content


def _varint(value: int) -> bytes:
    parts = []
    while value >= 128:
        parts.append(value % 128 + 128)
        value //= 128
    return bytes([*parts, value])
