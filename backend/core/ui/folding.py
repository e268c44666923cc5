"""A long history: the newest in sight, and the rest behind one press."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SHOWN = 5
"""How much of a long history stands open."""


@dataclass(frozen=True)
class Folded:
    """What has happened, the newest first, and how much of it is shown at once."""

    all: Sequence[Any]

    @property
    def shown(self) -> Sequence[Any]:
        """The newest."""
        return self.all[:SHOWN]

    @property
    def rest(self) -> Sequence[Any]:
        """What is older."""
        return self.all[SHOWN:]
