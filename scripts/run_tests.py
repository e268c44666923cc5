"""Runs the suite on SQLite, then what a database can change on PostgreSQL; pytest sums up each."""

import os
import signal
import subprocess
import sys

from scripts.environment import say
from scripts.postgres import NoPostgresError, database_url


def main() -> None:
    """Run both lanes and exit with the first failure. Arguments go to pytest."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server is stopped on the way out
    arguments = sys.argv[1:]
    sqlite = _pytest("SQLite", arguments, database=None)
    try:
        with database_url() as url:
            postgres = _pytest("PostgreSQL", ["-m", "not once", *arguments], database=url)
    except NoPostgresError as missing:
        postgres = _without_postgres(missing)
    sys.exit(sqlite or postgres)


def _pytest(lane: str, arguments: list[str], *, database: str | None) -> int:
    say(f"Testing on {lane}")
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if database:
        environment["DATABASE_URL"] = database
    # The browser's long journeys come last: who is done takes over what waits behind them.
    command = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal", "-q", *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


def _without_postgres(missing: NoPostgresError) -> int:
    """Fail in CI; on a developer's machine say what was left out."""
    print(f"{missing}\nNot tested on PostgreSQL: this machine has none and none could be installed.")
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    main()
