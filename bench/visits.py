"""Visits to the main pages by those who use them, timed, with their queries counted."""

from __future__ import annotations

import heapq
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from rapidfuzz import fuzz

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core.writing import audit
from backend.demo.world import DOMAIN
from backend.employers.models import Opening
from backend.matching.board.allocation import board_for
from backend.matching.enums import BanReason
from backend.matching.pages.forms import BoardForm
from backend.matching.rankings.ranking import rank_for_opening
from backend.participants.enums import MATCHABLE_STATES
from backend.participants.models import Participant, SkillEvidence
from bench.tables import Taken, timed

TIMES, EDITS = 30, 20
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Page:
    name: str
    url: str
    who: User | None = None


@cache
def coach() -> User:
    return User.objects.get(email=f"coach1a@{DOMAIN}")


def pages() -> list[Page]:
    """The nine pages that the work is done on."""
    manager = User.objects.get(email=f"chef1@{DOMAIN}")
    opening, person = an_opening(), a_person()
    return [
        Page("start", reverse("home:start")),
        Page("openings", reverse("employers:opening_list")),
        Page("opening", reverse("employers:opening_detail", args=[opening.pk])),
        Page("candidates of an opening", reverse("matching:candidates", args=[opening.pk]), coach()),
        Page("openings of a person", reverse("matching:openings_for", args=[person.pk]), coach()),
        Page("person", reverse("participants:participant_detail", args=[person.pk]), coach()),
        Page("my people", reverse("participants:participant_list"), coach()),
        Page("my day", reverse("home:my_home"), coach()),
        Page("overview", reverse("reports:overview"), manager),
    ]


@cache
def an_opening() -> Opening:
    """The published opening that asks for most."""
    published = Opening.objects.listed().filter(capacity=None, occupation__isnull=False)
    asked = published.annotate(asked=Count("requirements")).order_by("-asked", "created_at", "pk")
    return asked[0]


@cache
def a_person() -> Participant:
    """The coach's person who waits and has most behind them."""
    waiting = Participant.objects.filter(coach=coach(), state__in=MATCHABLE_STATES, is_protected=False)
    told = waiting.annotate(told=Count("proposals", distinct=True), skilled=Count("skills", distinct=True))
    return told.filter(Q(skilled__gt=3)).order_by("-told", "-skilled", "pk")[0]


@cache
def another_person() -> Participant:
    """Somebody else of the coach's who waits."""
    waiting = Participant.objects.filter(coach=coach(), state__in=MATCHABLE_STATES, is_protected=False)
    return waiting.exclude(pk=a_person().pk).order_by("pk")[0]


def visit_all() -> dict[str, dict[str, float]]:
    return {page.name: visit(page) for page in pages()}


def visit(page: Page) -> dict[str, float]:
    """Ask for a page as the first one after a change, then many times, then once with the queries counted."""
    client = Client(HTTP_HOST=HOST)
    if page.who:
        client.force_login(page.who)
    ask(client, page)
    for changed, action in ((another_person(), "updated"), (an_opening(), "changed")):
        audit.record(changed, action, by=None, at=now())
    first = ask(client, page)
    taken = [ask(client, page) for _ in range(TIMES)]
    with CaptureQueriesContext(connection) as queries:
        ask(client, page)
    return {
        **spread_of(taken),
        "first_ms": round(1000 * first.wall),
        "cpu_first_ms": round(1000 * first.cpu),
        "queries": len(queries),
    }


def edit_the_board() -> dict[str, dict[str, float]]:
    """Keep or refuse one pair of the board after another; after each, the board is drawn anew."""
    client = Client(HTTP_HOST=HOST)
    client.force_login(coach())
    page = Page("board", reverse("matching:board"), coach())
    ask(client, page)
    sent, drawn = [], []
    for number, (opening, person) in enumerate(pairs_on_the_board()[:EDITS]):
        choice = {"kind": "pin"} if number % 2 else {"ban": BanReason.NOT_NOW}
        url = reverse("matching:board_choose", args=[opening, person])
        taken, response = timed(lambda url=url, choice=choice: client.post(url, choice))
        if response.status_code != HTTPStatus.FOUND:
            raise RuntimeError(f"{url}: {response.status_code}")
        sent.append(taken)
        drawn.append(ask(client, page))
    return {"what is sent": spread_of(sent), "the board anew": spread_of(drawn)}


def pairs_on_the_board() -> list[tuple[UUID, UUID]]:
    """The pairs that the board suggests first: opening and person."""
    columns = board_for(coach(), at=now(), settings=BoardForm({}).settings, page=1).columns
    return [(column.opening.pk, card.match.subject.pk) for column in columns for card in column.cards]


def spread_of(taken: Sequence[Taken]) -> dict[str, float]:
    wall, cpu = [1000 * one.wall for one in taken], [1000 * one.cpu for one in taken]
    return spread(wall, "") | spread(cpu, "cpu_")


def spread(milliseconds: Sequence[float], prefix: str) -> dict[str, float]:
    p95 = statistics.quantiles(milliseconds, n=20)[-1]
    return {f"{prefix}p50_ms": round(statistics.median(milliseconds), 1), f"{prefix}p95_ms": round(p95, 1)}


def ask(client: Client, page: Page) -> Taken:
    """What the server takes for a page. Raises RuntimeError when the page is not shown."""
    taken, response = timed(lambda: client.get(page.url))
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{page.name}: {response.status_code}")
    return taken


def ranking_beside_a_loop() -> dict[str, Any]:
    """The candidates of one opening: the page, our ranking alone, and the loop one would write first."""
    page = next(page for page in pages() if page.name.startswith("candidates"))
    opening, people = an_opening(), texts_of_people()
    asked = list(opening.requirements.values_list("text", flat=True))
    client = Client(HTTP_HOST=HOST)
    client.force_login(coach())
    ways = {
        "the whole page": lambda: ask(client, page),
        "its ranking, explained and noted down": lambda: rank_for_opening(opening, by=coach(), at=now()),
        "a loop of rapidfuzz token_set over the same people": lambda: loop(asked, people),
    }
    found = {}
    for name, way in ways.items():
        way()
        taken = [timed(way)[0] for _ in range(5)]
        found[name] = {
            "ms": round(1000 * statistics.median(one.wall for one in taken), 1),
            "cpu_ms": round(1000 * statistics.median(one.cpu for one in taken), 1),
        }
    return found


def texts_of_people() -> list[list[str]]:
    units = coach().unit_ids(*Role)
    found: dict[Any, list[str]] = {}
    rows = SkillEvidence.objects.filter(participant__unit__in=units, participant__state__in=MATCHABLE_STATES)
    for person, text in rows.values_list("participant_id", "text"):
        found.setdefault(person, []).append(text)
    return list(found.values())


def loop(asked: Sequence[str], people: Sequence[Sequence[str]]) -> list[int]:
    scores = [
        sum(max(fuzz.token_set_ratio(one, other) for other in skills) for one in asked) for skills in people
    ]
    return heapq.nlargest(10, range(len(people)), key=scores.__getitem__)
