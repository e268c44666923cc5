"""No button is refused when it is pressed, in any state of an opening, a proposal or a placement."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from django.contrib.messages import ERROR, get_messages
from django.db.models import Model
from django.test import Client

from backend.accounts.models import User
from backend.core.ui.http import TOO_LATE
from backend.employers.enums import OpeningState
from backend.internships.enums import EndReason, InternshipState, Side
from backend.matching.enums import DeclineReason, ProposalState
from tests.cast import Cast
from tests.factories import InternshipFactory, OpeningFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.permissions.canary import Undone

pytestmark = pytest.mark.django_db
READERS = ("participant", "employer_member", "coach", "manager", "administrator")
NOWHERE = {403, 404, 405, 500}


@dataclass
class Form:
    """A form with what a browser would send of it, its buttons, and whether it asks for anything."""

    action: str
    asks: bool = False
    sent: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[dict[str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    """Reads the forms of a page that post; a button elsewhere counts by its `form`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self.inside: Form | None = None
        self.elsewhere: list[dict[str, str]] = []
        self.feed(page)
        for button in self.elsewhere:
            if button["form"] in self.forms:
                self.forms[button["form"]].buttons.append(button)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        words = {name: value or "" for name, value in pairs}
        if tag == "form" and words.get("method") == "post":
            self.inside = Form(words.get("action", ""))
            self.forms[words.get("id", f"form {len(self.forms)}")] = self.inside
        elif tag == "button" and words.get("type") != "button":
            if "form" in words:
                self.elsewhere.append(words)
            elif self.inside:
                self.inside.buttons.append(words)
        elif tag in ("input", "select", "textarea") and self.inside:
            self.inside.asks |= words.get("type") != "hidden"
            if tag == "input" and _is_sent(words):
                self.inside.sent.setdefault(words["name"], []).append(words.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None


def _is_sent(words: dict[str, str]) -> bool:
    chosen = "checked" in words or words.get("type") not in ("radio", "checkbox")
    return "name" in words and chosen and "disabled" not in words


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def refused_on(page: str, user: User) -> Iterator[str]:
    """Press every button of a page, take back what it wrote, and yield those that were refused."""
    shown = client_of(user).get(page)
    if shown.status_code != 200:
        return
    for form in Forms(shown.content.decode()).forms.values():
        for button in form.buttons:
            address = button.get("formaction") or form.action or page
            sent = dict(form.sent)
            if "name" in button:
                sent[button["name"]] = [button.get("value", "")]
            with Undone():
                answer = client_of(user).post(address, sent)
                said = [str(each) for each in get_messages(answer.wsgi_request) if each.level >= ERROR]
            # A form that asks for something may be refused until it is filled in.
            if answer.status_code in NOWHERE or str(TOO_LATE) in said or (said and not form.asks):
                yield f"{page}: {address} {button.get('value', '')} {answer.status_code} {said}"


def opening_in(state: OpeningState, cast: Cast) -> Model:
    taken = {"places": 1, "places_taken": 1} if state == OpeningState.FILLED else {}
    where = cast.opening.workplace
    made: Model = OpeningFactory(workplace=where, state=state, created_by=cast.employer_member, **taken)
    return made


def proposal_in(state: ProposalState, cast: Cast) -> Model:
    unseen: dict[str, Any] = {"consent": None, "sent_at": None}
    more = unseen if state in (ProposalState.DRAFT, ProposalState.ASKED) else {}
    if state == ProposalState.ASKED:
        more = {**unseen, "asked_items": ["first_name"]}
    if state == ProposalState.DECLINED:
        more = {"decline_reason": DeclineReason.OTHER}
    opening = OpeningFactory(workplace=cast.opening.workplace, created_by=cast.employer_member)
    made: Model = ProposalFactory(
        opening=opening, participant=cast.pia, proposed_by=cast.coach, state=state, **more
    )
    return made


def internship_in(state: InternshipState, cast: Cast) -> Model:
    opening = OpeningFactory(workplace=cast.opening.workplace, places_taken=1)
    over: dict[str, Any] = {"starts_on": TODAY - timedelta(days=60), "ends_on": TODAY + timedelta(days=30)}
    if state in (InternshipState.COMPLETED, InternshipState.ENDED_EARLY):
        over["ended_on"] = TODAY
    if state == InternshipState.ENDED_EARLY:
        over |= {"ended_by_side": Side.EMPLOYER, "end_reason": EndReason.OTHER}
    made: Model = InternshipFactory(
        opening=opening, participant=cast.pia, planned_by=cast.coach, state=state, **over
    )
    return made


STATES: list[tuple[Callable[..., Model], Any]] = [
    *((opening_in, state) for state in OpeningState),
    *((proposal_in, state) for state in ProposalState),
    *((internship_in, state) for state in InternshipState),
]


@pytest.mark.parametrize(
    ("make", "state"), STATES, ids=lambda each: getattr(each, "value", getattr(each, "__name__", ""))
)
def test_every_button_can_be_pressed(cast: Cast, make: Callable[..., Model], state: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        page = make(state, cast).get_absolute_url()  # type: ignore[attr-defined]
        users = {role: cast.roles()[role] for role in READERS}
        refused = [each for user in users.values() if user for each in refused_on(page, user)]

    assert refused == []


def test_the_reader_of_forms_sees_what_a_browser_would_send() -> None:
    page = """
      <form method="post" action="/a/" id="a"><input name="x" value="1">
      <input type="radio" name="y" value="2">
      <input type="checkbox" name="z" value="3" checked><button name="b" value="4">B</button></form>
      <button form="a" formaction="/c/">C</button><form method="get"><button>D</button></form>"""

    [form] = Forms(page).forms.values()

    assert form.sent == {"x": ["1"], "z": ["3"]}
    assert [(each.get("name"), each.get("formaction")) for each in form.buttons] == [
        ("b", None),
        (None, "/c/"),
    ]
