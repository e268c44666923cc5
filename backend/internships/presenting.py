"""An internship in the words of its page."""

from typing import Any

from backend.accounts.models import User
from backend.core.timeline import timeline
from backend.core.ui.steps import steps_of
from backend.internships.enums import INTERNSHIP_LIFECYCLE, InternshipState
from backend.internships.models import Internship


def steps(internship: Internship) -> list[dict[str, Any]]:
    """Return the way from plan to end, and where the internship is on it."""
    labels = dict(InternshipState.choices)
    is_early = internship.state == InternshipState.ENDED_EARLY
    reached = InternshipState.ONGOING if is_early else InternshipState.PLANNED
    beside = internship.state not in INTERNSHIP_LIFECYCLE.steps
    note = labels[internship.state] if beside else ""
    return steps_of(INTERNSHIP_LIFECYCLE, internship.state, labels, reached=reached, note=note)


def timeline_of(internship: Internship, reader: User) -> list[dict[str, Any]]:
    """Return what has happened to it, its follow-ups, concerns and jobs, in words that `reader` may read."""
    return timeline(
        internship,
        *internship.follow_ups.all(),
        *internship.concerns.all(),
        *internship.employments.all(),
        reader=reader.persona,
    )
