"""From scores to answers: one label per concept, in order, with a degree, a margin and a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, zip_longest
from math import exp

import numpy as np
import numpy.typing as npt

from backend.skills.label_index.features import START
from backend.skills.label_index.hits import Hit, Why
from backend.skills.label_index.spelling import EXACT, MOST_EDITS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

INTERCEPT, PER_SCORE, PER_LEAD, PER_LAG = -4.7, 4.4, 7.1, 1.75
"""Logistic regression of "this hit is right" on 25,000 hits: real names and labels with typing errors, half
each. Exact labels are right in .98 (skills) and .79 (occupations, whose judges often chose a broader one)."""
SUREST_INEXACT = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerer:
    """What is known of each label row, for turning scored rows into hits."""

    concepts: Sequence[str]
    labels: Sequence[str]
    texts: Sequence[str]
    preferred: Sequence[bool]
    first_title: int
    title_handicap: float

    def hits(
        self, written: str, rows: Sequence[int], scores: Floats, edits: Sequence[int], limit: int
    ) -> list[Hit]:
        """Keep the best label of each concept, surest first; ties in the order of the rows."""
        score = scores.tolist()
        best = self._best_of_concepts(rows, scores, score, limit)
        degrees = _degrees([score[place] for place in best])
        words = [f" {word} " for word in written.split()]
        starts = [word[1 : START + 1] for word in words if len(word) >= START + 2]
        return [
            Hit(
                self.concepts[rows[place]],
                self.labels[rows[place]],
                degree,
                self._why(words, starts, rows[place], edits[place]),
                degree - below,
            )
            for place, degree, below in zip(best[:limit], degrees, [*degrees[1:], 0.0], strict=False)
        ]

    def _best_of_concepts(
        self, rows: Sequence[int], scores: Floats, score: Sequence[float], limit: int
    ) -> list[int]:
        """List the places of the best rows, one for each concept; one more than asked for, for its margin."""
        order = (-scores).argsort(kind="stable").tolist()
        if rows[-1] >= self.first_title:
            names = [place for place in order if rows[place] < self.first_title]
            titles = [place for place in order if rows[place] >= self.first_title]
            order = _in_turn(names, titles, score, self.title_handicap)
        best: dict[str, int] = {}
        for place in order:
            best.setdefault(self.concepts[rows[place]], place)
            if len(best) > limit:
                break
        return list(best.values())

    def _why(self, words: list[str], starts: list[str], row: int, edits: int) -> Why:
        """Say what a hit rests on: the label itself, spelling, words, parts of words, or likeness only."""
        if edits == 0:
            return "exact" if self.preferred[row] else "synonym"
        if edits <= MOST_EDITS:
            return "spelling"
        text = f" {self.texts[row]} "
        for word in words:
            if word in text:
                return "words"
        for start in starts:
            if start in text:
                return "compound"
        return "related"


def _in_turn(names: list[int], titles: list[int], score: Sequence[float], handicap: float) -> list[int]:
    """Answer names and group titles in turn, since a text may mean either.

    A title begins unless the best name is the text itself, or leads by the handicap.
    """
    if not names or not titles:
        return names or titles
    name, title = score[names[0]], score[titles[0]]
    title_begins = name < EXACT and title > name - handicap
    turns = zip_longest(titles, names) if title_begins else zip_longest(names, titles)
    return [place for place in chain.from_iterable(turns) if place is not None]


def _degrees(scores: Sequence[float]) -> list[float]:
    """Estimate the share of such hits that are right, from each score and its lead over the best other one.

    A hit is never less sure than the one answered after it: where names and titles take turns, the
    lower of two neighbours gets the degree of the higher.
    """
    first, second = sorted([*scores, 0.0, 0.0], reverse=True)[:2]
    degrees = [_degree(score, second if score == first else first) for score in scores]
    return list(accumulate(reversed(degrees), max))[::-1]


def _degree(score: float, rival: float) -> float:
    if score >= EXACT:
        return 1.0
    lead = score - rival
    sureness = INTERCEPT + PER_SCORE * score + (PER_LEAD if lead > 0 else PER_LAG) * lead
    return min(1 / (1 + exp(-sureness)), SUREST_INEXACT)
