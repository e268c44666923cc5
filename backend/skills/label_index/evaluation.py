"""Quality and speed of the index on a set of labels, queries and judgements."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from backend.skills.label_index.decisions import Judge, Verdict
from backend.skills.label_index.hits import Hit
from backend.skills.label_index.index import LabelIndex
from backend.skills.label_index.lexicon import everyday_words

Figures = dict[str, float | int]
PRECISION = 0.98
"""Share of accepted texts that must be right before nobody is asked."""


def evaluate(labels_path: str | Path, queries_path: str | Path, qrels_path: str | Path) -> Figures:
    """Build an index of the labels, search each query by itself, and compare with the judgements.

    Files are TSV in UTF-8: `id<TAB>text` and `query_id<TAB>concept_id[<TAB>gain]`. Queries without a
    judgement of positive gain are left out. The answer is ready for JSON; times are in milliseconds.
    """
    index = LabelIndex(read_pairs(labels_path))
    relevant = read_qrels(qrels_path)
    queries = [(key, text) for key, text in read_pairs(queries_path) if key in relevant]
    texts = [text for _, text in queries]
    answers, times = _search_timed(index, texts)
    verdicts = judged(index, texts, answers)
    return figures(answers, [relevant[key] for key, _ in queries], verdicts) | {
        "median_ms": round(float(np.median(times)), 4) if times else 0.0,
        "p99_ms": round(float(np.percentile(times, 99)), 4) if times else 0.0,
        "queries": len(queries),
    }


def judged(index: LabelIndex, texts: Sequence[str], answers: Sequence[Sequence[Hit]]) -> list[Verdict]:
    """Decide on the answers to each text as the catalogue's services do."""
    judge = Judge(everyday_words(), index.words)
    return [judge.judge(text, hits) for text, hits in zip(texts, answers, strict=True)]


def figures(
    answers: Sequence[Sequence[Hit]], relevant: Sequence[set[str]], verdicts: Sequence[Verdict]
) -> Figures:
    """Count how often, how high and how surely the relevant concepts were found, and accepted."""
    ranks = [_first_rank(hits, wanted) for hits, wanted in zip(answers, relevant, strict=True)]
    sure = [hits[0].degree if hits else 0.0 for hits in answers]
    right = [rank == 1 for rank in ranks]
    accepted = [
        verdict.hits[0].concept_id in wanted
        for verdict, wanted in zip(verdicts, relevant, strict=True)
        if verdict.decision == "accept"
    ]
    return {
        "success@1": _share(right),
        "mrr@10": _share([1 / rank if rank and rank <= 10 else 0.0 for rank in ranks]),
        "hit@10": _share([rank is not None and rank <= 10 for rank in ranks]),
        "calibration_error": round(calibration_error(sure, right), 4),
        "accepted_at_98": round(accepted_at(sure, right), 4),
        "accepted": round(len(accepted) / max(len(answers), 1), 4),
        "accepted_right": _share(accepted),
    }


def calibration_error(degrees: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Mean distance between the stated degree and the share that was right, over equal bins (ECE)."""
    places = np.minimum((np.asarray(degrees) * bins).astype(int), bins - 1)
    gaps = np.asarray(degrees, dtype=float) - np.asarray(right, dtype=float)
    return float(sum(abs(gaps[places == place].sum()) for place in range(bins)) / max(len(gaps), 1))


def accepted_at(sureness: Sequence[float], right: Sequence[bool], precision: float = PRECISION) -> float:
    """Largest share of texts, surest first, of which at least `precision` is right."""
    order = np.argsort(-np.asarray(sureness), kind="stable")
    precise = np.cumsum(np.asarray(right, dtype=float)[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(precise >= precision)
    return float((good[-1] + 1) / len(order)) if len(good) else 0.0


def read_pairs(path: str | Path) -> list[tuple[str, str]]:
    """Read `id<TAB>text` lines; lines without a tab are skipped."""
    with Path(path).open(encoding="utf-8") as lines:
        parts = [line.rstrip("\r\n").partition("\t") for line in lines]
    return [(key, text) for key, tab, text in parts if tab]


def read_qrels(path: str | Path) -> dict[str, set[str]]:
    """Read the relevant concepts of each query; a missing gain counts as 1."""
    relevant: dict[str, set[str]] = {}
    for key, rest in read_pairs(path):
        concept, _, gain = rest.partition("\t")
        if float(gain or 1) > 0:
            relevant.setdefault(key, set()).add(concept)
    return relevant


def _search_timed(index: LabelIndex, texts: Sequence[str]) -> tuple[list[list[Hit]], list[float]]:
    answers, times = [], []
    for text in texts:
        start = time.perf_counter()
        answers.append(index.search([text])[0])
        times.append(1000 * (time.perf_counter() - start))
    return answers, times


def _first_rank(hits: Sequence[Hit], wanted: set[str]) -> int | None:
    return next((rank for rank, hit in enumerate(hits, start=1) if hit.concept_id in wanted), None)


def _share(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 4) if len(values) else 0.0
