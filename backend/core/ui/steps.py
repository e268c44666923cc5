"""The steps of a life-cycle as components/_steps.html shows them."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

from backend.core.writing.lifecycle import Lifecycle


def steps_of(
    lifecycle: Lifecycle,
    state: str,
    labels: Mapping[Any, str | Promise],
    *,
    reached: str = "",
    note: str | Promise = "",
) -> list[dict[str, Any]]:
    """Return the steps with where `state` is on them and `note` under that step.

    A state beside the way (paused, withdrawn …) stops at the step that was `reached`, by default the first.
    """
    on_the_way = state in lifecycle.steps
    here = lifecycle.steps.index(state if on_the_way else reached or lifecycle.steps[0])
    return [
        {
            "label": labels[step],
            "state": _place(number, here, on_the_way=on_the_way),
            "note": note if number == here else "",
        }
        for number, step in enumerate(lifecycle.steps)
    ]


def _place(number: int, here: int, *, on_the_way: bool) -> str:
    if number == here:
        return "current" if on_the_way else "stopped"
    return "done" if number < here else "todo"
