"""What a certificate says of an internship that is over: what was done, never how well or why it ended.

Kind of placement, unit, decision and insurance are left out: they would tell of the person what a workplace
to come has no business to know. Skills stand there when a coach has taken them as evidence, without a level.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.formats import localize
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.core.templatetags.ui import period
from backend.internships.agreed_terms import Change, Term, Words, changes_between
from backend.internships.enums import InternshipState
from backend.internships.models import Certificate, Internship, SeenSkill

OVER: Final = (InternshipState.COMPLETED, InternshipState.ENDED_EARLY)
PERSON: Final = "whose"
ATTENDED: Final = "attended"
Attended = Callable[[Internship, datetime], int | None]
_counting: list[Attended] = []
MINUTES: Final = 60


def count_attended_by(attended: Attended) -> Attended:
    """Let `attended` say how many minutes somebody was there; None where it does not know."""
    _counting.append(attended)
    return attended


def minutes_attended(internship: Internship, *, at: datetime) -> int | None:
    """Return how many minutes the person was there, where that is known of the whole internship."""
    return next((found for attended in _counting if (found := attended(internship, at))), None)


def contents_of(internship: Internship, *, attended: int | None) -> dict[str, list[Term]]:
    """Return what the certificate of `internship` says, for each language; `attended`: minutes."""
    skills = _skills_of(internship)
    return {code: _in(code, internship, attended, skills) for code, _name in settings.LANGUAGES}


def changes_since(certificate: Certificate, now: dict[str, list[Term]], language: str) -> list[Change]:
    """Return what a new edition would say otherwise."""
    return changes_between(certificate.contents_in(language), now[language])


def _skills_of(internship: Internship) -> list[str]:
    of_employer = SeenSkill.objects.filter(evaluation__internship=internship, is_evidence=True)
    seen = of_employer.filter(evaluation__side=Persona.EMPLOYER)
    return list(seen.order_by("text", "pk").values_list("text", flat=True))


def _in(language: str, internship: Internship, attended: int | None, skills: list[str]) -> list[Term]:
    with translation.override(language):
        found = _what(internship, attended, skills)
        return [{"key": key, "label": label, "words": words} for key, label, words in found if words]


def _what(internship: Internship, attended: int | None, skills: list[str]) -> Words:
    workplace, hours = internship.workplace, localize(internship.hours_per_week)
    place = [workplace, workplace.street, workplace.locality_name]
    first, last = internship.started_on or internship.starts_on, internship.ended_on or internship.ends_on
    was_there = localize(round((attended or 0) / MINUTES))
    yield PERSON, _("Name"), str(internship.participant)
    yield "employer", _("Employer"), f"{workplace.employer} ({workplace.employer.number_written_out})"
    yield "workplace", _("Workplace"), ", ".join(str(part) for part in place if part)
    yield "period", _("Period"), period(first, last)
    yield "hours", _("Hours"), _("%(hours)s hours a week") % {"hours": hours}
    yield (
        ATTENDED,
        _("Hours at the workplace"),
        _("%(hours)s hours") % {"hours": was_there} if attended else "",
    )
    yield "tasks", _("Tasks"), "\n".join(filter(None, (internship.tasks, internship.tasks_constructed)))
    yield "skills", _("Skills practised"), "\n".join(skills)
    yield "supervisor", _("Supervisor"), internship.supervisor_name
