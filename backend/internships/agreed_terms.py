"""The terms of an internship in words, as an agreement freezes them: in every language, key by key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.formats import localize
from django.utils.translation import gettext as _

from backend.core.templatetags.ui import day, period
from backend.internships.models import Internship
from backend.participants.telling.told import name_for_employer, released_on
from backend.skills.enums import Adaptation

PERSON: Final = "person"
"""The one term that names the person, as the employer may on the day: it is theirs to read for a time."""
PROMISES: Final = ("promise_employer", "promise_participant", "promise_municipality")

Term = dict[str, str]


@dataclass(frozen=True)
class Change:
    """One term that is another than in the version before."""

    label: str
    before: str
    after: str


def terms_of(internship: Internship, *, on: date) -> dict[str, list[Term]]:
    """Return what is agreed on about `internship` as it stands, for each language."""
    return {code: _in(code, internship, on=on) for code, _name in settings.LANGUAGES}


def person_of(internship: Internship, *, on: date) -> str:
    """Return what the employer may call the person on `on`, in the language that is active."""
    consent = internship.standing_consent
    released = released_on(on, [consent]).get(consent.pk) if consent else None
    return name_for_employer(released, case=internship.proposal_id or internship.pk)


def changes_between(before: list[Term], after: list[Term]) -> list[Change]:
    """Return what is different in words. The person's name follows the consent: it is no term to agree on."""
    was: Mapping[str, Term] = {term["key"]: term for term in before}
    now: Mapping[str, Term] = {term["key"]: term for term in after}
    keys = [key for key in {**was, **now} if key != PERSON]
    pairs = [(key, was.get(key, {}).get("words", "–"), now.get(key, {}).get("words", "–")) for key in keys]
    return [Change((now.get(key) or was[key])["label"], old, new) for key, old, new in pairs if old != new]


def _in(language: str, internship: Internship, *, on: date) -> list[Term]:
    with translation.override(language):
        found = [*_who(internship, on=on), *_what(internship), *_rests_on(internship), *_promises()]
        return [{"key": key, "label": label, "words": words} for key, label, words in found if words]


Words = Iterator[tuple[str, str, str]]


def _who(internship: Internship, *, on: date) -> Words:
    employer, unit = internship.workplace.employer, internship.participant.unit
    yield PERSON, _("Participant"), person_of(internship, on=on)
    yield "employer", _("Employer"), f"{employer} ({employer.number_written_out})"
    yield "municipality", _("Municipality"), f"{unit.municipality}, {unit}"
    yield "coach", _("Job coach"), _listed(internship.coach, internship.coach.phone)


def _what(internship: Internship) -> Words:
    workplace, hours = internship.workplace, internship.hours_per_week
    place = _listed(workplace, workplace.street, workplace.locality_name)
    in_week = _("%(hours)s hours a week") % {"hours": localize(hours)}
    yield "workplace", _("Workplace"), place
    yield "kind", _("Kind of placement"), str(internship.get_kind_display())
    yield "period", _("Period"), period(internship.starts_on, internship.ends_on)
    yield "hours", _("Hours"), in_week
    yield "schedule", _("Days and times"), internship.schedule
    yield "tasks", _("Tasks"), internship.tasks
    yield "tasks_constructed", _("Tasks made for the person"), internship.tasks_constructed
    yield "goals", _("Learning goals"), internship.goals
    yield "supervisor", _("Supervisor"), _listed(internship.supervisor_name, internship.supervisor_phone)
    yield from prepared_for(internship)


def prepared_for(internship: Internship) -> Words:
    """Yield what is arranged, who brings what, how risks were looked into and whom to ring there."""
    adaptations = (str(Adaptation(code).label) for code in internship.adaptations)
    by = _("provided by: %(who)s") % {"who": str(internship.get_equipment_by_display()).lower()}
    assessed = internship.risk_assessed_on
    made = _("made on %(day)s by %(who)s") % {"day": day(assessed), "who": internship.risk_assessed_by}
    yield "adaptations", _("Arranged at the workplace"), ", ".join(adaptations)
    yield "equipment", _("Equipment"), f"{internship.equipment} ({by})" if internship.equipment else ""
    yield "risk", _("Risk assessment"), f"{made}: {internship.risk_words}" if assessed else ""
    contact = _listed(internship.emergency_name, internship.emergency_phone)
    yield "emergency", _("Whom to ring in an emergency"), contact


def _rests_on(internship: Internship) -> Words:
    basis = _listed(internship.get_basis_display(), internship.decision_reference)
    asked = internship.union_asked_on
    union = _listed(
        internship.union_name,
        internship.get_union_outcome_display(),
        _("asked on %(day)s") % {"day": day(asked)} if asked else "",
    )
    yield "basis", _("What it rests on"), basis
    yield "insurance", _("Insurance"), str(internship.get_insurance_display())
    yield "union", _("Union"), union


def _promises() -> Words:
    yield (
        "promise_employer",
        _("The employer promises"),
        _(
            "to introduce the participant to the work and to safety, to give a supervisor time for it, to "
            "answer for the work environment, to let the internship replace no employee, and to tell the job "
            "coach at once when something does not work."
        ),
    )
    yield (
        "promise_participant",
        _("The participant promises"),
        _(
            "to come as agreed, to tell the supervisor when that is not possible, to follow the rules of the "
            "workplace, to keep to themselves what is secret there, and to tell the job coach when something "
            "is wrong."
        ),
    )
    yield (
        "promise_municipality",
        _("The municipality promises"),
        _(
            "to see to it that the insurance above holds, to follow the internship up with both, to answer "
            "when somebody calls, and to work for paid work or the next step after it."
        ),
    )


def _listed(*parts: Any) -> str:
    return ", ".join(str(part) for part in parts if part)
