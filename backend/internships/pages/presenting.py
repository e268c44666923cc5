"""An internship in the words of its page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from backend.accounts.models import User
from backend.core.timeline import timeline
from backend.core.ui.steps import steps_of
from backend.internships.enums import INTERNSHIP_LIFECYCLE, InternshipState
from backend.internships.models import Correction, Internship, ManagerDecision


def steps(internship: Internship) -> list[dict[str, Any]]:
    """Return the way from plan to end, and where the internship is on it."""
    labels = dict(InternshipState.choices)
    is_early = internship.state == InternshipState.ENDED_EARLY
    reached = InternshipState.ONGOING if is_early else InternshipState.PLANNED
    beside = internship.state not in INTERNSHIP_LIFECYCLE.steps
    note = labels[internship.state] if beside else ""
    return steps_of(INTERNSHIP_LIFECYCLE, internship.state, labels, reached=reached, note=note)


@dataclass(frozen=True)
class ShownCorrection:
    """One version in words: when, who, why, and each field with what it said and says."""

    at: datetime
    by: User
    why: str
    fields: list[tuple[str, str, str]]


def corrections(row: models.Model) -> list[ShownCorrection]:
    """Return the versions of `row`, the newest first."""
    about = {"subject_type": row._meta.label_lower, "subject_id": row.pk}
    found = Correction.objects.filter(**about).select_related("by").order_by("-at", "pk")
    return [
        ShownCorrection(
            each.at,
            each.by,
            each.why,
            [
                (_label(row, name), _shown(row, name, was), _shown(row, name, each.became[name]))
                for name, was in each.was.items()
            ],
        )
        for each in found
    ]


def _label(row: models.Model, name: str) -> str:
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def _shown(row: models.Model, name: str, value: Any) -> str:
    """Return a kept value in words: the label of a choice, a day as it is, a dash for nothing."""
    choices = dict(getattr(row._meta.get_field(name), "flatchoices", ()))
    return str(choices.get(value, value) or "–")


def decisions(internship: Internship) -> list[ManagerDecision]:
    """Return what managers have decided about the union's objection, the newest first."""
    return list(internship.decisions.select_related("decided_by"))


def timeline_of(internship: Internship, reader: User) -> list[dict[str, Any]]:
    """Return what has happened to it, its follow-ups, concerns and jobs, in words that `reader` may read."""
    return timeline(
        internship,
        *internship.follow_ups.all(),
        *internship.concerns.all(),
        *internship.employments.all(),
        reader=reader.persona,
    )
