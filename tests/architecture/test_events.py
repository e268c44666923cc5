"""Every event between the life-cycles is told by somebody and heard by somebody."""

import ast

from backend.core.writing import events
from tests.architecture.source import ROOT, modules

DECISION = ROOT / "docs/decisions/0010-life-cycles-hear-each-other.md"


def emitted() -> set[str]:
    """Return the names of the variables on which the code calls `emit`."""
    return {
        node.func.value.id.lower()
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "emit"
        and isinstance(node.func.value, ast.Name)
    }


def test_there_are_some():
    assert events.events


def test_each_is_emitted():
    assert set(events.events) - emitted() == set()


def test_each_is_received():
    assert [name for name, event in events.events.items() if not event.receivers] == []


def test_who_hears_first_is_lower_in_the_house():
    """A proposal is settled before the internship that came of it is looked at."""
    for event in events.events.values():
        heard = [events.ORDER.index(receiver.thing) for receiver in event.receivers]
        assert heard == sorted(heard), event.name


def test_the_decision_about_life_cycles_shows_the_whole_table():
    shown = DECISION.read_text().partition("<!-- events -->\n")[2].partition("\n<!-- /events -->")[0]

    assert shown == events.as_table(), "the table of events has changed: put what as_table() gives there"
