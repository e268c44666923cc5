"""How the benchmarks print and keep what they measured."""

from __future__ import annotations

import json
import platform
import resource
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

RESULTS = Path(__file__).parent / "results"
MEGABYTE = 1_000_000

Result = TypeVar("Result")


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table, numbers to the right."""
    cells = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(header))]
    print(f"\n{title}\n")
    for number, row in enumerate(cells):
        padded = [
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print(f"| {' | '.join(padded)} |")
        if not number:
            print(
                f"|{'|'.join('-' * (width + 2) if not at else '-' * (width + 1) + ':' for at, width in enumerate(widths))}|"
            )


def save(name: str, results: dict[str, Any], *, packages: Sequence[str]) -> Path:
    """Keep the results with the versions and the machine they were measured with."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    made_with = {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {platform.system()}",
        **{package: installed(package) for package in packages},
    }
    path.write_text(json.dumps({"made_with": made_with, **results}, indent=2) + "\n")
    return path


def installed(package: str) -> str | None:
    """The version of a package, None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def seconds(work: Callable[[], Result]) -> tuple[float, Result]:
    """How long some work takes, and what it gives."""
    started = perf_counter()
    result = work()
    return perf_counter() - started, result


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(milliseconds)
    return {
        "median_ms": round(ordered[len(ordered) // 2], 3),
        "p99_ms": round(ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))], 3),
    }


def in_own_process(work: Callable[[], Result]) -> tuple[Result, float]:
    """Run work in a forked process: its result, and by how many MB its memory grew at most."""
    context = get_context("fork")
    parent, child = context.Pipe()

    def run() -> None:
        before = resident_peak()
        result = work()
        child.send((result, (resident_peak() - before) / MEGABYTE))

    process = context.Process(target=run)
    process.start()
    found: tuple[Result, float] = parent.recv()
    process.join()
    return found


def resident_peak() -> int:
    """The greatest resident size of this process so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
