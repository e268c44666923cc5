"""Which relations a coach would say aloud: "she nearly can A, for she can B". Pure Python.

More than seven hundred pairs were judged by hand: would a coach say so of somebody at a workplace? A relation
is said only from the degree at which nine of ten such sentences were sensible; any other may order, but
explains nothing. `tests/skills/relation_judgements.tsv` has the pairs; `python -m bench.relations` counts.
"""

from collections.abc import Mapping
from typing import Final

from backend.skills.relations.relatedness import Reason

LEAST_SENSIBLE: Final = 0.9
"""Share of judged sentences that must be sensible before a kind of relation is said at all."""

ALWAYS: Final = 0.0
SAID_FROM: Final[Mapping[Reason, float]] = {
    Reason.SAME: ALWAYS,
    Reason.OVERRIDE: ALWAYS,  # a coach has said so
    Reason.SYNONYM: ALWAYS,  # 31 of 31 sensible
    Reason.NARROWER: ALWAYS,  # 85 of 90
    Reason.SUBSTITUTABLE: 0.75,  # 98 of 100; 71 of 85 from .5, 5 of 10 at .25
    Reason.OCCUPATION_SKILL: 0.5,  # 59 of 60 essential skills; 51 of 60 useful ones, which stay below .35
}
"""Least degree at which each reason is said. Not here, so never said: the broader one (18 of 30), the
same occupation group (22 of 40), shared occupations (10 of 60 where computed, 82 of 125 where written
by hand), and names that are only alike (26 of 34)."""

ONE_BYTE: Final = 1 / 255
"""The matcher keeps degrees in bytes: one of .75 comes back as .749."""


def is_said_aloud(reason: Reason, degree: float) -> bool:
    """Tell whether a coach would say that somebody nearly can something, for this reason to this degree."""
    least = SAID_FROM.get(reason)
    return least is not None and degree > least - ONE_BYTE
