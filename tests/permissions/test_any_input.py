"""Whatever is sent to an address that takes a form, it is refused or taken: nothing breaks."""

import json
import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.factories.base import NOW
from tests.permissions.canary import TAKES_A_FILE
from tests.permissions.matrix import MATRIX, Door
from tests.permissions.test_sent_twice import ELSEWHERE, FORMS
from tests.permissions.world import Everything

pytestmark = pytest.mark.postgres  # refuses more than SQLite does: NUL, half a surrogate, too large a number

NASTY: list[Any] = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff \ud83d",
    "x" * 5_000,
    "😀" * 300,
    "-1",
    "0",
    "1" * 40,
    "9" * 5_000,
    "1e400",
    "NaN",
    "Infinity",
    "37,55",
    "0024-01-01",
    "9999-12-31",
    "0000-00-00",
    "2026-02-30",
    "ten o'clock",
    "00000000-0000-0000-0000-000000000000",
    "{'a': 1}",
    '{"__proto__": []}',
    "'; drop table participants; --",
    "<script>alert(1)</script>",
    "\u202e\u0000\ufffe",
    ["", "", "x"],
    ["1"] * 3_000,
]
FIELD = re.compile(r'\bname="([^"]+)"')
NOT_OURS = {
    "csrfmiddlewaretoken",
    "form_token",
    "viewport",
    "color-scheme",
    "htmx-config",
    "language",
    "next",
}
ROUNDS = 6


def sender(door: Door, everything: Everything) -> Any:
    """Return somebody to whom the door is open, staff before others: they reach furthest."""
    order = ["coach", "manager", "administrator", "employer_member", "participant", "guest", "other_coach"]
    return everything.cast.roles()[next(each for each in order if each in door.open_to)]


def fields_on(client: Client, address: str) -> set[str]:
    page = client.get(address)
    is_page = page.status_code == 200 and page.headers["Content-Type"].startswith("text/html")
    return set(FIELD.findall(page.content.decode()) if is_page else []) - NOT_OURS


def attempts(name: str, everything: Everything, fields: set[str]) -> Iterator[dict[str, Any]]:
    """Yield nothing at all, nasty values in all fields, and one in each field beside usable ones."""
    chance = random.Random(name)
    usable = FORMS[name][1](everything) if name in FORMS else {}
    names = sorted(fields | set(usable))
    yield {}
    for _round in range(ROUNDS):
        yield {field: chance.choice(NASTY) for field in names}
    for field in names:
        yield {**usable, field: chance.choice(NASTY)}


def tried(client: Client, address: str, data: dict[str, Any]) -> int:
    with transaction.atomic():
        # As bytes that are no text: a lone surrogate cannot be sent in any other way.
        body = urlencode(data, doseq=True, errors="surrogatepass")
        status: int = client.post(address, body, "application/x-www-form-urlencoded").status_code
        transaction.set_rollback(True)
    return status


@pytest.fixture(autouse=True)
def at_noon(gazetteer: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def takes_a_form(name: str) -> bool:
    return not name.startswith("api:") and bool(MATRIX[name].open_to - {"anonymous"})


@pytest.mark.parametrize("name", sorted(filter(takes_a_form, MATRIX)))
def test_no_form_breaks_a_page(everything: Everything, name: str) -> None:
    door, client = MATRIX[name], Client()
    client.force_login(sender(door, everything))
    address = reverse(name, kwargs=ELSEWHERE.get(name, door.names)(everything))
    if tried(client, address, {}) == 405:
        return
    fields = fields_on(client, address) | set(door.data(everything))
    statuses = {tried(client, address, data) for data in attempts(name, everything, fields)}

    assert statuses <= {200, 302, 400, 404, 409, 422}


BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"7",
    b'"x"',
    b'{"title": "\\ud800", "kind": "\\udfff", "languages": {"\\ud83d": "A1"}}',
    b'{"title": "\\u0000", "kind": "\\u0000"}',
    b'{"title": "\xff\xfe"}',
    b'{"places": 1e400, "hours_min": NaN, "starts_on": "0024-01-01"}',
    b'{"places": ' + b"9" * 5_000 + b"}",
    b'{"starts_on": "9999-12-31", "ends_on": "2026-02-30"}',
    b"[" * 100_000,
    b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    json.dumps({"requirements": [{"text": f"sak {number}"} for number in range(20_000)]}).encode(),
    json.dumps({"requirements": [{"text": f"sak {number}"} for number in range(40)]}).encode(),
    json.dumps({"languages": {f"x{number}": "A1" for number in range(5_000)}}).encode(),
    json.dumps({"title": ["x"], "weekdays": {"a": [1]}, "licences": [[[]]], "workplace": {}}).encode(),
]
API = [name for name, door in MATRIX.items() if name.startswith("api:") and door.method == "post"]


@pytest.mark.parametrize("name", ["api:opening-list", *sorted(API)])
def test_no_json_breaks_the_api(everything: Everything, name: str) -> None:
    client = Client()
    client.force_login(everything.cast.employer_member)
    address = reverse(name, kwargs=MATRIX[name].names(everything))
    for body in BODIES:
        with transaction.atomic():
            answer = client.post(address, body, "application/json")
            transaction.set_rollback(True)

        kinds = {415} if name in TAKES_A_FILE else set()
        assert answer.status_code in {200, 201, 400, 404, 409, 422} | kinds, body[:80]
        assert answer.json()


QUERIES = ["\x00", "\ud800", "9" * 400, "NaN", "9999-12-31", "0024-01-01", "x" * 3_000, "[]"]
ASKED = {"page", "q", "sort", "state", "kind", "for", "unit", "employer", "coach", "proposal"}


@pytest.mark.parametrize("name", sorted(name for name, door in MATRIX.items() if door.method == "get"))
def test_no_query_breaks_a_page(everything: Everything, name: str) -> None:
    door, client = MATRIX[name], Client()
    if door.open_to - {"anonymous"}:
        client.force_login(sender(door, everything))
    address = reverse(name, kwargs=door.names(everything))
    fields = sorted(fields_on(client, address) | ASKED)
    for value in QUERIES:
        asked = urlencode(dict.fromkeys(fields, value), errors="surrogatepass")
        with transaction.atomic():
            status = client.get(f"{address}?{asked}").status_code
            transaction.set_rollback(True)

        assert status < 500, (value, asked)
