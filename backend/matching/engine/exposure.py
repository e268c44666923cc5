"""Who gets chances: how evenly suggestions fall on people, and who is never suggested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Exposure:
    """How the suggestions of one round fall on a group of people.

    `gini` is 0 when all have as many suggestions and near 1 when one has them all; `top_tenth_share` is what
    the most suggested tenth has; `never` who has none. `median_wait_of_named` is in days, None where nobody
    is named.
    """

    people: int
    suggestions: int
    gini: float
    top_tenth_share: float
    never: Sequence[str]
    longest_waiting: Sequence[tuple[str, int]]
    longest_waiting_named_share: float
    median_wait_of_named: float | None

    @property
    def people_reached(self) -> int:
        """How many have any suggestion."""
        return self.people - len(self.never)


def measure_exposure(
    people: Collection[str], suggested: Iterable[str], waiting_days: Mapping[str, int], *, longest: int = 10
) -> Exposure:
    """Measure one round: `suggested` has a person once for every suggestion.

    `longest_waiting` are the `longest` who have waited most, each with the number of their suggestions;
    `longest_waiting_named_share` is the share of the longest waiting fifth that has any.
    """
    known = set(people)
    count = Counter(person for person in suggested if person in known)
    queue = sorted(people, key=lambda person: (-waiting_days.get(person, 0), person))
    fifth = queue[: -(-len(queue) // 5)]
    waits = [waiting_days.get(person, 0) for person in count]
    return Exposure(
        people=len(queue),
        suggestions=count.total(),
        gini=gini([count[person] for person in queue]),
        top_tenth_share=_top_share([count[person] for person in queue]),
        never=[person for person in queue if not count[person]],
        longest_waiting=[(person, count[person]) for person in queue[:longest]],
        longest_waiting_named_share=sum(person in count for person in fifth) / len(fifth) if fifth else 0.0,
        median_wait_of_named=float(np.median(waits)) if waits else None,
    )


def gini(counts: Sequence[int]) -> float:
    """The Gini coefficient of some counts: 0 for none, or when all are equal."""
    ordered = np.sort(np.asarray(counts, dtype=np.float64))
    total = ordered.sum()
    if not total:
        return 0.0
    rank = np.arange(1, len(ordered) + 1)
    return float((2 * (rank * ordered).sum() / total - (len(ordered) + 1)) / len(ordered))


def _top_share(counts: Sequence[int]) -> float:
    tenth = -(-len(counts) // 10)
    total = sum(counts)
    return sum(sorted(counts, reverse=True)[:tenth]) / total if total else 0.0
