"""Somebody at a browser, who looks closely at every page on the way."""

import os
import re
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Browser, BrowserContext, Page

DESK, PHONE, SMALLEST = 1280, 390, 320
# What the people who build the page promise at every width and in both colour schemes (WCAG 2.2 AA).
# Colours do not depend on the width: the dark ones are looked at once.
LOOKS = [(DESK, "light"), (DESK, "dark"), (SMALLEST, "light")]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CODE = re.compile(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", re.MULTILINE)
# The elements that make the page scroll sideways: those that stick out and are not inside a scroll box.
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 0.5)
    .map(each => each.outerHTML.slice(0, 120))"""


def chromium() -> str:
    """Return the path of the machine's own browser."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "no Chromium is installed"
    return found


@dataclass
class Visitor:
    """One person with a browser of their own; `seen` remembers the pages that were looked at closely."""

    page: Page
    base: str
    width: int = DESK
    errors: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    pictures: int = 0
    key: str = ""

    @classmethod
    def arrive(cls, browser: Browser, base: str, width: int = DESK) -> "Visitor":
        """Open a fresh browser window of a desk's width, or a phone's."""
        context: BrowserContext = browser.new_context(
            locale="sv-SE", viewport={"width": width, "height": 900}
        )
        visitor = cls(context.new_page(), base, width)
        visitor.page.on("pageerror", lambda error: visitor.errors.append(str(error)))
        visitor.page.on(
            "console",
            lambda message: visitor.errors.append(message.text) if message.type == "error" else None,
        )
        return visitor

    def go(self, path: str) -> None:
        """Go to `path` and look closely."""
        response = self.page.goto(self.base + path)
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        self.look()

    def look(self) -> None:
        """Check the page as it stands: accessible in every look, nothing cut off, no error in the console."""
        name = re.sub(r"(?<=/svar/)[^/]+|[0-9a-f-]{36}", "…", self.page.url.removeprefix(self.base))
        if name.startswith(("/konto/", "/svar/")) and name in self.seen:
            return  # Whoever comes back signs in and answers by the same pages.
        # What a page is made of is looked at in every look once; what stands on it then, each time.
        for width, scheme in LOOKS[:1] if name in self.seen else LOOKS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            faults = Axe().run(self.page).response["violations"]
            told = [(each["id"], [node["target"] for node in each["nodes"]]) for each in faults]
            assert told == [], f"{name} at {width} px, {scheme}: {told}"
            too_wide = self.page.evaluate(TOO_WIDE)
            assert too_wide == [], f"{name} scrolls sideways at {width} px: {too_wide}"
        self.page.set_viewport_size({"width": self.width, "height": 900})
        self.page.emulate_media(color_scheme="light")
        self._picture(name)
        # The browser calls the answer to a refused form (422) a failure to load.
        errors = [each for each in self.errors if "status of 422" not in each]
        assert errors == [], f"{name}: {errors}"
        self.seen.add(name)

    def _picture(self, name: str) -> None:
        """Keep a picture of the page where PRAKTIK_PICTURES names a folder."""
        if folder := os.environ.get("PRAKTIK_PICTURES"):
            self.pictures += 1
            file = f"{self.width}-{id(self) % 1000}-{self.pictures:02}-{re.sub(r'[^a-z…]+', '-', name)}.png"
            self.page.screenshot(path=Path(folder) / file, full_page=True)

    def fill(self, **values: str) -> None:
        """Write in the fields with these names; a checkbox or radio button is chosen by its value."""
        for name, value in values.items():
            inputs = self.page.locator(f'main [name="{name}"]')
            kind = inputs.first.get_attribute("type")
            if kind in ("radio", "checkbox"):
                self.page.locator(f'main [name="{name}"][value="{value}"]').check()
            elif inputs.first.evaluate("each => each.tagName") == "SELECT":
                inputs.first.select_option(value)
            else:
                inputs.first.fill(value)

    def press(self, words: str) -> None:
        """Press the button or link that says `words`, and look at the page that comes."""
        self.page.locator(f'main :is(button, a):has-text("{words}"):visible').first.click()
        self.page.wait_for_load_state("networkidle")
        self.look()

    def send(self) -> None:
        """Send the page's form by its first button, and look at the page that comes."""
        self.page.locator("main form button[type=submit]:visible").first.click()
        self.page.wait_for_load_state("networkidle")
        self.look()

    def unfold(self) -> None:
        """Open all that is folded on the page."""
        self.page.evaluate(
            "document.querySelectorAll('main details').forEach((each) => { each.open = true })"
        )

    def reads(self, *words: str) -> None:
        """Check that the page says all of `words`."""
        text = self.page.locator("main").inner_text()
        for each in words:
            assert each in text, f"{each!r} is not on {self.page.url}:\n{text}"

    def sign_in(self, email: str) -> None:
        """Sign in by the code that is sent to `email`, and by the code of an app where that is asked for."""
        self.go("/konto/login/code/")
        self.fill(email=email)
        self.page.locator("main form button[type=submit]").first.click()
        self.enter_code()
        if "/2fa/totp/activate/" in self.page.url:
            self.set_up_app()
        elif self.key and "/2fa/authenticate/" in self.page.url:
            self.show_code_of_app()

    def set_up_app(self) -> None:
        """Let an app on the phone show codes from now on, and keep the recovery codes."""
        self.key = self.page.locator("main form code").inner_text()
        self.fill(code=self.code_of_app())
        self.press("Slå på")
        assert "/2fa/recovery-codes/" in self.page.url, self.page.url
        self.press("Fortsätt")

    def code_of_app(self) -> str:
        """Return what the app on the phone shows now."""
        return str(format_hotp_value(hotp_value(self.key, int(time.time()) // 30)))

    def show_code_of_app(self) -> None:
        """Enter what the app shows."""
        self.look()
        self.fill(code=self.code_of_app())
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state("networkidle")

    def enter_code(self) -> None:
        """Enter the code of the newest mail."""
        self.page.wait_for_selector('main [name="code"]')
        self.look()
        code = CODE.search(str(mail.outbox[-1].body))
        assert code, mail.outbox[-1].body
        self.fill(code=code.group(1))
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state("networkidle")
        self.look()
