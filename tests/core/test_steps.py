"""Where a state stands on the way."""

from backend.core.ui.steps import steps_of
from backend.core.writing.lifecycle import Lifecycle

WAY = Lifecycle(moves={}, steps=("sown", "grown", "picked"))
LABELS = {"sown": "Sown", "grown": "Grown", "picked": "Picked"}


def states(state: str, **how: str) -> list[str]:
    return [step["state"] for step in steps_of(WAY, state, LABELS, **how)]


class TestStepsOf:
    def test_what_is_behind_is_done(self):
        assert states("grown") == ["done", "current", "todo"]

    def test_a_state_beside_the_way_stops_where_it_was_left(self):
        assert states("eaten", reached="grown") == ["done", "stopped", "todo"]
        assert states("eaten") == ["stopped", "todo", "todo"]

    def test_the_note_stands_under_the_step(self):
        notes = [step["note"] for step in steps_of(WAY, "grown", LABELS, note="slowly")]

        assert notes == ["", "slowly", ""]
