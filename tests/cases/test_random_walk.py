"""Whatever anybody does, at any time and in any order, nobody gets stuck and everything adds up."""

import os
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from backend.core.clock import day_of
from backend.employers.models import Employer, Opening
from backend.internships.models import Internship
from backend.matching.models import Proposal
from backend.participants.models import Participant
from tests.cases.acts import ANYTHING, TOLD, Case, NothingThere
from tests.cases.faults import faults

WALKS = int(os.environ.get("PRAKTIK_WALKS", "5"))
STEPS = int(os.environ.get("PRAKTIK_STEPS", "60"))


def step(case: Case, name: str) -> str:
    """Do something, or be told why not; either way nothing is half done."""
    try:
        with transaction.atomic():
            ANYTHING[name](case)
    except NothingThere:
        return f"{name}: nothing to act on"
    except TOLD as error:
        return f"{name}: {error}"
    return name


# What an act needs in order to go through, as states of proposals, internships and people.
NEEDS = {
    "send": {"draft", "asked"},
    "ask": {"draft"},
    "say yes": {"asked"},
    "say no": {"asked"},
    "accept": {"sent", "interview"},
    "resume opening": {"paused"},
    "interview": {"sent"},
    "decline": {"sent", "interview"},
    "withdraw": {"draft", "asked", "sent", "interview", "accepted"},
    "take back consent": {"sent", "interview", "accepted", "placed"},
    "renew consent": {"sent", "accepted", "placed"},
    "plan": {"accepted"},
    "start": {"planned"},
    "let time pass": {"planned", "ongoing"},
    "complete": {"ongoing"},
    "end early": {"ongoing"},
    "call off": {"planned"},
    "no show": {"planned"},
    "extend": {"ongoing"},
    "pause internship": {"ongoing"},
    "resume internship": {"in_internship"},
    "hire as accepted": {"accepted"},
    "end job": {"employed"},
    "take back end of job": {"finished"},
    "strike job": {"employed", "finished"},
    "look for a place": {"paused", "employed"},
    "enrol again": {"ended"},
    "lift protection": {"protected"},
    "approve employer": {"employer paused"},
    "publish": {"closed"},
}
FORWARD = {"propose and send": 4, "accept": 12, "plan": 16, "start": 8, "let time pass": 6, "publish": 4}
FORWARD |= {"hire as accepted": 8, "end job": 3, "take back end of job": 3}
FORWARD |= {"approve employer": 8, "look for a place": 8, "enrol again": 8, "lift protection": 8}
FORWARD |= {"no show": 0.4, "extend": 0.4, "pause internship": 0.4}
FORWARD |= dict.fromkeys(["pause", "end", "protect", "hire", "close", "pause employer"], 0.4)
FORWARD |= {"pause opening": 0.3, "resume opening": 6}


def states_of(case: Case) -> set[str]:
    """Return the states in which something is now."""
    people = Participant.objects.filter(pk__in=[each.pk for each in case.people])
    states = {"protected"} if people.filter(is_protected=True).exists() else set()
    for rows in (
        people,
        Proposal.objects.filter(participant__in=people),
        Internship.objects.filter(participant__in=people),
        Opening.objects.filter(pk__in=[each.pk for each in case.openings]),
    ):
        states.update(rows.order_by().values_list("state", flat=True))
    standings = Employer.objects.with_standing(day_of(case.at)).order_by().values_list("standing", flat=True)
    return states | {f"employer {standing}" for standing in standings}


def weights(states: set[str]) -> list[float]:
    """Return how often each act is tried: what can go through, and leads on, more often than the rest."""
    return [
        FORWARD.get(name, 1.0) if not NEEDS.get(name) or NEEDS[name] & states else 0.05 for name in ANYTHING
    ]


@pytest.mark.parametrize("seed", range(WALKS))
def test_nobody_is_stuck_and_everything_adds_up(case: Case, seed: int) -> None:
    case.rng = Random(seed)
    done: list[str] = []
    reached: set[str] = set()
    for _ in range(STEPS):
        case.at += timedelta(minutes=1)
        done.append(step(case, case.rng.choices(list(ANYTHING), weights(states_of(case)))[0]))
        if done[-1] in ANYTHING:
            found = faults(case.people, case.openings, coach=case.coach, member=case.member, at=case.at)
            assert found == [], "\n".join([*done[-12:], *found])
            reached |= states_of(case)
    # A walk that came nowhere has tried nothing; not each comes to both.
    assert {"placed", "withdrawn"} & reached
