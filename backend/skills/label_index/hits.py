"""What a search answers, and what to do with it."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

Why = Literal["exact", "synonym", "spelling", "words", "compound", "related"]
Decision = Literal["accept", "ask", "none"]

ACCEPT_DEGREE = 0.95
ACCEPT_MARGIN = 0.05
ASK_DEGREE = 0.15


class Hit(NamedTuple):
    """One concept that a text may mean, with the label that says so."""

    concept_id: str
    label: str
    degree: float
    why: Why
    margin: float


def decide(hits: Sequence[Hit]) -> Decision:
    """Accept the first hit, ask a person to choose, or leave the text as it was written."""
    if not hits or hits[0].degree < ASK_DEGREE:
        return "none"
    if hits[0].degree >= ACCEPT_DEGREE and hits[0].margin >= ACCEPT_MARGIN:
        return "accept"
    return "ask"
