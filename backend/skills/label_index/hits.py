"""What a search answers."""

from typing import Literal, NamedTuple

Why = Literal["exact", "synonym", "spelling", "words", "compound", "related"]


class Hit(NamedTuple):
    """One concept that a text may mean, with the label that says so."""

    concept_id: str
    label: str
    degree: float
    why: Why
    margin: float
