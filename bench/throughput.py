"""The public list of openings under load: requests a second of two workers, and the CPU time of each.

python -m bench.throughput [--requests 600] [--rounds 5] [--demo DATABASE.sqlite3]
Beside it in the same run the same page with no piece of it kept, and a view that only gives as many bytes
through the same middleware: what Django itself takes. All three servers run at once and are asked in turns,
so that other work on the machine meets them alike. Those who ask run here, on the same cores.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep
from typing import Any

from bench.pages import prepare
from bench.tables import print_table, save

PACKAGES = ("Django", "gunicorn")
HOST, PAGE = "127.0.0.1", "/platser/"
AS_IT_IS, NOTHING_KEPT, BYTES_ALONE = "as it is", "nothing kept", "bytes alone"
WAYS = (AS_IT_IS, NOTHING_KEPT, BYTES_ALONE)
WORKERS, THREADS, CONNECTIONS = 2, 4, 8
START_SECONDS = 60


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=600, help="of each server in each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--demo", type=Path)
    options = parser.parse_args()
    with TemporaryDirectory(prefix="praktikbron-bench-") as folder:
        prepare(Path(folder) / "bench.sqlite3", options.demo)
        results = {"public list": measure(options.requests, options.rounds)}
    tell(results["public list"])
    print(f"\nKept in {save('throughput', results, packages=PACKAGES)}")


def measure(requests: int, rounds: int) -> dict[str, Any]:
    """Ask each server in turns; the first time around is not counted."""
    with ExitStack() as running:
        ports = {way: running.enter_context(served(way)) for way in WAYS}
        taken = [{way: drive(port, requests) for way, port in ports.items()} for _ in range(rounds + 1)][1:]
    return {
        way: {
            "requests_a_second": round(statistics.median(each[way][0] for each in taken), 1),
            "cpu_ms": round(statistics.median(each[way][1] for each in taken), 2),
        }
        for way in WAYS
    }


@contextmanager
def served(way: str) -> Iterator[int]:
    """Serve in the given way on a free port, as `make demo` does, for as long as the context lasts."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "bench.served", f"--bind={HOST}:{port}"]
    command += [f"--workers={WORKERS}", "--worker-class=gthread", f"--threads={THREADS}", "--log-level=error"]
    server = subprocess.Popen(command, env=os.environ | {"BENCH_SERVES": way})
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    until = monotonic() + START_SECONDS
    while monotonic() < until:
        try:
            ask(HTTPConnection(HOST, port, timeout=START_SECONDS))
        except ConnectionError:
            sleep(0.2)
        else:
            return
    raise RuntimeError("The server did not start; its last lines are above.")


def drive(port: int, requests: int) -> tuple[float, float]:
    """Requests a second over a few connections that stay open, and the median of the processor's ms."""

    def some(_connection: int) -> list[float]:
        connection = HTTPConnection(HOST, port, timeout=START_SECONDS)
        found = [ask(connection) for _ in range(requests // CONNECTIONS)]
        connection.close()
        return found

    started = perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        taken = [each for one in pool.map(some, range(CONNECTIONS)) for each in one]
    return len(taken) / (perf_counter() - started), statistics.median(taken)


def ask(connection: HTTPConnection) -> float:
    """The processor's ms that the server took for the page. Raises RuntimeError when it is not shown."""
    connection.request("GET", PAGE, headers={"Accept-Language": "sv"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != HTTPStatus.OK:
        raise RuntimeError(f"{PAGE}: {answer.status}")
    return float(answer.headers["X-Cpu-Ms"])


def tell(results: dict[str, Any]) -> None:
    print_table(
        f"The public list of openings, {WORKERS} workers, {CONNECTIONS} connections",
        ["", "requests/s", "CPU ms a request"],
        [[way, found["requests_a_second"], found["cpu_ms"]] for way, found in results.items()],
    )
    ours, plain = results[AS_IT_IS], results[NOTHING_KEPT]
    print(f"\nWith nothing kept the page takes {plain['cpu_ms'] / ours['cpu_ms']:.1f} times as much.")


if __name__ == "__main__":
    main()
