"""Each thing that comes with a placement can really be done: the walks would hide one that never can."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from backend.core.running import schedule
from tests.cases.acts import TOLD, Case, accept, complete, hire, plan, propose_and_send, start
from tests.cases.acts_of_placements import IN_A_PLACEMENT, evaluate, plan_the_days

TRIES = 20
AFTER_THE_END = {"evaluate", "go through an evaluation", "leave an evaluation"}
IN_A_JOB = {"reply about a job", "answer about a job"}


def come_to(case: Case, name: str) -> None:
    """Bring one person of the case to where the act called `name` belongs."""
    case.people, case.openings = case.people[:1], case.openings[:1]
    for act in (propose_and_send, accept, plan):
        act(case)
    case.at += timedelta(days=4)
    start(case)
    if name == "mark":
        plan_the_days(case)
    case.at += timedelta(days=40)
    schedule.run_due(at=case.at)
    if name in AFTER_THE_END | IN_A_JOB:
        case.at += timedelta(days=12)
        complete(case)
    if name in IN_A_JOB:
        hire(case)
        case.at += timedelta(days=45)
    if name == "go through an evaluation":
        evaluate(case)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(IN_A_PLACEMENT))
def test_it_can_be_done(case: Case, name: str) -> None:
    come_to(case, name)
    told = []
    for seed in range(TRIES):
        case.rng = Random(seed)
        try:
            with transaction.atomic():
                IN_A_PLACEMENT[name](case)
        except TOLD as no:
            told.append(no)
        else:
            break
    assert len(told) < TRIES, told
