"""What is registered by name is there, and what is there is registered."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from inspect import signature

from backend.core import outbox, schedule
from tests.architecture.source import modules


def calls_of(function: str) -> Iterator[ast.Call]:
    """Yield every call of `function` in the back end, whatever module it was imported through."""
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == function:
                yield node


def variables_of_kinds() -> dict[str, str]:
    """Return the name of each kind of message by the variable that holds it."""
    assignments = (node for module in modules() for node in module.tree.body if isinstance(node, ast.Assign))
    kinds = {}
    for assignment in assignments:
        name = re.search(r"MessageKind\(\s*(?:name=)?['\"](\w+)", ast.unparse(assignment.value))
        if name:
            kinds[ast.unparse(assignment.targets[0])] = name[1]
    return kinds


class TestScheduledJobs:
    def test_there_are_some(self):
        assert schedule.jobs

    def test_each_can_be_run_at_a_time(self):
        for job in schedule.jobs.values():
            assert len(signature(job.run).parameters) == 1, job.name
            assert job.every >= timedelta(minutes=1), job.name


class TestMessages:
    def test_there_are_some(self):
        assert outbox.kinds

    def test_each_kind_is_registered_and_sent_by_somebody(self):
        sent = {ast.unparse(call.args[0]).rpartition(".")[2] for call in calls_of("enqueue") if call.args}
        known = variables_of_kinds()

        assert set(known.values()) == set(outbox.kinds)
        assert {name for variable, name in known.items() if variable not in sent} == set()
