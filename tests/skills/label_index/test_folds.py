"""The weights in use are those that the folds can stand by."""

import numpy as np

from backend.skills.label_index import Weights
from bench.label_data import Judged
from bench.label_folds import FOLDS, GRID, asked_of, best_weights, figures_of

NAMES = Judged("names", [("k", "kock"), ("s", "städare"), ("s", "lokalvårdare")], ["kokk"], [{"k"}])


def test_typing_errors_are_asked_beside_the_judged_names() -> None:
    judged, typed = asked_of(NAMES)
    assert (judged.queries, judged.relevant) == (("kokk",), ({"k"},))
    assert len(typed.queries) == 3
    assert {"s"} in typed.relevant


def test_every_query_belongs_to_one_fold_by_its_text() -> None:
    folds = next(asked_of(NAMES)).folds
    assert folds.tolist() == next(asked_of(NAMES)).folds.tolist()
    assert set(folds.tolist()) <= set(range(FOLDS))


def test_the_best_on_the_chosen_queries_is_taken_and_of_equals_the_ones_in_use() -> None:
    other = Weights(start=14)
    ranks = {Weights(): [np.array([1.0, 0.5])], other: [np.array([0.5, 1.0])]}
    assert best_weights(ranks, [np.array([False, True])]) == other
    assert best_weights(ranks, [np.array([True, True])]) == Weights()


def test_figures_tell_held_out_queries_from_those_that_chose() -> None:
    figures = figures_of(np.array([1.0, 1.0]), [np.array([1.0]), np.array([0.5])])
    assert figures["success@1 dev"] == 1
    assert figures["success@1 cross-validated"] == 0.5
    assert figures["mrr@10 worst fold"] == 0.5


def test_what_is_in_use_is_on_the_grid() -> None:
    assert all(getattr(Weights(), name) in values for name, values in GRID.items())
    assert set(GRID) == set(Weights._fields)
