"""Any two writes on one case at once, on PostgreSQL: one wins, the other is told, nothing is half."""

import os
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations_with_replacement
from random import Random

import pytest

from backend.core.models import AuditEntry
from backend.employers.enums import CheckKind
from backend.matching.models import Proposal
from tests.cases.acts import IN_A_CASE, Case, accept, hire_as_accepted, plan, propose_and_send, start
from tests.cases.faults import faults
from tests.cast import Cast
from tests.factories import (
    EmployerCheckFactory,
    EmployerFactory,
    MembershipFactory,
    OpeningFactory,
    ParticipantFactory,
    UserFactory,
    WorkplaceFactory,
)
from tests.factories.base import NOW
from tests.matching.test_at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TIMES = int(os.environ.get("PRAKTIK_PAIRS", "1"))
"""How often each pair is tried; 20 and more when something about the locks was changed."""

ALWAYS = ["take back consent", "renew consent", "propose and send", "hire", "pause", "end", "protect"]
ALWAYS += ["close", "pause employer"]
STAGES = {
    "sent": [*ALWAYS, "accept", "interview", "decline", "withdraw"],
    "accepted": [*ALWAYS, "plan", "withdraw"],
    "planned": [*(name for name in ALWAYS if name != "propose and send"), "start", "call off", "no show"],
    "ongoing": [
        "take back consent",
        "renew consent",
        "hire",
        "protect",
        "close",
        "complete",
        "end early",
        "pause internship",
        "extend",
    ],
    "employed": [
        "hire",
        "end",
        "protect",
        "close",
        "pause employer",
        "end job",
        "strike job",
        "look for a place",
    ],
}
WAYS = {
    "sent": [propose_and_send],
    "accepted": [propose_and_send, accept],
    "planned": [propose_and_send, accept, plan],
    "ongoing": [propose_and_send, accept, plan, start],
    "employed": [propose_and_send, accept, hire_as_accepted],
}
"""What is done before, to come to each stage."""
PAIRS = [(stage, pair) for stage, names in STAGES.items() for pair in combinations_with_replacement(names, 2)]


def new_case(cast: Cast, stage: str) -> Case:
    """Return a new person with a proposal, at a new employer, that has come as far as `stage`."""
    employer = EmployerFactory(municipality=cast.municipality)
    for kind in CheckKind:
        EmployerCheckFactory(employer=employer, kind=kind, by=cast.coach)
    user = UserFactory(persona="participant")
    person = ParticipantFactory(unit=cast.unit, coach=cast.coach, user=user)
    kind = "job" if stage == "employed" else "internship"
    opening = OpeningFactory(workplace=WorkplaceFactory(employer=employer), kind=kind)
    member = MembershipFactory(employer=employer).user
    case = Case(cast.coach, member, [person], [employer], [opening], NOW, Random(6))
    for act in WAYS[stage]:
        act(case)
        # The first day comes: what is planned may be started.
        case.at += timedelta(days=4 if act is plan else 0)
    return case


def beside(case: Case, name: str) -> Case:
    """Return the case as somebody sees it who does `name`: a new proposal is for another opening."""
    if name != "propose and send":
        return case
    employer = EmployerFactory(municipality=case.employers[0].municipality)
    MembershipFactory(employer=employer, user=case.member)
    other = OpeningFactory(workplace__employer=employer)
    return Case(case.coach, case.member, case.people, case.employers, [other], case.at, Random(6))


def broken_chains(case: Case) -> Iterator[str]:
    """Find where the log of a proposal does not lead from its first state to the one that it is in."""
    for proposal in Proposal.objects.filter(participant__in=case.people):
        moves = AuditEntry.objects.about(proposal).exclude(to_state="").order_by("pk")
        here = ""
        for entry in moves:
            if entry.from_state != here:
                yield f"the log goes from {here} to {entry.from_state}"
            here = entry.to_state
        if here != proposal.state:
            yield f"the log ends in {here}, the proposal is {proposal.state}"


@pytest.mark.parametrize("stage", STAGES)
def test_one_wins_and_the_other_is_told(cast: Cast, stage: str) -> None:
    pairs = [pair for of, pair in PAIRS if of == stage]
    for names in [pair for pair in pairs for _ in range(TIMES)]:
        case = new_case(cast, stage)
        seen = [beside(case, name) for name in names]

        outcomes = at_once(
            *[lambda it=it, name=name: IN_A_CASE[name](it) for it, name in zip(seen, names, strict=True)]
        )

        found = faults(case.people, case.openings, coach=case.coach, member=case.member, at=case.at)
        found += broken_chains(case)
        assert found == [], f"{stage}: {' ‖ '.join(names)}, went through: {outcomes}"
        assert any(outcomes), f"{stage}: {' ‖ '.join(names)}"
