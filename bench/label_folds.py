"""Chooses the weights of the label index by folds, and says what they are worth on queries that chose none.

python -m bench.label_folds
Each fifth of the queries of every set is answered with the weights that are best on the other four fifths.
Beside that stands what all queries give with the weights that are best on them (dev), which flatters, and the
worst fold.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from backend.skills.label_index import LabelIndex, Weights
from backend.skills.label_index.normalise import key_of
from backend.skills.label_index.weights import WEIGHTS
from bench.label_data import Judged, judged_names, starter, with_errors
from bench.tables import print_table, save

FOLDS = 5
TYPED, SYNONYMS = 500, 600
GRID = {
    "start": (14, 20, 28),
    "title_length": (0.5, 0.7, 1.0),
    "title_handicap": (0.05, 0.15, 0.25),
    "few_edits": (0.4, 0.8),
}
Ranks = npt.NDArray[np.float64]
"""1 / rank of the first right answer among ten, else 0."""


class Asked(NamedTuple):
    """Queries of one kind; each belongs to a fold by its text."""

    name: str
    queries: Sequence[str]
    relevant: Sequence[set[str]]

    @property
    def folds(self) -> npt.NDArray[np.int64]:
        return np.array([crc32(key_of(query).encode()) % FOLDS for query in self.queries])


def main() -> None:
    results = measure_folds()
    print(f"\nKept in {save('label_folds', results, packages=('numpy', 'rapidfuzz'))}")


def measure_folds() -> dict[str, Any]:
    """Answer all sets with every choice of weights, then choose by folds; print and return the figures."""
    vocabularies = [(names.labels, list(asked_of(names))) for names in (*judged_names(), starter())]
    sets = [asked for _, of_labels in vocabularies for asked in of_labels]
    choices = [Weights(**dict(zip(GRID, values, strict=True))) for values in product(*GRID.values())]
    ranks = {weights: _ranks(vocabularies, weights) for weights in choices}
    by_folds = [best_weights(ranks, [each.folds != fold for each in sets]) for fold in range(FOLDS)]
    best = best_weights(ranks, [each.folds >= 0 for each in sets])
    results = {
        asked.name: figures_of(
            ranks[best][at], [ranks[by_folds[fold]][at][asked.folds == fold] for fold in range(FOLDS)]
        )
        for at, asked in enumerate(sets)
    }
    _print(results, sets, by_folds, best)
    return {"sets": results, "chosen": best._asdict(), "by_folds": [each._asdict() for each in by_folds]}


def asked_of(names: Judged) -> Iterator[Asked]:
    """Yield the judged queries, and labels of the same vocabulary with one or two typing errors."""
    chance = random.Random(11)
    judged = list(zip(names.queries, names.relevant, strict=True))
    if len(judged) > 2 * SYNONYMS:
        judged = chance.sample(judged, SYNONYMS)
    yield Asked(names.name, *zip(*judged, strict=True))
    concepts: dict[str, set[str]] = {}
    for concept, text in names.labels:
        concepts.setdefault(key_of(text), set()).add(concept)
    typed = chance.sample(sorted(concepts), min(TYPED, len(concepts)))
    yield Asked(
        f"{names.name}, typing errors",
        [with_errors(text, chance) for text in typed],
        [concepts[text] for text in typed],
    )


def _ranks(vocabularies: Sequence[tuple[Any, Sequence[Asked]]], weights: Weights) -> list[Ranks]:
    found = []
    for labels, sets in vocabularies:
        index = LabelIndex(labels, weights)
        found += [_reciprocal(index, asked) for asked in sets]
    return found


def _reciprocal(index: LabelIndex, asked: Asked) -> Ranks:
    answers = index.search(asked.queries)
    return np.array(
        [
            next((1 / rank for rank, hit in enumerate(hits, 1) if hit.concept_id in wanted), 0.0)
            for hits, wanted in zip(answers, asked.relevant, strict=True)
        ]
    )


def best_weights(ranks: dict[Weights, list[Ranks]], which: Sequence[npt.NDArray[np.bool_]]) -> Weights:
    """Choose by the mean over the sets of success@1 and MRR; of equals the weights in use, then the first."""

    def worth(weights: Weights) -> tuple[float, bool]:
        of_sets = [
            _success(each[part]) + each[part].mean() for each, part in zip(ranks[weights], which, strict=True)
        ]
        return round(float(np.mean(of_sets)), 6), weights == WEIGHTS

    return max(ranks, key=worth)


def _success(ranks: Ranks) -> float:
    return float((ranks == 1).mean())


def figures_of(dev: Ranks, held_out: Sequence[Ranks]) -> dict[str, float]:
    together = np.concatenate(held_out)
    return {
        "success@1 dev": _success(dev),
        "success@1 cross-validated": _success(together),
        "success@1 worst fold": min(map(_success, held_out)),
        "mrr@10 dev": float(dev.mean()),
        "mrr@10 cross-validated": float(together.mean()),
        "mrr@10 worst fold": min(float(each.mean()) for each in held_out),
    }


def _print(
    results: dict[str, Any], sets: Sequence[Asked], by_folds: Sequence[Weights], best: Weights
) -> None:
    print_table(
        f"Weights chosen by {FOLDS} folds over all sets together",
        ["", "queries", *next(iter(results.values()))],
        [
            [asked.name, len(asked.queries), *(f"{value:.3f}" for value in results[asked.name].values())]
            for asked in sets
        ],
    )
    for name, values in GRID.items():
        chosen = Counter(getattr(each, name) for each in by_folds)
        tried = ", ".join(f"{value} by {chosen[value]}" for value in values)
        print(f"{name}: in use {getattr(WEIGHTS, name)}, best on all {getattr(best, name)}; of folds {tried}")


if __name__ == "__main__":
    main()
