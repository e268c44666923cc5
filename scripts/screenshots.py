"""Takes the README's picture: the candidates of an opening, in a demo made for the occasion."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from scripts.environment import ROOT, say

PICTURES = ROOT / "docs" / "pictures"
COACH, PASSWORD = "coach1a@exempelstad.example", "praktikbron-demo"
WIDTH, HEIGHT = 1280, 900
LOOKED_AT = 12
START_SECONDS = 60
MOST_BYTES = 300_000


def main() -> None:
    """Make a demo, sign in as a job coach, and photograph the opening with most candidates."""
    with tempfile.TemporaryDirectory(prefix="praktikbron-") as folder, served(Path(folder)) as base:
        say("Taking the picture")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="sv-SE")
            sign_in(page, base)
            page.goto(base + best_opening(page, base))
            PICTURES.mkdir(exist_ok=True)
            picture = PICTURES / "candidates.png"
            page.screenshot(path=picture, animations="disabled")
            browser.close()
    size = picture.stat().st_size
    say(f"{picture.relative_to(ROOT)}, {size // 1000} KB")
    if size > MOST_BYTES:
        sys.exit("The picture is too large to be committed.")


def chromium() -> str:
    """Return the path of an installed Chromium; exits with one sentence where there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return found or sys.exit("No Chromium is installed; `apt-get install chromium` installs one.")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a new demo on a free port, and stop when the picture is taken."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DEMO": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "SITE_URL": base,
    }
    for command in ("migrate", "demo_data"):
        say(command)
        subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, env=environment, check=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "backend.config.wsgi", f"--bind=127.0.0.1:{port}"],
        cwd=ROOT,
        env=environment,
    )
    try:
        wait_for(f"{base}/healthz")
        yield base
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> None:
    """Wait until `url` answers. Exits when it does not within START_SECONDS."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("The demo did not start; its last lines are above.")


def sign_in(page: Page, base: str) -> None:
    """Sign in as a job coach, with the demo's password and the code that its page fills in."""
    page.goto(f"{base}/konto/login/")
    page.locator("details summary").last.click()
    page.locator("details input[type=email], details input[name=login]").fill(COACH)
    page.locator("details input[type=password]").fill(PASSWORD)
    page.locator("details button[type=submit]").click()
    page.wait_for_url(f"{base}/konto/2fa/authenticate/")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"{base}/hem/")


def best_opening(page: Page, base: str) -> str:
    """Return the address of the candidates page with most people who meet every requirement."""
    page.goto(f"{base}/platser/")
    links = page.locator("#results a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    openings = list(dict.fromkeys(link for link in links if link.count("-") == 4))[:LOOKED_AT]
    return max((f"{link}kandidater/" for link in openings), key=lambda url: people_shown(page, base + url))


def people_shown(page: Page, url: str) -> int:
    """Count the requirements met by those shown first."""
    page.goto(url)
    return page.locator("#results [data-mark=met]").count()


if __name__ == "__main__":
    main()
