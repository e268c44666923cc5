"""What is registered by name is there, and what is there is registered."""

import ast
import re
from datetime import timedelta
from inspect import signature

from backend.core import outbox
from backend.core.running import schedule
from tests.architecture.source import modules

KIND = re.compile(r"Kind\(\s*(?:name=)?['\"](\w+)")

Variable = tuple[str, str]  # app and name: two apps may each have a WITHDRAWN


def variables_read() -> set[Variable]:
    """Return every name that the code of an app reads, plainly or through a module."""
    read = set()
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                read.add((module.app, node.id))
            elif isinstance(node, ast.Attribute):
                read.add((module.app, node.attr))
    return read


def names_of_kinds() -> dict[Variable, str]:
    """Return the name of each kind of message by the variable that holds it."""
    kinds = {}
    for module in modules():
        for node in module.tree.body:
            name = KIND.search(ast.unparse(node)) if isinstance(node, ast.Assign) else None
            if name:
                kinds[module.app, ast.unparse(node.targets[0])] = name[1]
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
        kinds, read = names_of_kinds(), variables_read()

        assert set(kinds.values()) == set(outbox.kinds)
        assert {name for variable, name in kinds.items() if variable not in read} == set()
