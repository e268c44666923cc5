"""Synthetic worlds for the benchmarks: as skewed as real ones, of any size, the same on every run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from backend.matching.engine import (
    Edge,
    Membership,
    Opening,
    Point,
    Reason,
    Relations,
    Requirement,
    Span,
)
from backend.matching.engine.circumstances import Codebook, PeopleCircumstances, positions, squared_chord
from backend.matching.engine.supply import Supply
from backend.skills.relations.relatedness import pairs, related_concepts

TODAY = date(2026, 11, 21)
CONCEPTS, GROUPS, COMMON = 7_000, 400, 60
COMMON_SHARE = 0.4
"""40 % of all skills that anybody writes are one of 60 (driving licence, customer service, Excel …)."""


@dataclass(frozen=True)
class World:
    """A catalogue whose groups own skills; everybody draws from one group and from the common skills."""

    relations: Relations
    pools: list[npt.NDArray[np.int64]]
    rng: np.random.Generator

    @classmethod
    def make(cls, *, seed: int = 1, relatives: bool = True) -> World:
        rng = np.random.default_rng(seed)
        own = [np.unique(rng.integers(COMMON, CONCEPTS, size=45)) for _ in range(GROUPS)]
        common = [(int(concept), int(group)) for concept in range(COMMON) for group in rng.choice(GROUPS, 40)]
        between = [(int(concept), group) for group, pool in enumerate(own) for concept in pool] + common
        found = related_concepts(skills_in_groups=pairs(sorted(set(between))))
        edges = zip(*(column.tolist() for column in found), strict=True)
        kin = [(a, int(b)) for a in range(GROUPS) for b in rng.choice(GROUPS, 5, replace=False) if a != b]
        return cls(
            relations=Relations.build(
                concepts=[name(number) for number in range(CONCEPTS)],
                edges=[Edge(name(a), name(b), d, Reason(r)) for a, b, d, r in edges] if relatives else [],
                memberships=[Membership(name(concept), f"g{group:03}") for concept, group in between],
                kin=[Edge(f"g{a:03}", f"g{b:03}", 0.45, Reason.SUBSTITUTABLE) for a, b in kin],
            ),
            pools=own,
            rng=rng,
        )

    def skills(self, count: int, *, mean: float = 8.0) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Draw distinct skills for `count` people: (row starts, concepts in order)."""
        sizes = np.clip(self.rng.poisson(mean, count), 2, 20)
        rows = np.repeat(np.arange(count), sizes)
        groups = self.rng.integers(0, GROUPS, count)[rows]
        total = len(rows)
        lengths = np.array([len(pool) for pool in self.pools])
        starts = np.cumsum(lengths) - lengths
        own = np.concatenate(self.pools)[
            starts[groups] + self.rng.integers(0, 1 << 30, total) % lengths[groups]
        ]
        common = (COMMON * self.rng.random(total) ** 2).astype(np.int64)
        concept = np.where(self.rng.random(total) < COMMON_SHARE, common, own)
        keys = np.unique(rows * CONCEPTS + concept)
        return np.searchsorted(keys // CONCEPTS, np.arange(count + 1)), keys % CONCEPTS

    def supply(self, count: int, codes: Codebook, *, scattered: bool = True) -> Supply:
        """Draw people straight into arrays: a million dataclasses would only measure Python."""
        start, concept = self.skills(count)
        least = self.rng.integers(10, 30, count)
        lat, lon = self.places(count, scattered=scattered)
        circumstances = PeopleCircumstances(
            xyz=positions([Point(*at) for at in zip(lat.tolist(), lon.tolist(), strict=True)]),
            hours=np.array([least, least + 10], dtype=np.uint8),
            period=np.tile(np.array([[1], [3_000_000]], dtype=np.int32), count),
            tenant=np.full(count, -1, dtype=np.int32),
            licences=codes.licences.words([["B"] if has else [] for has in self.rng.random(count) < 0.6]),
            languages=codes.languages.words([[]] * count),
            adaptations=codes.adaptations.words(
                [["calm"] if needs else [] for needs in self.rng.random(count) < 0.2]
            ),
            reach=squared_chord(self.rng.choice([20.0, 40.0, 80.0, 200.0], count)),
        )
        empty = np.empty(0, dtype=np.int32)
        return Supply(
            ids=[f"p{number:07}" for number in range(count)],
            start=start,
            concept=concept.astype(np.int32),
            strength=self.rng.integers(190, 256, len(concept)).astype(np.uint8),
            texts=[],
            text_row=empty,
            text_index=empty,
            text_strength=empty.astype(np.uint8),
            waiting_since=np.zeros(count, dtype=np.int32),
            circumstances=circumstances,
            codes=codes,
        )

    def openings(self, count: int, *, scattered: bool = True) -> list[Opening]:
        start, concept = self.skills(count, mean=5.0)
        lat, lon = self.places(count, scattered=scattered)
        return [
            Opening(
                id=f"o{row:06}",
                requirements=[
                    Requirement(name(number), "", essential=at < 3)
                    for at, number in enumerate(
                        self.rng.permutation(concept[start[row] : start[row + 1]]).tolist()
                    )
                ],
                place=Point(float(lat[row]), float(lon[row])),
                hours=Span(15, 30),
                licences=frozenset({"B"} if self.rng.random() < 0.3 else ()),
                adaptations_offered=frozenset({"calm"} if self.rng.random() < 0.7 else ()),
            )
            for row in range(count)
        ]

    def places(
        self, count: int, *, scattered: bool
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Around twenty towns in the south of Sweden, or around one."""
        towns = np.random.default_rng(7).uniform((55.5, 12.0), (60.0, 18.0), size=(20, 2))
        town = self.rng.integers(0, len(towns) if scattered else 1, count)
        at = towns[town] + self.rng.normal(0, 0.15, (count, 2))
        return at[:, 0], at[:, 1]


def name(number: int) -> str:
    return f"c{number:05}"
