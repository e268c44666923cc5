"""An internship in the words of its page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.models import OutboxMessage
from backend.core.timeline import timeline
from backend.core.ui.steps import steps_of
from backend.internships.agreed_terms import Term, prepared_for
from backend.internships.enums import (
    BEGAN,
    INTERNSHIP_LIFECYCLE,
    OPEN_INTERNSHIPS,
    UNDER_WAY,
    InternshipState,
)
from backend.internships.models import (
    Correction,
    EmergencyContact,
    Extension,
    Internship,
    ManagerDecision,
)
from backend.internships.notifications import CONTACTS, PERSON
from backend.internships.safeguards.going_on import lacks_consent
from backend.internships.safeguards.refusals import PlacementRefusal


def steps(internship: Internship) -> list[dict[str, Any]]:
    """Return the way from plan to end, and where the internship is on it."""
    labels = dict(InternshipState.choices)
    reached = InternshipState.ONGOING if internship.state in BEGAN else InternshipState.PLANNED
    beside = internship.state not in INTERNSHIP_LIFECYCLE.steps
    note = labels[internship.state] if beside else ""
    if internship.state == InternshipState.PAUSED:
        return steps_of(INTERNSHIP_LIFECYCLE, reached, labels, note=note)
    return steps_of(INTERNSHIP_LIFECYCLE, internship.state, labels, reached=reached, note=note)


def who_is_told(internship: Internship) -> str:
    """Return, after a move, who gets a message about it and how, and who must be told by the coach.

    A start is told to nobody: both have known of it since it was planned.
    """
    if internship.state == InternshipState.ONGOING and not internship.pauses.exists():
        return _("The internship has started, and its follow-ups are planned. No message is sent.")
    audiences = {_("the employer's contacts"): CONTACTS, internship.participant.first_name: PERSON}
    message = OutboxMessage(subject_type=internship._meta.label_lower, subject_id=internship.pk)
    told = {who: bool(list(audience.receivers(message))) for who, audience in audiences.items()}
    gets = _("E-mail goes to: %(who)s.") % {"who": ", ".join(who for who, is_told in told.items() if is_told)}
    rest = ", ".join(who for who, is_told in told.items() if not is_told)
    left = _("Has no sign-in, so tell them yourself: %(who)s.") % {"who": rest}
    return " ".join((_("Saved."), *([gets] if any(told.values()) else ()), *([left] if rest else ())))


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
    field: Any = row._meta.get_field(name)
    if isinstance(value, list):
        return ", ".join(field.labels(value)) or "–"
    choices = dict(getattr(field, "flatchoices", ()))
    return str(choices.get(value, value) or "–")


def plan_of(internship: Internship) -> list[Term]:
    """Return what is planned of an internship beside its terms, in the words of the agreement."""
    found = [("goals", _("Learning goals"), internship.goals), *prepared_for(internship)]
    return [{"key": key, "label": str(label), "words": words} for key, label, words in found if words]


def contact_of(internship: Internship) -> EmergencyContact | None:
    """Return whom the participant wants to be rung, to staff and to the participant."""
    return EmergencyContact.objects.filter(internship=internship.pk).first()


def page_of_contact(internship: Internship, *, may_write: bool) -> str:
    """Return where it is written whom to ring; empty where that is not the reader's, or it is over."""
    is_open = may_write and internship.state in OPEN_INTERNSHIPS
    return reverse("internships:emergency_contact", args=[internship.pk]) if is_open else ""


def contact_for_employer(internship: Internship, *, on: date) -> EmergencyContact | None:
    """Return whom the participant wants to be rung, to the workplace: while it goes on and the yes holds."""
    if internship.state not in UNDER_WAY or lacks_consent(internship, day=on):
        return None
    return contact_of(internship)


def decisions(internship: Internship) -> list[ManagerDecision]:
    """Return what managers have decided about whether it may start, the newest first."""
    return list(internship.decisions.select_related("decided_by"))


def lacks_checks(form: BaseForm) -> bool:
    """Tell whether a plan was refused for want of checks of the employer, which are recorded elsewhere."""
    refusals = form.non_field_errors().as_data() if form.is_bound else []
    return any(each.code == PlacementRefusal.EMPLOYER_CHECK.value for each in refusals)


def said_of_placement(internship: Internship, made: list[ManagerDecision]) -> bool | None:
    """Return what counts of the decisions `made`, the newest first; None before there is one."""
    noticed = internship.gates_noticed_at
    counting = [each.allows for each in made if noticed is None or each.decided_at >= noticed]
    return counting[0] if counting else None


def extensions(internship: Internship) -> list[Extension]:
    """Return the versions of its terms, the newest first, with what managers have decided."""
    made = Prefetch("decisions", ManagerDecision.objects.select_related("decided_by"))
    return list(internship.extensions.select_related("wanted_by").prefetch_related(made))


def said_of(versions: list[Extension]) -> bool | None:
    """Return what the manager said last of the version that waits; None before that, or when none does."""
    waiting = [each for each in versions if not each.applied_at and not each.dropped_at]
    said = [decision.allows for each in waiting for decision in each.decisions.all()]
    return said[0] if said else None


def timeline_of(internship: Internship, reader: User) -> list[dict[str, Any]]:
    """Return what has happened to it, its follow-ups, concerns and jobs, in words that `reader` may read."""
    return timeline(
        internship,
        *internship.follow_ups.all(),
        *internship.concerns.all(),
        *internship.evaluations.all(),
        *internship.employments.all(),
        *internship.agreements.all(),
        *internship.certificates.all(),
        reader=reader.persona,
    )
