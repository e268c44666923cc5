"""How the benchmarks print and keep what they measured."""

from __future__ import annotations

import json
import os
import platform
import resource
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

RESULTS = Path(__file__).parents[1] / "build" / "bench"
MEGABYTE = 1_000_000

Result = TypeVar("Result")


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table, numbers to the right."""
    cells = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(header))]
    print(f"\n{title}\n")
    rule = ["-" * width + ("-" if not at else ":") for at, width in enumerate(widths)]
    for number, row in enumerate(cells):
        padded = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        padded[0] = row[0].ljust(widths[0])
        print(f"| {' | '.join(padded)} |")
        if not number:
            print(f"| {' | '.join(mark[-width:] for mark, width in zip(rule, widths, strict=True))} |")


def save(name: str, results: dict[str, Any], *, packages: Sequence[str]) -> Path:
    """Keep the results with the versions and the machine they were measured with."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    made_with = {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "load": [round(load, 1) for load in os.getloadavg()],
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


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds by the clock and of the processor; they differ when the machine has other work."""

    wall: float
    cpu: float

    def __add__(self, other: Taken) -> Taken:
        return Taken(self.wall + other.wall, self.cpu + other.cpu)

    def times(self, factor: float) -> Taken:
        return Taken(self.wall * factor, self.cpu * factor)


def timed(work: Callable[[], Result]) -> tuple[Taken, Result]:
    """How long some work takes, and what it gives."""
    wall, cpu = perf_counter(), process_time()
    result = work()
    return Taken(perf_counter() - wall, process_time() - cpu), result


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
