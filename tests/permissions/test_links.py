"""Whatever link, form or button a page shows its reader leads somewhere for that reader."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client

from backend.accounts.models import User
from backend.employers.enums import MembershipRole
from tests.factories import MembershipFactory
from tests.permissions.canary import Undone, ask
from tests.permissions.matrix import MATRIX
from tests.permissions.world import Everything

LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
FORM = re.compile(r'<form\b([^>]*\bmethod="post"[^>]*)>(.*?)</form>', re.DOTALL)
BUTTON = re.compile(r"<button\b([^>]*)>")
NOWHERE = {403, 404, 405, 500}

Step = tuple[str, str, tuple[tuple[str, str], ...]]
"""Method, address, and what the button sends along."""


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def steps_on(text: str) -> Iterator[Step]:
    """Yield where links, forms and their buttons lead; a form without a button leads nowhere."""
    for link in LINK.findall(text):
        yield "get", unescape(link), ()
    for form, inside in FORM.findall(text):
        for button in BUTTON.findall(inside):
            yield from _pressed(button, attribute(button, "formaction") or attribute(form, "action"))
    for button in BUTTON.findall(text):
        yield from _pressed(button, attribute(button, "formaction"))


def _pressed(button: str, address: str) -> Iterator[Step]:
    name = attribute(button, "name")
    if address.startswith("/") and attribute(button, "type") != "button":
        yield "post", address, ((name, attribute(button, "value")),) if name else ()


def status_of(user: User, step: Step) -> int:
    """Ask in a session of its own, for one of the forms signs out; take back what is written."""
    method, address, sent = step
    with Undone():
        client = Client(raise_request_exception=False)
        client.force_login(user)
        status: int = getattr(client, method)(address, dict(sent)).status_code
    return status


def reader(role: str, everything: Everything) -> User:
    if role == "supervisor":
        return MembershipFactory(employer=everything.cast.bakery, role=MembershipRole.SUPERVISOR).user
    user = everything.cast.roles()[role]
    assert user is not None
    return user


@pytest.mark.parametrize(
    "role", ["participant", "employer_member", "supervisor", "coach", "manager", "administrator"]
)
def test_no_page_shows_a_step_that_its_reader_may_not_take(everything: Everything, role: str) -> None:
    user = reader(role, everything)
    asked: dict[Step, int] = {}
    lost = []
    for name in sorted(MATRIX):
        page = ask(name, user, everything, "get")
        if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
            continue
        for step in sorted(set(steps_on(page.content.decode()))):
            if step not in asked:
                asked[step] = status_of(user, step)
            if asked[step] in NOWHERE:
                lost.append(f"{name} shows {step}: {asked[step]}")

    assert {"get", "post"} == {method for method, _address, _sent in asked}
    assert not lost, "\n".join(lost)
