"""Every page of the running demo in a real browser: what axe finds, and what is wider than the screen.

python -m bench.every_page [--url http://127.0.0.1:8000] [--each 2] [--only WORD] [--no-axe] [--pairs]
    [--open]
The demo runs already (`make demo`). Each account follows the links of its own pages; of addresses that
differ only in their keys, `--each` are visited. Every page is read in Swedish and English, light and dark,
320 and 1,280 pixels wide, and 320 wide with text twice as big (WCAG 2.2: 1.4.4, 1.4.10, 2.5.8). With
`--pairs`, in five of these ten states, chosen so that each two of language, colours and width meet once;
with `--open`, what is folded stands open. Ends with 1 when anything is found.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PASSWORD = "praktikbron-demo"
ACCOUNTS = {
    "anybody": "",
    "participant, asked": "deltagare3@praktik.example",
    "participant, placed": "deltagare1@praktik.example",
    "employer": "arbetsgivare6@praktik.example",
    "coach": "coach1a@exempelstad.example",
    "manager": "chef1@exempelstad.example",
    "administrator": "admin@exempelstad.example",
}
STATES = [
    ("light", 1280, ""),
    ("dark", 1280, ""),
    ("light", 320, ""),
    ("dark", 320, ""),
    ("light", 320, "200%"),
]
LANGUAGES = ("sv", "en")
PAIRS = {
    "sv": [("light", 1280, ""), ("dark", 320, ""), ("light", 320, "200%")],
    "en": [("dark", 1280, ""), ("light", 320, "")],
}
# A code that was used a moment ago is not offered again; the next one comes within half a minute.
TRIES, UNTIL_NEXT_CODE = 8, 5_000
# What opens slides; half way its last button is hidden in part, and axe calls it too small.
UNTIL_UNFOLDED = 800
NO_PAGES = re.compile(
    r"/(excel|api|admin|utveckling|static|forslag-pa|logga-ut)/|\.(txt|xlsx|ico|svg)$|^/konto/logout/"
)
KEY = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}/|/\d+/")
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (rules) => (await axe.run(document, {runOnly: {type: 'tag', values: rules}})).violations
  .map((each) => each.id + ': ' + each.nodes.slice(0, 2).map((node) => node.target.join(' ')).join(' | '))"""
WIDER = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return '';
  const out = [...document.querySelectorAll('body *')].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width && box.right > wide + 1 && !each.closest('.scroll');
  });
  const name = (each) => each.tagName.toLowerCase() + '.' + String(each.className.baseVal ?? each.className);
  return document.documentElement.scrollWidth + ' px: ' + out.slice(-2).map(name).join(' | ');
}"""

# A target is too small when it is under 24 pixels, stands alone (not in a line of text), and a circle of 24
# pixels at its middle meets another target or the circle of another that is too small.
TARGETS = """() => {
  const kinds = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const seen = [...document.querySelectorAll(kinds)]
    .filter((each) => each.type !== 'hidden' && each.checkVisibility({visibilityProperty: true}))
    .filter((each) => !each.closest('.ds-sr-only, .skip, .scroll[tabindex]:not(:has(*))'))
    .map((each) => [each, (each.matches('input') && each.labels[0] && each.type.match(/checkbox|radio|file/)
      ? [each, each.labels[0]] : [each]).map((one) => one.getBoundingClientRect())])
    .map(([each, boxes]) => ({each, left: Math.min(...boxes.map((b) => b.left)),
      right: Math.max(...boxes.map((b) => b.right)), top: Math.min(...boxes.map((b) => b.top)),
      bottom: Math.max(...boxes.map((b) => b.bottom))}))
    .filter((at) => at.right - at.left > 1 && at.bottom - at.top > 1);
  const isSmall = (at) => at.right - at.left < 23.5 || at.bottom - at.top < 23.5;
  const isInText = (each) => getComputedStyle(each).display === 'inline'
    && [...each.parentElement.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim());
  const middle = (at) => [(at.left + at.right) / 2, (at.top + at.bottom) / 2];
  const meets = (at, other) => {
    const [x, y] = middle(at);
    if (isSmall(other)) { const [u, v] = middle(other); return Math.hypot(x - u, y - v) < 24; }
    const over = Math.max(other.left - x, 0, x - other.right);
    const down = Math.max(other.top - y, 0, y - other.bottom);
    return Math.hypot(over, down) < 12;
  };
  return seen.filter((at) => isSmall(at) && !isInText(at.each) && seen.some((other) => other !== at
    && !other.each.contains(at.each) && !at.each.contains(other.each) && meets(at, other)))
    .map((at) => `${at.each.tagName.toLowerCase()}.${at.each.className} `
      + `"${at.each.textContent.trim().slice(0, 30)}" `
      + `${Math.round(at.right - at.left)}x${Math.round(at.bottom - at.top)}`);
}"""


UNFOLD = "() => document.querySelectorAll('main details').forEach((each) => { each.open = true })"


@dataclass
class Found:
    """What was read, and what was wrong with it."""

    pages: int = 0
    states: int = 0
    faults: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--each", type=int, default=2)
    parser.add_argument("--only", default="", help="read only for the accounts whose name has this word")
    parser.add_argument("--no-axe", action="store_true")
    parser.add_argument("--open", action="store_true", help="read what is folded too")
    parser.add_argument("--pairs", action="store_true", help="five states of ten, each two axes meet once")
    options = parser.parse_args()
    found = Found()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for who, email in ACCOUNTS.items():
            if options.only in who:
                read_as(browser, who, email, options, found)
    tell(found)
    sys.exit(bool(found.faults or found.wide or found.small or found.failed))


def read_as(browser: Browser, who: str, email: str, options: argparse.Namespace, found: Found) -> None:
    """Read every page that one account comes to by its links, in every state."""
    context = browser.new_context(base_url=options.url, locale="sv-SE")
    page = context.new_page()
    if email:
        sign_in(page, email)
    count = 0
    for address in crawl(page, options.url, each=options.each):
        count += 1
        for language in LANGUAGES:
            read(page, context, address, language, found, who=who, options=options)
    found.pages += count
    print(f"{who}: {count} pages", flush=True)
    context.close()


def sign_in(page: Page, email: str) -> None:
    """Sign in with the password; the demo has filled in the second factor."""
    page.goto("/konto/login/")
    page.click("main details summary")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.press("input[name=password]", "Enter")
    for _ in range(TRIES):
        if "/2fa/" not in page.url:
            break
        page.goto(page.url)
        if not page.input_value("main form input[name=code]"):
            page.wait_for_timeout(UNTIL_NEXT_CODE)
            continue
        with page.expect_navigation():
            page.locator("main form button[type=submit]").first.click()
    if "/konto/" in page.url:
        raise SystemExit(f"{email} could not sign in: {page.url}")


def crawl(page: Page, url: str, *, each: int) -> Iterator[str]:
    """Yield the addresses that links lead to, `each` of those that differ only in their keys."""
    seen: Counter[str] = Counter()
    queue, known = ["/", "/hem/"], {"/", "/hem/"}
    while queue:
        address = queue.pop(0)
        pattern = KEY.sub("/*/", KEY.sub("/*/", address))
        if seen[pattern] >= each or NO_PAGES.search(address):
            continue
        answer = page.goto(address)
        if (
            answer is None
            or answer.status != 200
            or "text/html" not in answer.headers.get("content-type", "")
        ):
            if answer is not None and answer.status >= 400:
                print(f"  {answer.status} {address}", flush=True)
            continue
        seen[pattern] += 1
        yield address
        for link in page.eval_on_selector_all(
            "a[href]", "all => all.map((each) => each.getAttribute('href'))"
        ):
            parts = urlsplit(urljoin(page.url, link))
            if f"{parts.scheme}://{parts.netloc}" == url and parts.path not in known:
                known.add(parts.path)
                queue.append(parts.path)


def read(
    page: Page,
    context: BrowserContext,
    address: str,
    language: str,
    found: Found,
    *,
    who: str,
    options: argparse.Namespace,
) -> None:
    """Read one page in one language in every state."""
    context.add_cookies([{"name": "language", "value": language, "url": page.url}])
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        found.failed.append(f"{who} {language} {address}: {answer and answer.status}")
        return
    if options.open:
        page.evaluate(UNFOLD)
        page.wait_for_timeout(UNTIL_UNFOLDED)
    if not options.no_axe:
        page.evaluate(AXE.read_text())
    for scheme, width, size in PAIRS[language] if options.pairs else STATES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
        where = f"{who} {language} {scheme} {width} {size} {address}"
        if wide := page.evaluate(WIDER):
            found.wide.append(f"{where}: {wide}")
        found.small += [f"{where}: {target}" for target in page.evaluate(TARGETS)]
        if not options.no_axe:
            found.faults += [f"{where}: {fault}" for fault in page.evaluate(RUN, RULES)]
        found.states += 1
    context.add_cookies([{"name": "language", "value": "sv", "url": page.url}])


def tell(found: Found) -> None:
    for heading, lines in (
        ("Not read", found.failed),
        ("Wider than the screen", found.wide),
        ("Targets under 24 pixels", found.small),
        ("Found by axe", found.faults),
    ):
        if lines:
            print(f"\n{heading}")
            print("\n".join(lines))
    print(
        f"\n{found.pages} pages, {found.states} pages x states: {len(found.faults)} found by axe, "
        f"{len(found.wide)} wider than the screen, {len(found.small)} targets too small, "
        f"{len(found.failed)} not read"
    )


if __name__ == "__main__":
    main()
