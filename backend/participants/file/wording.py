"""What has happened and what should happen now, in the words of the person's page."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backend.core.models import AuditEntry
from backend.core.ui.steps import steps_of
from backend.participants.enums import PARTICIPANT_LIFECYCLE, ParticipantState
from backend.participants.models import Consent, Participant
from backend.skills.enums import Adaptation, Language, LanguageLevel, Licence

LONG_SILENCE = timedelta(days=30)
SOON = timedelta(days=14)
WHAT: dict[str, Promise] = {
    "enrolled": gettext_lazy("Enrolled"),
    "updated": gettext_lazy("The data was changed"),
    "contact": gettext_lazy("Coach and participant were in contact"),
    "skill_added": gettext_lazy("A skill was added"),
    "skill_confirmed": gettext_lazy("It was settled what a skill means"),
    "skill_level_set": gettext_lazy("The level of a skill was changed"),
    "skill_removed": gettext_lazy("A skill was removed"),
    "occupation_added": gettext_lazy("An occupation was added"),
    "occupation_confirmed": gettext_lazy("It was settled what an occupation means"),
    "occupation_removed": gettext_lazy("An occupation was removed"),
    "consent_given": gettext_lazy("A consent was given"),
    "consent_withdrawn": gettext_lazy("A consent was taken back"),
    "invited": gettext_lazy("Invited to sign in"),
    "protected": gettext_lazy("The identity was protected"),
    "protection_lifted": gettext_lazy("The protection of the identity was lifted"),
}
# Reasons that other apps give in code when they move a participant.
WHY: dict[str, Promise] = {
    "internship_started": gettext_lazy("An internship started"),
    "internship_ended": gettext_lazy("An internship ended"),
    "employment_recorded": gettext_lazy("A paid job was recorded"),
}


def timeline(entries: Iterable[AuditEntry]) -> list[dict[str, Any]]:
    """Return audit rows, newest first, as entries of components/_timeline.html; a day's repeats are one."""
    runs = groupby(
        entries, key=lambda entry: (entry.action, entry.by_id, localtime(entry.at).date(), entry.why)
    )
    return [_entry(list(run)) for _key, run in runs]


def _entry(run: list[AuditEntry]) -> dict[str, Any]:
    newest = run[0]
    what = _what(newest)
    count = sum(entry.changes.get("count", 1) for entry in run)
    times = ngettext("%(what)s", "%(what)s (%(n)s times)", count) % {"what": what, "n": count}
    why = str(WHY.get(newest.why, newest.why))
    return {"at": newest.at, "what": times, "who": newest.by or _("Praktikbron itself"), "why": why}


def _what(entry: AuditEntry) -> str:
    if entry.to_state in ParticipantState.values and entry.action.startswith("state_"):
        return _("Now: %(state)s") % {"state": ParticipantState(entry.to_state).label}
    return str(WHAT.get(entry.action, _("Something was changed")))


def steps(participant: Participant) -> list[dict[str, Any]]:
    """Return the way from enrolment to work, and where the participant is on it."""
    labels = dict(ParticipantState.choices)
    beside = participant.state not in PARTICIPANT_LIFECYCLE.steps
    note = labels[participant.state] if beside else ""
    reached = ParticipantState.ACTIVE
    return steps_of(PARTICIPANT_LIFECYCLE, participant.state, labels, reached=reached, note=note)


def conditions(participant: Participant) -> dict[str, list[str]]:
    """Return languages, licences and adaptations in words, for participants/_conditions.html."""
    levels = participant.languages.items()
    return {
        "spoken": [f"{Language(code).label}: {LanguageLevel(level).label}" for code, level in levels],
        "licences": [str(Licence(code).label) for code in participant.licences],
        "adaptations": [str(Adaptation(code).label) for code in participant.adaptations],
    }


def next_action(participant: Participant, *, unanswered: int, skills: int) -> dict[str, str]:
    """Return the title and text of what most needs doing, and `do`: which button stands beside it."""
    name = {"name": participant.first_name}
    if participant.state == ParticipantState.ENDED:
        return {
            "do": "reopen",
            "title": _("The case has ended"),
            "text": _("Open it again if the person comes back."),
        }
    if participant.state == ParticipantState.PAUSED:
        return {
            "do": "resume",
            "title": _("Paused"),
            "text": _("Nobody is proposed for a place during a pause."),
        }
    if unanswered:
        title = ngettext("%(n)s word needs your answer", "%(n)s words need your answer", unanswered)
        text = _("The catalogue is not sure what was meant. The match is better once you have answered.")
        return {"do": "answer", "title": title % {"n": unanswered}, "text": text}
    if not skills:
        title, text = _("What can %(name)s do?"), _("Without skills there is nothing to match.")
        return {"do": "skills", "title": title % name, "text": text}
    if participant.is_matchable:
        title, text = _("Find a place for %(name)s"), _("The openings that fit best, each with its reasons.")
        return {"do": "match", "title": title % name, "text": text}
    return {}


def warnings(participant: Participant, consents: Iterable[Consent], *, today: date) -> Iterator[str]:
    """Yield what the coach should know before anything else."""
    if participant.point is None:
        yield _("No place is stated, so no distance can be counted.")
    last = participant.last_contact_on
    if participant.is_matchable and (last is None or today - last > LONG_SILENCE):
        yield _("No contact is noted during the last 30 days.")
    soon = [each for each in consents if not each.withdrawn_at and today <= each.valid_until <= today + SOON]
    if soon:
        yield ngettext(
            "%(n)s consent runs out within 14 days.", "%(n)s consents run out within 14 days.", len(soon)
        ) % {"n": len(soon)}
