"""What the matcher may know about an opening, or about lasting places, which is matched alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from backend.matching.engine.people import Point, Span
from backend.matching.engine.weights import Kind


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named: a concept, or the text as written where no concept was found."""

    concept: str | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Requirement(Mention):
    """One thing that is asked for. `weight` is the employer's own emphasis, 1 as a rule."""

    essential: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening as far as the ranking goes.

    `languages` are the least levels (1-6 CEFR A1-C2). An adaptation is offered, refused (it cannot be
    arranged there) or not said, and what is not said can be asked about; `tenant` None is open to every
    municipality; `is_open` is False when the employer is not in good standing or the opening is closed.
    `published_on` breaks ties.
    """

    id: str
    requirements: Sequence[Requirement] = ()
    occupations: Sequence[Mention] = ()
    kind: Kind = Kind.UNSAID
    place: Point | None = None
    hours: Span | None = None
    licences: frozenset[str] = frozenset()
    languages: Mapping[str, int] = field(default_factory=dict)
    adaptations_offered: frozenset[str] = frozenset()
    adaptations_refused: frozenset[str] = frozenset()
    starts_on: date | None = None
    ends_on: date | None = None
    places_left: int = 1
    is_open: bool = True
    tenant: str | None = None
    published_on: date | None = None
