"""The ten commonest tasks of a job coach, done in a real browser and counted in clicks.

python -m bench.clicks [--demo DATABASE.sqlite3] [--browser /usr/bin/chromium]
The coach is signed in at a desk (1,280 px), and each task begins where the work begins: My day, the list of
people, the page of a person, an opening or a proposal. A click is a press on a link, a choice or a button;
fields that are written in are told beside, letters are not counted. Ends with 1 when a task is refused or
takes more clicks than it should.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from bench.keystrokes import SKILLS, Hand, demo_served, signed_in
from bench.tables import print_table, save

PACKAGES = ("Django", "playwright")
SAVE = "main form button[type=submit]:not([name]):visible"


@dataclass(frozen=True)
class Places:
    """Where the tasks are done: addresses in the demo."""

    person: str
    candidates: str
    accepted: str
    follow_up: str
    check: str
    opening: str


@dataclass(frozen=True)
class Task:
    """A task, the most clicks that it should take, and the way through it."""

    name: str
    most: int
    way: Callable[[Hand, Places], int]
    """Does it, and returns in how many fields something was written."""


def open_a_person(hand: Hand, _places: Places) -> int:
    hand.open("/deltagare/")
    hand.leave_by("main tbody a, main .row-title a")
    return 0


def note_a_contact(hand: Hand, places: Places) -> int:
    hand.open(places.person)
    hand.leave_by("main a[href$='/kontakt/']")
    hand.page.locator("#id_line").fill("Ringde: allt går bra på praktiken.")
    hand.leave_by(SAVE)
    return 1


def propose(hand: Hand, places: Places) -> int:
    hand.open(places.candidates)
    hand.leave_by("main a[href*='/foresla/']")
    hand.tap("#tick-counting")
    hand.page.locator("#what input:checked").first.wait_for()
    if not hand.page.locator("[name=means]:checked").count():
        hand.tap("label[for=id_means_0]")
    hand.leave_by("button[name=send]")
    return 0


def planned() -> dict[str, str]:
    """Return what is written where the plan is empty."""
    from django.utils import timezone

    today = timezone.localdate()
    return {
        "kind": "arbetspraktik",
        "starts_on": str(today + timedelta(days=14)),
        "ends_on": str(today + timedelta(days=74)),
        "hours_per_week": "30",
        "tasks": "Hjälpa till med allt.",
        "supervisor_name": "Bo Handledare",
        "basis": "arbetsformedlingen",
        "basis_by": "Anna Ek",
        "decision_reference": "AF-1",
        "basis_from": str(today),
        "basis_until": str(today + timedelta(days=180)),
        "insurance": "state",
        "union_asked_on": str(today),
        "union_outcome": "no_objection",
    }


def plan(hand: Hand, places: Places) -> int:
    """Plan an internship; what stands in a field already is left."""
    hand.open(places.accepted)
    hand.leave_by("main a[href*='planera']")
    fields = 0
    for name, value in planned().items():
        field = hand.page.locator(f"main [name={name}]").first
        if field.count() and not field.input_value():
            is_choice = field.evaluate("each => each.tagName") == "SELECT"
            (field.select_option if is_choice else field.fill)(value)
            fields += 1
    hand.leave_by(SAVE)
    return fields


def follow_up_both(hand: Hand, places: Places) -> int:
    hand.open("/hem/")
    hand.leave_by(f"main a[href^='{places.follow_up}']")
    for side in ("employer", "participant"):
        hand.tap(f"label[for=id_{side}_mood_0]")
    hand.leave_by("button[name=close]")
    return 0


def enrol(hand: Hand, _places: Places) -> int:
    hand.open("/deltagare/")
    hand.leave_by("main a[href='/deltagare/ny/']")
    hand.type("#id_first_name", "Amal")
    hand.type("#id_last_name", "Bänkström")
    hand.type("#id_notes", f"Kan {SKILLS}.")
    hand.leave_by(SAVE)
    hand.leave_by(SAVE)
    return 3


def answer_about_a_job(hand: Hand, places: Places) -> int:
    hand.open(places.check)
    hand.tap("main label[for=id_answer_0]")
    hand.page.locator("#id_said_by").fill("deltagaren, på telefon")
    hand.leave_by(SAVE)
    return 1


def put_off(hand: Hand, _places: Places) -> int:
    hand.open("/hem/")
    hand.leave_by("main a[href*='skjut']:visible")
    reason = hand.page.locator("#id_reason")
    reason.fill("Väntar på svar")
    hand.leave_by(SAVE)
    return 1


def publish(hand: Hand, places: Places) -> int:
    hand.open(places.opening)
    hand.leave_by("main .next button:visible")
    return 0


def find_an_employer(hand: Hand, _places: Places) -> int:
    hand.open("/hem/")
    hand.tap("header input[name=q]:visible")
    hand.page.locator("header input[name=q]:visible").fill("kafé")
    with hand.page.expect_navigation():
        hand.page.keyboard.press("Enter")
    return 1


TASKS = (
    Task("open a person, from the list", 1, open_a_person),
    Task("note a contact, from the person", 2, note_a_contact),
    Task("propose, from the candidates", 5, propose),
    Task("plan an internship, from the accepted proposal", 3, plan),
    Task("a follow-up for both by phone, from My day", 4, follow_up_both),
    Task("enrol somebody with twelve skills", 8, enrol),
    Task("note whether a job lasts", 3, answer_about_a_job),
    Task("put off a row of My day", 2, put_off),
    Task("approve an opening", 2, publish),
    Task("find an employer", 1, find_an_employer),
)


def main() -> None:
    with demo_served(__doc__) as (site, browser):
        results = measure(site, browser)
    print_table(
        "What a coach's commonest tasks take",
        ["", "clicks", "fields", "at most", "done"],
        [
            [name, found["clicks"], found["fields"], found["most"], "yes" if found["done"] else "**no**"]
            for name, found in results.items()
        ],
    )
    print(f"\nKept in {save('clicks', results, packages=PACKAGES)}")
    if not all(found["done"] and found["clicks"] <= found["most"] for found in results.values()):
        sys.exit(1)


def measure(site: str, browser: str) -> dict[str, Any]:
    """Do every task and return what it took; one that the server refuses is not done."""
    from backend.accounts.models import User
    from backend.demo.world import DOMAIN

    coach = User.objects.get(email=f"coach1a@{DOMAIN}")
    places, results = found_for(coach), {}
    with signed_in(site, browser, coach, on_phone=False) as context:
        for task in TASKS:
            answers: list[int] = []
            page = context.new_page()
            page.on("response", partial(_note, answers))
            hand = Hand(page, on_phone=False)
            fields = task.way(hand, places)
            done = max(answers) < HTTPStatus.BAD_REQUEST
            results[task.name] = {"clicks": hand.taps, "fields": fields, "most": task.most, "done": done}
            page.close()
    return results


def _note(answers: list[int], response: Any) -> None:
    """Keep with what the server answered where a page was to open."""
    if response.request.is_navigation_request():
        answers.append(response.status)


def found_for(coach: Any) -> Places:
    """Return where `coach` finds something to do in the demo."""
    from django.urls import reverse
    from django.utils import timezone

    from backend.employers.enums import OpeningState
    from backend.employers.models import Opening
    from backend.employers.services import obstacles
    from backend.internships.models import FollowUp, RetentionCheck
    from backend.matching.enums import ProposalState
    from backend.matching.models import Proposal
    from backend.participants.models import Participant
    from bench.visits import an_opening

    today = timezone.localdate()
    cases = Participant.objects.decidable_by(coach).filter(coach=coach)
    person = cases.matchable().order_by("-waiting_since", "pk")[0]
    follow_up = FollowUp.objects.still_open().filter(
        internship__participant__in=cases,
        due_on__lte=today,
        employer_answered_at=None,
        participant_answered_at=None,
    )
    accepted = Proposal.objects.filter(participant__in=cases, state=ProposalState.ACCEPTED)
    # At some of the demo's employers a check has run out; nobody is placed there before it is made anew.
    ready = (
        each
        for each in accepted.select_related("opening__workplace__employer").order_by("pk")
        if not obstacles(employer=each.opening.workplace.employer, on=today)
    )
    check = RetentionCheck.objects.filter(answer="", cancelled_at=None, employment__participant__in=cases)
    published = Opening.objects.filter(state=OpeningState.PUBLISHED, capacity=None).exclude(
        pk=an_opening().pk
    )
    waiting = published.order_by("-created_at", "pk")[0]
    # The demo's have all been read; this one waits again.
    Opening.objects.filter(pk=waiting.pk).update(state=OpeningState.AWAITING_APPROVAL)
    return Places(
        person=person.get_absolute_url(),
        candidates=reverse("matching:candidates", args=[an_opening().pk]),
        accepted=next(ready).get_absolute_url(),
        follow_up=reverse("internships:follow_up_answer", args=[follow_up.order_by("due_on", "pk")[0].pk]),
        check=reverse(
            "internships:retention_answer",
            args=[check.filter(due_on__lte=today + timedelta(days=1)).order_by("-due_on", "pk")[0].pk],
        ),
        opening=waiting.get_absolute_url(),
    )


if __name__ == "__main__":
    main()
