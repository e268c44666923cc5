"""The circumstances that hard conditions are about, as arrays: one column per person or opening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

import numpy as np
import numpy.typing as npt

from backend.matching.engine import splice
from backend.matching.engine.openings import Opening
from backend.matching.engine.people import Person, Point, Span

EARTH_KM = 6371.0088
"""Mean radius (IUGG)."""

ALWAYS = (date.min.toordinal(), date.max.toordinal())
ANY_HOURS = Span(0, 168)
ANYWHERE = -1
WORD = 16
"""Bits a word: the sets are small, and short words compare faster."""

LEVELS = 7

Words = npt.NDArray[np.uint16]


@dataclass
class Codes:
    """Numbers codes in the order they are met, so that a set of them is a few words of bits."""

    number: dict[object, int] = field(default_factory=dict)

    def words(self, sets: Sequence[Iterable[object]]) -> Words:
        """Bit sets, `WORD` codes a word: shape (words, len(sets))."""
        positions = [[self.number.setdefault(code, len(self.number)) for code in codes] for codes in sets]
        words = np.zeros((len(self.number) // WORD + 1, len(sets)), dtype=np.uint16)
        for column, bits in enumerate(positions):
            for bit in bits:
                words[bit // WORD, column] |= np.uint16(1 << bit % WORD)
        return words


@dataclass
class Codebook:
    """The numbers that both sides of a match share."""

    licences: Codes = field(default_factory=Codes)
    languages: Codes = field(default_factory=Codes)
    adaptations: Codes = field(default_factory=Codes)
    tenants: dict[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many codes have a number."""
        codes = (self.licences, self.languages, self.adaptations)
        return sum(len(each.number) for each in codes) + len(self.tenants)

    def tenant(self, name: str | None) -> int:
        return ANYWHERE if name is None else self.tenants.setdefault(name, len(self.tenants))


@dataclass(frozen=True)
class Circumstances:
    """What both sides have. `xyz` in km from the Earth's centre, NaN where the place is unknown.

    `languages` are the levels that a person is known not to reach, and the least that an opening asks for;
    `adaptations` those that a person cannot do without, and those that an opening cannot arrange.
    """

    xyz: npt.NDArray[np.float32]
    hours: npt.NDArray[np.uint16]
    period: npt.NDArray[np.int32]
    tenant: npt.NDArray[np.int32]
    licences: Words
    languages: Words
    adaptations: Words

    def take(self, rows: int | npt.NDArray[np.intp]) -> Self:
        """The same circumstances for some rows, or for one."""
        return type(self)(**{name: value.take(rows, axis=-1) for name, value in vars(self).items()})

    def part(self, first: int, last: int) -> Self:
        """The same circumstances for the rows first to last - 1."""
        return type(self)(**{name: value[..., first:last] for name, value in vars(self).items()})

    def spliced(self, other: Self, rows: splice.Order) -> Self:
        """The circumstances of `rows`, where those of another follow these; both by the same codes."""
        both = ((name, value, vars(other)[name]) for name, value in vars(self).items())
        return type(self)(**{name: splice.columns(one, two, rows) for name, one, two in both})


@dataclass(frozen=True)
class PeopleCircumstances(Circumstances):
    """`reach` is the squared chord in km2 that a person travels at most, infinite where unknown."""

    reach: npt.NDArray[np.float32]

    @classmethod
    def of(cls, people: Sequence[Person], codes: Codebook) -> PeopleCircumstances:
        return cls(
            xyz=positions([person.place for person in people]),
            hours=_spans([person.hours or ANY_HOURS for person in people]),
            period=_periods([(person.available_from, person.available_until) for person in people]),
            tenant=np.array([codes.tenant(person.tenant) for person in people], dtype=np.int32),
            licences=codes.licences.words([person.licences for person in people]),
            languages=codes.languages.words([beyond(person.languages) for person in people]),
            adaptations=codes.adaptations.words([person.adaptations_needed for person in people]),
            reach=squared_chord(
                [np.inf if person.travel_km is None else person.travel_km for person in people]
            ),
        )


@dataclass(frozen=True)
class OpeningCircumstances(Circumstances):
    """`takes` is False where nobody can be placed now."""

    is_open: npt.NDArray[np.bool_]
    has_places: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, openings: Sequence[Opening], codes: Codebook) -> OpeningCircumstances:
        return cls(
            xyz=positions([opening.place for opening in openings]),
            hours=_spans([opening.hours or ANY_HOURS for opening in openings]),
            period=_periods([(opening.starts_on, opening.ends_on) for opening in openings]),
            tenant=np.array([codes.tenant(opening.tenant) for opening in openings], dtype=np.int32),
            licences=codes.licences.words([opening.licences for opening in openings]),
            languages=codes.languages.words([least(opening.languages) for opening in openings]),
            adaptations=codes.adaptations.words([opening.adaptations_refused for opening in openings]),
            is_open=np.array([opening.is_open for opening in openings], dtype=bool),
            has_places=np.array([opening.places_left > 0 for opening in openings], dtype=bool),
        )


def beyond(languages: Mapping[str, int]) -> list[tuple[str, int]]:
    """A level as every level above it, so that "at least B1 is not reached" is membership in a set.

    A language that nobody has spoken of has none, for it may be asked about.
    """
    return [(code, step) for code, level in languages.items() for step in range(level + 1, LEVELS + 1)]


def least(languages: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(code, min(level, LEVELS)) for code, level in languages.items() if level > 0]


def positions(places: Sequence[Point | None]) -> npt.NDArray[np.float32]:
    """Places on a sphere in km, shape (3, n): the chord between two is a distance without trigonometry."""
    degrees = np.array([place or (np.nan, np.nan) for place in places], dtype=np.float64).reshape(-1, 2)
    lat, lon = np.radians(degrees).T
    xyz = EARTH_KM * np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    return xyz.astype(np.float32)


def squared_chord(km: Sequence[float]) -> npt.NDArray[np.float32]:
    """The squared chord (km2) under a great-circle distance."""
    arc = np.minimum(np.asarray(km, dtype=np.float64) / (2 * EARTH_KM), np.pi / 2)
    chord = 2 * EARTH_KM * np.sin(arc)
    return np.where(np.isinf(km), np.inf, chord**2).astype(np.float32)


def great_circle(squared: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """The great-circle distance in km over a squared chord."""
    half = np.sqrt(squared.astype(np.float64)) / (2 * EARTH_KM)
    return 2 * EARTH_KM * np.arcsin(np.minimum(half, 1.0))


def _spans(spans: Sequence[Span]) -> npt.NDArray[np.uint16]:
    """Return the fewest and the most of each span, in tenths of an hour."""
    hours = np.clip(np.array(spans, dtype=np.float64).reshape(-1, 2), *ANY_HOURS)
    return np.round(hours * 10).astype(np.uint16).T.copy()


def _periods(periods: Sequence[tuple[date | None, date | None]]) -> npt.NDArray[np.int32]:
    days = [
        (first.toordinal() if first else ALWAYS[0], last.toordinal() if last else ALWAYS[1])
        for first, last in periods
    ]
    return np.array(days, dtype=np.int32).reshape(-1, 2).T.copy()
