"""Searching among 10,000 openings at 60 requests a second: how long answers take, on both databases.

python -m bench.search_openings [--openings 10000] [--rate 60] [--seconds 15] [--rounds 3]
    [--database sqlite | postgres://… …] [--demo DATABASE.sqlite3]
Two workers serve the list; what people look for is asked for at a steady rate, whether or not the last answer
has come. Beside it in the same run, in turns, the search that one would write first (`icontains` over the
same words; once a second, for more would only pile up), and bytes alone through the same middleware. Who asks
runs here, on the same cores; of the rounds the best counts, for other work only ever makes one slower.
Most of what is asked for has been asked before, as on a busy day; apart from that, what a page costs of the
processor when an opening has just changed, and nothing is kept.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import local
from time import perf_counter, process_time, sleep
from typing import Any
from urllib.parse import quote

from bench.pages import prepare
from bench.tables import print_table, save
from bench.throughput import HOST, START_SECONDS, served

PACKAGES = ("Django", "numpy", "rapidfuzz", "gunicorn")
AS_IT_IS, ICONTAINS, BYTES_ALONE = "as it is", "icontains", "bytes alone"
WAYS = (AS_IT_IS, ICONTAINS, BYTES_ALONE)
MOST_AT_ONCE = 32
SLOWLY = 1
"""Requests a second to what would only pile up at the full rate."""
ASKED = (
    *("", "?q=truck", "?q=lager", "?q=kock", "?q=vårdbitr.", "?q=stadare", "?q=c%23", "?q=bageri eskilstuna"),
    *("?q=diskar&kind=internship", "?q=lokalvrdare", "?field=food", "?near=Eskilstuna&within=30"),
    *("?q=butik&hours=20", "?page=3", "?q=undersköterska", "?q=snickare&field=building"),
)
"""What is looked for, in turns: words, misspelt ones, filters, and the plain list."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--openings", type=int, default=10_000)
    parser.add_argument("--rate", type=int, default=60)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", nargs="+", default=["sqlite"])
    parser.add_argument("--demo", type=Path)
    parser.add_argument("--here", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        measure(options)
        return
    for database in options.database:
        again = [sys.executable, "-W", "ignore", "-m", "bench.search_openings", "--here", database]
        subprocess.run([*again, *sys.argv[1:]], check=True)


def measure(options: argparse.Namespace) -> None:
    """Fill one database, ask for pages with their queries counted, then at a steady rate."""
    name = "postgres" if options.here.startswith("postgres") else "sqlite"
    with TemporaryDirectory(prefix="praktikbron-bench-") as folder:
        prepare(Path(folder) / "bench.sqlite3", options.demo, url=options.here if name == "postgres" else "")
        from bench import crowd

        crowd.add(people=0, openings=options.openings)
        results = {
            "openings": crowd.size()["openings"],
            "queries": most_queries(),
            "after_a_change_cpu_ms": after_a_change(),
            "load_before": round(os.getloadavg()[0], 1),
            **under_load(options),
        }
    tell(name, results)
    kept = save(f"search_openings_{name}", {name: results}, packages=PACKAGES)
    print(f"\nKept in {kept}")


def most_queries() -> int:
    """The queries of the page that takes most, asked for a second time."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, counts = Client(HTTP_HOST=HOST), []
    for asked in ASKED:
        client.get(f"/platser/{asked}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/platser/{asked}")
        counts.append(len(queries))
    return max(counts)


def after_a_change() -> dict[str, float]:
    """The processor's ms of the first page after something has changed, in the middle and at most."""
    from django.test import Client

    from backend.employers.searching import shelf

    client, taken = Client(HTTP_HOST=HOST), []
    for asked in ASKED:
        rounds = []
        for _ in range(3):
            shelf.forget()
            started = process_time()
            client.get(f"/platser/{asked}", headers={"Accept-Language": "sv"})
            rounds.append(1000 * (process_time() - started))
        taken.append(min(rounds))
    return {"median": round(statistics.median(taken), 1), "most": round(max(taken), 1)}


def under_load(options: argparse.Namespace) -> dict[str, Any]:
    with ExitStack() as running:
        ports = {way: running.enter_context(served(way)) for way in WAYS}
        for port in ports.values():
            for _ in range(8):  # both workers have read all before anybody counts
                ask(HTTPConnection(HOST, port, timeout=START_SECONDS), "?q=truck")
        rounds = [
            {
                way: drive(port, SLOWLY if way == ICONTAINS else options.rate, options.seconds)
                for way, port in ports.items()
            }
            for _ in range(options.rounds)
        ]
    return {
        way: {figure: min(each[way][figure] for each in rounds) for figure in rounds[0][way]} for way in WAYS
    }


def drive(port: int, rate: int, seconds: int) -> dict[str, float]:
    """Ask at a steady rate; how long each answer took from when it should have been asked for."""
    kept, started = local(), perf_counter() + 0.2

    def one(numbered: tuple[int, str]) -> tuple[float, float]:
        number, asked = numbered
        due = started + number / rate
        sleep(max(0.0, due - perf_counter()))
        if not hasattr(kept, "connection"):
            kept.connection = HTTPConnection(HOST, port, timeout=START_SECONDS)
        cpu = ask(kept.connection, asked)
        return 1000 * (perf_counter() - due), cpu

    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        taken = list(pool.map(one, enumerate(islice(cycle(ASKED), rate * seconds))))
    walls, cpus = [wall for wall, _cpu in taken], [cpu for _wall, cpu in taken]
    return {
        "p50_ms": round(statistics.median(walls), 1),
        "p95_ms": round(statistics.quantiles(walls, n=20)[-1], 1),
        "cpu_p50_ms": round(statistics.median(cpus), 1),
        "cpu_p95_ms": round(statistics.quantiles(cpus, n=20)[-1], 1),
    }


def ask(connection: HTTPConnection, asked: str) -> float:
    """The processor's ms that the server took. Raises RuntimeError when the page is not shown."""
    connection.request("GET", f"/platser/{quote(asked, safe='?=&%')}", headers={"Accept-Language": "sv"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != HTTPStatus.OK:
        raise RuntimeError(f"{asked}: {answer.status}")
    return float(answer.headers["X-Cpu-Ms"])


def tell(name: str, results: dict[str, Any]) -> None:
    figures = ["p50_ms", "p95_ms", "cpu_p50_ms", "cpu_p95_ms"]
    print_table(
        f"Searching among {results['openings']:,} openings, {name}; {results['queries']} queries at most",
        ["", "p50 ms", "p95 ms", "CPU p50", "CPU p95"],
        [[way, *(results[way][figure] for figure in figures)] for way in WAYS],
    )
    anew = results["after_a_change_cpu_ms"]
    print(f"\nThe first page after a change: {anew['median']} ms of the processor, {anew['most']} at most.")
    ours, first = results[AS_IT_IS], results[ICONTAINS]
    print(f"icontains takes {first['cpu_p50_ms'] / ours['cpu_p50_ms']:.1f} times as much of the processor.")


if __name__ == "__main__":
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    main()
