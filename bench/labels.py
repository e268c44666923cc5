"""The label index beside its peers: quality on judged names, speed and size among 100,000 labels.

python -m bench.labels [--labels 100000]
Open data is read from PRAKTIKBRON_DATA or ../shared/data; without it, the starter catalogue is measured.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from time import perf_counter
from typing import Any

from backend.skills.label_index import LabelIndex
from backend.skills.label_index.evaluation import figures, judged
from bench.label_chart import draw
from bench.label_data import Judged, Labels, judged_sets, many_labels
from bench.label_folds import measure_folds
from bench.label_peers import Search, peers, trigram_table
from bench.tables import MEGABYTE, RESULTS, Taken, percentiles, print_table, save, timed
from scripts.postgres import NoPostgresError

PACKAGES = ("numpy", "rapidfuzz", "scikit-learn", "bm25s", "tantivy", "psycopg")
OURS = "Praktikbron"
WARM_UP, SECONDS_PER_PEER = 20, 8
Build = Callable[[Labels], Search]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labels", type=int, default=100_000)
    options = parser.parse_args()
    with ExitStack() as stack:
        ways = peers()
        try:
            ways["pg_trgm GIN (PostgreSQL)"] = stack.enter_context(trigram_table())
        except NoPostgresError as failure:
            print(f"pg_trgm is left out: {failure}")
        results: dict[str, Any] = {"quality": measure_quality(ways)}
        results["calibration"] = measure_calibration()
        results["folds"] = measure_folds()
        results["speed"] = measure_speed(ways, options.labels)
    print(f"\nKept in {save('labels', results, packages=PACKAGES)}")
    chart = RESULTS / "labels.svg"
    chart.write_text(draw(_points(results)), encoding="utf-8")
    print(f"Drawn in {chart}")


def _points(results: dict[str, Any]) -> list[tuple[str, float, float]]:
    """Pair the speed of each way with its success on the last judged set of real names."""
    real = [found for name, found in results["quality"].items() if not name.startswith("typing")][-1]
    return [(name, speed["median_ms"], real[name]["success@1"]) for name, speed in results["speed"].items()]


def measure_quality(ways: dict[str, Build]) -> dict[str, Any]:
    """Ask every way the same queries and compare with the judgements."""
    results: dict[str, Any] = {}
    for names in judged_sets():
        results[names.name] = {name: _quality(build, names) for name, build in ways.items()}
        print_table(
            f"{names.name}: {len(names.queries)} queries, {len(names.labels)} labels",
            ["", "success@1", "MRR@10", "hit@10"],
            [
                [name, *(f"{value:.3f}" for value in found.values())]
                for name, found in results[names.name].items()
            ],
        )
    return results


def _quality(build: Build, names: Judged) -> dict[str, float]:
    search = build(names.labels)
    ranks = [_rank(search(text), right) for text, right in zip(names.queries, names.relevant, strict=True)]
    found = [1 / rank if rank else 0.0 for rank in ranks]
    return {
        "success@1": sum(value == 1 for value in found) / len(found),
        "mrr@10": sum(found) / len(found),
        "hit@10": sum(value > 0 for value in found) / len(found),
    }


def _rank(concepts: Sequence[str], right: set[str]) -> int | None:
    """Count from 1 to the first right concept; a concept answered by two labels takes one place."""
    distinct = list(dict.fromkeys(concepts))
    return next((rank for rank, concept in enumerate(distinct, start=1) if concept in right), None)


def measure_calibration() -> dict[str, Any]:
    """How far the degree is from the share that is right, and what may be accepted unasked."""
    results: dict[str, Any] = {}
    for names in judged_sets():
        index = LabelIndex(names.labels)
        answers = index.search(names.queries)
        found = figures(answers, names.relevant, judged(index, names.queries, answers))
        results[names.name] = {
            key: found[key] for key in ("calibration_error", "accepted_at_98", "accepted", "accepted_right")
        }
    print_table(
        "How sure it is",
        ["", "calibration error", "acceptable at 98 %", "accepted", "of these right"],
        [[name, *(f"{value:.3f}" for value in found.values())] for name, found in results.items()],
    )
    return results


def measure_speed(ways: dict[str, Build], count: int) -> dict[str, Any]:
    """Search one text at a time among many labels; a slow way gets fewer texts."""
    labels, texts = many_labels(count)
    results = {name: _speed(build, labels, texts) for name, build in ways.items()}
    results[OURS]["index_mb"] = round(LabelIndex(labels).nbytes / MEGABYTE, 1)
    own = results[OURS]["median_ms"]
    print_table(
        f"One text among {len(labels):,} labels, one core; arrays of ours {results[OURS]['index_mb']} MB",
        ["", "median ms", "of processor", "p99 ms", "times ours", "build s", "texts"],
        [
            [
                name,
                found["median_ms"],
                found["cpu_median_ms"],
                found["p99_ms"],
                f"{found['median_ms'] / own:.1f}",
                found["build_s"],
                found["texts"],
            ]
            for name, found in results.items()
        ],
    )
    return results


def _speed(build: Build, labels: Labels, texts: Sequence[str]) -> dict[str, float]:
    gc.collect()
    building, search = timed(lambda: build(labels))
    for text in texts[:WARM_UP]:
        search(text)
    taken: list[Taken] = []
    end = perf_counter() + SECONDS_PER_PEER
    for text in texts:
        taken.append(timed(lambda text=text: search(text))[0])
        if perf_counter() > end:
            break
    by_clock = percentiles([1000 * one.wall for one in taken])
    by_processor = percentiles([1000 * one.cpu for one in taken])
    return {
        **by_clock,
        **{f"cpu_{name}": value for name, value in by_processor.items()},
        "build_s": round(building.wall, 2),
        "build_cpu_s": round(building.cpu, 2),
        "texts": len(taken),
    }


if __name__ == "__main__":
    main()
