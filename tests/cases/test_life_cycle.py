"""The whole life-cycle, all moves by all roles at all times: Hypothesis looks for the order that breaks it.

It finds what the random walk cannot: the shortest way to a fault. After every move the case is sound, every
change is in the log once, and at the end nobody was told twice, or reminded of what was settled.
"""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from backend.core import outbox
from backend.core.models import AuditEntry, Delivery
from backend.core.running import schedule
from backend.demo.year_faults import reminders_after_the_answer
from tests.cases.acts import ANYTHING, TOLD, Case, accept, plan, propose_and_send, start
from tests.cases.acts_of_placements import IN_A_PLACEMENT
from tests.cases.faults import faults

MOVES = ANYTHING | IN_A_PLACEMENT
EXAMPLES = int(os.environ.get("PRAKTIK_EXAMPLES", "10"))
STEPS = int(os.environ.get("PRAKTIK_STEPS", "10"))
SEEDS = st.integers(0, 10_000)


def some_of(acts: Mapping[str, object]) -> st.SearchStrategy[list[str]]:
    """Draw a few acts, in any order."""
    return st.lists(st.sampled_from(sorted(acts)), min_size=1, max_size=5)


class LifeCycle(RuleBasedStateMachine):
    """One walk through a case; what it did is rolled back afterwards."""

    case: Case
    done: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.start_at = self.case.at
        self.walk = transaction.atomic()
        self.walk.__enter__()
        self.logged = AuditEntry.objects.count()

    def teardown(self) -> None:
        """Let a year pass with the worker at work, look once more, and undo everything."""
        try:
            for days in (1, 7, 30, 100, 250):
                self._work(days)
            assert list(reminders_after_the_answer()) == []
            twice = Counter(Delivery.objects.values_list("message", "recipient"))
            assert [key for key, times in twice.items() if times > 1] == []
        finally:
            self.case.at = self.start_at
            transaction.set_rollback(True)
            self.walk.__exit__(None, None, None)

    def _work(self, days: int) -> None:
        at = self.case.at + timedelta(days=days)
        outbox.deliver_due(at=at, limit=10_000)
        schedule.run_due(at=at)

    @initialize(begins=st.booleans())
    def go_on_the_way(self, begins: bool) -> None:
        """Come to a placement that is planned, or has begun: short walks would seldom get there."""
        way = replace(self.case, people=self.case.people[:1], openings=self.case.openings[:1])
        for act in (propose_and_send, accept, plan):
            act(way)
        if begins:
            way.at += timedelta(days=4)
            start(way)
        self.case.at = way.at

    @rule(names=some_of(IN_A_PLACEMENT), seed=SEEDS)
    def live_in_a_placement(self, names: list[str], seed: int) -> None:
        """Do some of the things that come with a placement, one after another."""
        self.do_each(names, seed)

    @rule(names=some_of(MOVES), seed=SEEDS)
    def do_anything(self, names: list[str], seed: int) -> None:
        """Do some of all that can be done."""
        self.do_each(names, seed)

    @rule(days=st.sampled_from([1, 7, 31, 92]))
    def let_days_pass(self, days: int) -> None:
        """Turn the clock on with the worker at work."""
        self.case.at += timedelta(days=days)
        self._work(0)

    def do_each(self, names: list[str], seed: int) -> None:
        """Do one thing after the other, or be told why not: then nothing has changed."""
        self.case.rng = Random(seed)
        for name in names:
            self.case.at += timedelta(minutes=1)
            before = AuditEntry.objects.count()
            try:
                with transaction.atomic():
                    MOVES[name](self.case)
            except TOLD:
                assert AuditEntry.objects.count() == before
            else:
                self.done[name] += 1

    @invariant()
    def everything_adds_up(self) -> None:
        """Nobody is stuck, and what belongs together agrees."""
        case = self.case
        found = faults(case.people, case.openings, coach=case.coach, member=case.member, at=case.at)
        assert found == []

    @invariant()
    def each_change_is_in_the_log_once(self) -> None:
        """Nothing is written down twice at one moment about one row."""
        entries = AuditEntry.objects.order_by().values_list(
            "subject_type", "subject_id", "action", "at", "from_state", "to_state", "changes"
        )
        said = Counter(map(str, entries))
        assert [entry for entry, times in said.items() if times > 1] == []


@pytest.mark.django_db
def test_whatever_is_done_by_whomever_whenever(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EmailMessage, "send", lambda _mail, fail_silently=False: 1)
    done: Counter[str] = Counter()
    machine = type("OneCase", (LifeCycle,), {"case": case, "done": done})
    steps = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=steps)

    assert len(done.keys() & IN_A_PLACEMENT.keys()) > 0, done
