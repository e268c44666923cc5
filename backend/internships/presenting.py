"""An internship in the words of its page."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.models import AuditEntry
from backend.core.ui.steps import steps_of
from backend.internships.enums import INTERNSHIP_LIFECYCLE, InternshipState
from backend.internships.models import Internship

WHAT: dict[str, Promise] = {
    "internship_planned": _("Planned"),
    "follow_ups_scheduled": _("The follow-ups were scheduled"),
    "state_ongoing": _("Started"),
    "state_completed": _("Completed"),
    "state_ended_early": _("Ended early"),
    "state_cancelled": _("Called off"),
    "employer_answered": _("The employer told how it goes"),
    "participant_answered": _("The participant told how it goes"),
    "follow_up_closed": _("A follow-up was closed"),
    "concern_raised": _("Somebody said that something is wrong"),
    "concern_handled": _("A concern was handled"),
    "employment_recorded": _("It became a job"),
    "retention_answered": _("It was asked whether the job lasts"),
}
# What only staff read in the timeline: who raises a concern stays between them and the coach.
FOR_STAFF = ("concern_raised", "concern_handled")


def steps(internship: Internship) -> list[dict[str, Any]]:
    """Return the way from plan to end, and where the internship is on it."""
    labels = dict(InternshipState.choices)
    is_early = internship.state == InternshipState.ENDED_EARLY
    reached = InternshipState.ONGOING if is_early else InternshipState.PLANNED
    beside = internship.state not in INTERNSHIP_LIFECYCLE.steps
    note = labels[internship.state] if beside else ""
    return steps_of(INTERNSHIP_LIFECYCLE, internship.state, labels, reached=reached, note=note)


def timeline(internship: Internship, reader: User) -> list[dict[str, Any]]:
    """Return what has happened, newest first, in words that `reader` may read."""
    subjects = [
        internship,
        *internship.follow_ups.all(),
        *internship.concerns.all(),
        *internship.employments.all(),
    ]
    entries = AuditEntry.objects.about(*subjects).select_related("by").order_by("-at", "-pk")
    if reader.persona != Persona.STAFF:
        entries = entries.exclude(action__in=FOR_STAFF)
    return [
        {
            "at": entry.at,
            "what": WHAT[entry.action],
            "who": entry.by or _("Praktikbron itself"),
            "why": entry.why,
        }
        for entry in entries
        if entry.action in WHAT
    ]
