"""The main pages: server time and number of queries, at demo size and among 5,000 people and 10,000 openings.

python -m bench.pages [--people 5000] [--openings 10000] [--demo DATABASE.sqlite3]
A page is asked for in this process, templates, middleware and logging of reads included; the network is not.
`--demo` takes a copy of a demo database that is there already instead of making one.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.tables import print_table, save

PACKAGES = ("Django", "numpy", "rapidfuzz")
MOST_QUERIES = 10
BOARD_OPENINGS = 2_000
SIZES = ("demo", "crowd")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--openings", type=int, default=10_000)
    parser.add_argument("--demo", type=Path)
    options = parser.parse_args()
    with TemporaryDirectory(prefix="praktikbron-bench-") as folder:
        results = measure(Path(folder), options)
    tell(results)
    print(f"\nKept in {save('pages', results, packages=PACKAGES)}")


def measure(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Make a demo, measure, add the crowd, and measure again."""
    prepare(folder / "bench.sqlite3", options.demo)
    # Models can be imported only when Django has been told of the database.
    from bench import crowd, visits

    demo = crowd.size()
    small = visits.visit_all()
    crowd.add(people=options.people, openings=min(BOARD_OPENINGS, options.openings))
    edited = {"sizes": crowd.size(), **visits.edit_the_board()}
    crowd.add(people=options.people, openings=options.openings)
    return {
        "sizes": {"demo": demo, "crowd": crowd.size()},
        "demo": small,
        "crowd": visits.visit_all(),
        "board": edited,
        "ranking": visits.ranking_beside_a_loop(),
    }


def prepare(database: Path, demo: Path | None, *, url: str = "") -> None:
    # Pages are measured, not how people sign in to them.
    os.environ["STAFF_SECOND_FACTOR"] = "0"
    os.environ |= {"DEMO": "1", "DATABASE_URL": url or f"sqlite:///{database}", "LOG_LEVEL": "ERROR"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
    import django
    from django.core.management import call_command

    if demo:
        shutil.copy(demo, database)
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("demo_data")


def tell(results: dict[str, Any]) -> None:
    keys = ["p50_ms", "p95_ms", "cpu_p50_ms", "cpu_p95_ms", "first_ms", "cpu_first_ms", "queries"]
    for name, sizes in results["sizes"].items():
        print_table(
            f"Pages among {sizes['people']:,} people and {sizes['openings']:,} openings, ms on the server",
            ["", "p50", "p95", "CPU p50", "CPU p95", "first after a change", "its CPU", "queries"],
            [[page, *(found[key] for key in keys)] for page, found in results[name].items()],
        )
    small, large = ({page: found["queries"] for page, found in results[name].items()} for name in SIZES)
    grew = [page for page in small if small[page] != large[page]]
    many = [page for page in large if large[page] > MOST_QUERIES]
    print(f"\nThe number of queries depends on the number of rows: {', '.join(grew) or 'nowhere'}.")
    print(f"More than {MOST_QUERIES} queries: {', '.join(many) or 'nowhere'}.")
    board = results["board"]
    people, openings = board["sizes"]["people"], board["sizes"]["openings"]
    print_table(
        f"An edit of the board among {people:,} people and {openings:,} openings",
        ["", "p50", "p95", "CPU p50", "CPU p95"],
        [[name, *(board[name][key] for key in keys[:4])] for name in ("what is sent", "the board anew")],
    )
    own = results["ranking"]["its ranking, explained and noted down"]["cpu_ms"]
    print_table(
        f"Candidates of one opening among {results['sizes']['crowd']['people']:,} people",
        ["", "ms", "CPU ms", "times the ranking's CPU"],
        [
            [name, found["ms"], found["cpu_ms"], f"{found['cpu_ms'] / own:.1f}"]
            for name, found in results["ranking"].items()
        ],
    )


if __name__ == "__main__":
    main()
