"""Every figure of the README, measured here beside its peers: `make bench`.

python -m bench                 measure all, some ten minutes; then print the table of the README
python -m bench pages labels    measure only these
python -m bench --large         also 100,000 openings x 1,000,000 people, a quarter of an hour more
python -m bench --table         measure nothing: print the table from what was measured last
python -m bench --table --keep  make what was measured last the figures of the README
Results stay in build/bench/, with the versions of everything; --keep copies them to bench/results/.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from time import perf_counter

from bench.label_data import data_folder
from bench.summary import keep, read, table
from bench.tables import RESULTS


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    benches = commands(large=False)
    parser.add_argument("benches", nargs="*", metavar="bench", help=", ".join(benches))
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    if unknown := set(options.benches) - set(benches):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    failed = [] if options.table else run(options.benches or list(benches), large=options.large)
    print(f"\nThe table of the README\n\n{table(read(RESULTS))}")
    if options.keep:
        keep(RESULTS)
    if failed:
        sys.exit(f"Not measured: {', '.join(failed)}")


def commands(*, large: bool) -> dict[str, list[str]]:
    """The arguments of each bench; without open data, some measure less and say so."""
    folder = data_folder()
    taxonomy, judged = folder / "jobtech", folder / "matching-dev"
    known = taxonomy.is_dir() and judged.is_dir()
    judgements = ["--taxonomy", str(taxonomy), "--judged", str(judged)] if known else []
    judgements += ["--large"] if large else []
    return {"labels": [], "ranking": judgements, "allocation": [], "pages": [], "throughput": []}


def run(names: list[str], *, large: bool) -> list[str]:
    """Run each bench in a process of its own, so that none pays for another's memory; return the failed."""
    if not data_folder().is_dir():
        print(
            f"!! There is no open data in {data_folder()} (PRAKTIKBRON_DATA may name another folder).\n"
            "!! Names are measured on the starter catalogue, and the quality of rankings is left out."
        )
    failed = []
    for name in names:
        print(f"\n== {name}", flush=True)
        started = perf_counter()
        command = [sys.executable, "-W", "ignore", "-m", f"bench.{name}", *commands(large=large)[name]]
        if subprocess.run(command, check=False).returncode:
            failed.append(name)
        print(f"({perf_counter() - started:.0f} s)", flush=True)
    return failed


if __name__ == "__main__":
    main()
