"""What two long forms cost their writers: pages, taps and letters in a real browser, and the time for them.

python -m bench.keystrokes [--demo DATABASE.sqlite3] [--browser /usr/bin/chromium]
An employer on a phone (390 px) goes from an account that speaks for nobody to an opening that is sent; a job
coach at a desk enrols somebody with twelve skills. Both are signed in before the count begins. A page is one
that the browser opens; a tap is a press on a field, a choice or a button; a letter is a key.

The time is the keystroke-level model's, for somebody who knows what to write and makes no mistake, without
the time that the server takes: M 1.35 s to think before each tap, P 1.1 s to point, B 0.1 s to press, H 0.4 s
between mouse and keyboard, K 0.28 s a key for an average typist (Card, Moran & Newell, The Psychology of
Human-Computer Interaction, 1983). On a phone there is no H, and a letter is that of the mean of 37,370 people
who wrote with their thumbs: 36.2 words of five letters a minute (Palin et al., How do People Type on Mobile
Devices?, MobileHCI 2019).
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.pages import prepare
from bench.tables import print_table, save

PACKAGES = ("Django", "playwright")
THINK, POINT, PRESS, HOME, KEY = 1.35, 1.1, 0.1, 0.4, 0.28
LETTER_ON_PHONE = 60 / (36.2 * 5)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
START_SECONDS = 60
MOST_SECONDS = 180  # to publish on a phone
DESCRIPTION = "Du dukar, diskar, brygger kaffe och hjälper gästerna. Vi är tre som jobbar här."
SKILLS = (
    "diska, städa, laga mat, baka, servera, köra truck, packa varor, ta emot leveranser, "
    "sköta kassa, snickra, måla, klippa gräs"
)


@dataclass
class Hand:
    """Somebody's hand on one page after the other: it taps and types, and counts."""

    page: Any
    on_phone: bool
    pages: int = 0
    taps: int = 0
    letters: int = 0
    homings: int = 0
    tall: list[int] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Begin on a page, which counts as one."""
        self.page.on("domcontentloaded", self._loaded)
        self.page.goto(address)

    def tap(self, what: str) -> None:
        """Press something."""
        self.page.locator(what).first.click()
        self.taps += 1

    def leave_by(self, what: str) -> None:
        """Press something that opens the next page."""
        self.tall.append(self.page.evaluate("document.documentElement.scrollHeight"))
        with self.page.expect_navigation():
            self.tap(what)
        self.page.wait_for_load_state()

    def type(self, what: str, words: str) -> None:
        """Tap a field and write in it."""
        self.tap(what)
        self.page.locator(what).first.press_sequentially(words)
        self.letters += len(words)
        self.homings += 0 if self.on_phone else 2

    def choose(self, what: str, index: int) -> None:
        """Open a list of choices and tap one."""
        self.page.locator(what).select_option(index=index)
        self.taps += 2

    def _loaded(self, _page: Any) -> None:
        self.pages += 1

    @property
    def seconds(self) -> float:
        """The time of the keystroke-level model."""
        letter = LETTER_ON_PHONE if self.on_phone else KEY
        return self.taps * (THINK + POINT + PRESS) + self.letters * letter + self.homings * HOME


def main() -> None:
    with demo_served(__doc__) as (site, browser):
        results = measure(site, browser)
    tell(results)
    if any(found["seconds"] > MOST_SECONDS for name, found in results.items() if "opening" in name):
        sys.exit("An opening takes more than three minutes on a phone.")
    print(f"\nKept in {save('keystrokes', results, packages=PACKAGES)}")


@contextmanager
def demo_served(doc: str | None) -> Iterator[tuple[str, str]]:
    """Serve a demo as the command line asks for; give its address and the browser to read it with."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--demo", type=Path)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="praktikbron-bench-") as folder:
        prepare(Path(folder) / "bench.sqlite3", options.demo)
        with served() as site:
            yield site, options.browser


def measure(site: str, browser: str) -> dict[str, Any]:
    """Do both tasks in a browser and return what they took."""
    from backend.accounts.models import User
    from backend.demo.world import DOMAIN

    newcomer = User.objects.create(email="ny@bench.example", name="Ny Arbetsgivare", persona="employer")
    coach = User.objects.get(email=f"coach1a@{DOMAIN}")
    member = User.objects.get(email="arbetsgivare6@praktik.example")
    return {
        "an opening, from nothing, on a phone": walk(site, browser, newcomer, write_opening, on_phone=True),
        "the next opening, at an employer that is known, on a phone": walk(
            site, browser, member, write_the_next, on_phone=True
        ),
        "an earlier opening once more, on a phone": walk(site, browser, member, copy_one, on_phone=True),
        "lasting places of an association, on a phone": walk(
            site, browser, member, register_places, on_phone=True
        ),
        "enrolment with twelve skills": walk(site, browser, coach, enrol, on_phone=False),
    }


def walk(
    site: str, browser: str, user: Any, way: Callable[[Hand], None], *, on_phone: bool
) -> dict[str, Any]:
    """Let `user`, who is signed in, go `way`."""
    with signed_in(site, browser, user, on_phone=on_phone) as context:
        hand = Hand(context.new_page(), on_phone)
        way(hand)
    return {
        "pages": hand.pages,
        "taps": hand.taps,
        "letters": hand.letters,
        "seconds": round(hand.seconds, 1),
        "tallest_px": max(hand.tall),
    }


@contextmanager
def signed_in(site: str, browser: str, user: Any, *, on_phone: bool) -> Iterator[Any]:
    """Give a browser's context in which `user` is signed in."""
    from django.conf import settings
    from django.test import Client
    from playwright.sync_api import sync_playwright

    client = Client()
    # A browser's own loop runs in this thread meanwhile, so the database is asked before it starts.
    client.force_login(user)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as program:
        chromium = program.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        context = chromium.new_context(base_url=site, viewport=PHONE if on_phone else DESK, locale="sv-SE")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "url": site, "value": key}])
        yield context
        chromium.close()


def write_opening(hand: Hand) -> None:
    """An employer who speaks for nobody yet: organisation, workplace, opening, sent to be read."""
    hand.open("/hem/")
    if hand.page.locator("select#id_municipality").count():
        hand.choose("select#id_municipality", 1)
    hand.type("#id_organisationsnummer", "556000-4615")
    hand.type("#id_name", "Bänkens Kafé AB")
    hand.tap("label[for=id_kind_0]")
    hand.leave_by("main form button[type=submit]:visible")
    hand.type("#id_name", "Kaféet vid ån")
    hand.type("#id_place", "632 20")
    hand.leave_by("main form button[type=submit]:visible")
    hand.type("#id_title", "Kafébiträde")
    hand.type(
        "#id_description", "Du dukar, diskar, brygger kaffe och hjälper gästerna. Vi är tre som jobbar här."
    )
    hand.leave_by("button[name=publish]")
    hand.page.locator("h1", has_text="Kafébiträde").wait_for()


def write_the_next(hand: Hand) -> None:
    """From home to a second opening that everybody reads: a title, the work in a sentence, published."""
    hand.open("/hem/")
    hand.leave_by("main a[href='/mina-platser/']")
    hand.leave_by("main a[href='/platser/ny/']")
    hand.type("#id_title", "Kafébiträde")
    hand.type("#id_description", DESCRIPTION)
    hand.leave_by("button[name=publish]")
    hand.page.locator("h1", has_text="Kafébiträde").wait_for()


def register_places(hand: Hand) -> None:
    """From home to lasting places on two weekdays: what one does there, the kind, the days and how many."""
    hand.open("/hem/")
    hand.leave_by("main a[href='/mina-platser/']")
    hand.leave_by("main a[href='/kapacitet/']")
    hand.leave_by("main a[href='/kapacitet/ny/']")
    if hand.page.locator("select#id_workplace").count():
        hand.choose("select#id_workplace", 1)
    hand.type("#id_work", "Sortera kläder, laga möbler, servera kaffe")
    hand.choose("select#id_placement_kind", 1)
    hand.tap("label[for=id_weekdays_0]")
    hand.tap("label[for=id_weekdays_2]")
    hand.type("#id_places", "3")
    hand.leave_by("main form button[type=submit]:visible")
    hand.page.locator("h1", has_text="Sortera kläder").wait_for()


def copy_one(hand: Hand) -> None:
    """From home to the same as before, published anew."""
    hand.open("/hem/")
    hand.leave_by("main a[href='/mina-platser/']")
    hand.leave_by("main .row-title a")
    hand.leave_by("main form[action$='/kopiera/'] button")
    hand.leave_by("button[name=publish]")
    hand.page.locator(".next").first.wait_for()


def enrol(hand: Hand) -> None:
    """A job coach beside the person: a name, what was said as it was said, and a look at the rows."""
    hand.open("/deltagare/")
    hand.leave_by("main a[href='/deltagare/ny/']")
    hand.type("#id_first_name", "Amal")
    hand.type("#id_last_name", "Bänkström")
    hand.type("#id_notes", f"Kan {SKILLS}.")
    hand.leave_by("main form button[type=submit]:not([name]):visible")
    hand.leave_by("main form button[type=submit]:not([name]):visible")
    hand.page.locator("h1", has_text="Amal").wait_for()


@contextmanager
def served() -> Iterator[str]:
    """Serve the demo on a free port as long as it is needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    server = ["-m", "gunicorn", "backend.config.wsgi", f"--bind=127.0.0.1:{port}", "--log-level=error"]
    with subprocess.Popen([sys.executable, *server], env=os.environ | {"SITE_URL": site}) as process:
        try:
            wait_for(f"{site}/healthz")
            yield site
        finally:
            process.terminate()


def wait_for(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("The server did not start.")


def tell(results: dict[str, Any]) -> None:
    print_table(
        "What two long forms cost their writers, by the keystroke-level model",
        ["", "pages", "taps", "letters", "minutes", "tallest page, px"],
        [
            [
                name,
                found["pages"],
                found["taps"],
                found["letters"],
                f"{found['seconds'] / 60:.1f}",
                found["tallest_px"],
            ]
            for name, found in results.items()
        ],
    )


if __name__ == "__main__":
    main()
