"""What a ranking says: rows that explain themselves, and what became of the rest."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise

from backend.employers.models import Opening
from backend.matching.bridge.keys import Key, key_of
from backend.matching.engine import Band
from backend.matching.rankings.before_asking import Known
from backend.matching.rankings.wording import BANDS, Mark
from backend.participants.models import Participant

PAGE_SIZE = 20

Subject = TypeVar("Subject", Participant, Opening)


@dataclass(frozen=True)
class Match(Generic[Subject]):
    """One row: the person or opening, and why it stands where it stands.

    `band` says how what is essential is met, and decides; `percent` is the match in whole hundredths, which
    the points of `marks` add up to; `failed` the hard conditions that a near miss does not meet;
    `would_change` what would lift the match most; `known` what there is to know before anybody is asked.
    """

    subject: Subject
    band: Band
    percent: int
    marks: Sequence[Mark]
    sentence: str
    distance_km: float | None
    failed: Sequence[Promise] = ()
    would_change: Sequence[str] = ()
    waiting_days: int | None = None
    known: Sequence[Known] = ()

    @property
    def fits(self) -> bool:
        """Whether nothing essential is missing."""
        return self.band is Band.FITS

    @property
    def is_settled(self) -> bool:
        """Whether somebody has said no to this very pair."""
        return any(each.settles for each in self.known)

    @property
    def band_label(self) -> Promise:
        """The band in words."""
        return BANDS[self.band]

    @property
    def key(self) -> Key:
        """The key of the person or opening."""
        return key_of(self.subject)

    def as_data(self) -> dict[str, Any]:
        """Return the row for JSON."""
        return {
            "id": self.key,
            "band": self.band.name.lower(),
            "match": self.percent,
            "sentence": self.sentence,
            "distance_km": None if self.distance_km is None else round(self.distance_km, 1),
            "waiting_days": self.waiting_days,
            "marks": [mark.as_data() for mark in self.marks],
            "would_change": list(self.would_change),
            "fails": [str(words) for words in self.failed],
        }


@dataclass(frozen=True)
class Removed:
    """How many a hard condition took away, and how many of them fail nothing else."""

    condition: str
    words: Promise
    count: int
    only: int


@dataclass(frozen=True)
class WhatIf:
    """One condition that would be another, in words, and how many it would open."""

    text: str
    count: int


@dataclass(frozen=True)
class Ranked(Generic[Subject]):
    """A page of a ranking, and what became of the rest.

    `total` rows meet the hard conditions and the reader's filters (at most DEPTH are ranked), and `fits` of
    them lack nothing essential; `far` are the best of those who lack more than one requirement; `easier` is
    what would let more people fit an opening; `considered` were looked at; `further` has (km, how many more)
    for those who only have too far; `version` is that of the catalogue.
    """

    matches: Sequence[Match[Subject]]
    total: int
    considered: int
    removed: Sequence[Removed]
    fits: int = 0
    near: Sequence[Match[Subject]] = ()
    far: Sequence[Match[Subject]] = ()
    easier: Sequence[WhatIf] = ()
    further: Sequence[tuple[int, int]] = ()
    page: int = 1
    size: int = PAGE_SIZE
    version: int | None = None

    @property
    def one_missing(self) -> int:
        """How many of the rows lack one requirement."""
        return self.total - self.fits

    @property
    def near_misses(self) -> int:
        """How many fail one condition alone: the sum of the table of what was in the way."""
        return sum(each.only for each in self.removed)

    @property
    def all(self) -> Sequence[Match[Subject]]:
        """Every row that is shown, folded or not."""
        return list(self.matches) + list(self.near) + list(self.far)

    def knowing(self, known: Callable[[Subject], Sequence[Known]]) -> "Ranked[Subject]":
        """Return the ranking with what is known of each row before anybody is asked."""

        def told(rows: Sequence[Match[Subject]]) -> list[Match[Subject]]:
            return [replace(match, known=known(match.subject)) for match in rows]

        return replace(self, matches=told(self.matches), near=told(self.near), far=told(self.far))

    def as_data(self) -> dict[str, Any]:
        """Return the ranking for JSON."""
        return {
            "total": self.total,
            "fits": self.fits,
            "considered": self.considered,
            "rows": [match.as_data() for match in self.matches],
            "far": [match.as_data() for match in self.far],
            "near_misses": [match.as_data() for match in self.near],
            "removed": {each.condition: each.count for each in self.removed},
            "within_km": {str(km): count for km, count in self.further},
        }


@dataclass(frozen=True)
class Narrowing:
    """What the reader narrows a ranking to. `among` are keys; None is everybody."""

    among: Collection[Key] | None = None
    max_km: float | None = None
    only_essentials: bool = False
    page: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True)
class WorthLearning:
    """A skill, and the openings that it would bring within reach; `count` of them in all."""

    skill: str
    openings: Sequence[Opening]
    count: int
