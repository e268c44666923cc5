"""Starts the demo: migrations, demo data, the worker and the web server; Ctrl-C stops both."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

from scripts.environment import ROOT, say

PORT = int(os.environ.get("PORT", "8000"))
URL = f"http://127.0.0.1:{PORT}"
ENVIRONMENT = os.environ | {"DEMO": "1", "SITE_URL": URL}
START_SECONDS = 60
STOP_SECONDS = 10


def main() -> None:
    """Prepare the database and serve until a signal comes or one of the two processes ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    _refuse_a_busy_port()
    say("Preparing the database")
    _manage("migrate", "--verbosity=0")
    _manage("load_gazetteer", "--verbosity=0")
    say("Making up the demo municipality (a minute or two the first time)")
    _manage("demo_data")
    sys.exit(_serve())


def _refuse_a_busy_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left is free
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError:
            sys.exit(
                f"Port {PORT} is taken by another program; stop that one, or choose: PORT=8001 make demo"
            )


def _manage(*arguments: str) -> None:
    ran = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=ENVIRONMENT, check=False)
    if ran.returncode:
        sys.exit(f"`manage.py {' '.join(arguments)}` failed; its last lines are above.")


def _serve() -> int:
    server = ["-m", "gunicorn", "backend.config.wsgi", f"--bind=127.0.0.1:{PORT}", "--log-level=warning"]
    server += ["--worker-class=gthread", "--workers=2", "--threads=4"]
    # What the worker did is on the page of kept e-mails; here it would push the sign-ins off the screen.
    running = [_start(server), _start(["manage.py", "run_worker"], stdout=subprocess.DEVNULL)]
    try:
        _wait_until_it_answers(running)
        print(f"\nPraktikbron is at {URL} – Ctrl-C stops it.", flush=True)
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
        print("A part of the demo ended by itself; the rest is stopped too.", flush=True)
        return 1
    finally:
        _stop(running)


def _start(arguments: list[str], *, stdout: int | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=ENVIRONMENT, stdout=stdout)


def _wait_until_it_answers(running: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and all(process.poll() is None for process in running):
        try:
            urllib.request.urlopen(f"{URL}/healthz", timeout=5).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("The server did not start; its last lines are above.")


def _stop(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    main()
