"""What has happened and what should happen now, in the words of the person's page."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.core.ui.steps import steps_of
from backend.participants.enums import PARTICIPANT_LIFECYCLE, ParticipantState
from backend.participants.models import Consent, Participant
from backend.skills import wording

LONG_SILENCE = timedelta(days=30)
SOON = timedelta(days=14)


def steps(participant: Participant) -> list[dict[str, Any]]:
    """Return the way from enrolment to work, and where the participant is on it."""
    labels = dict(ParticipantState.choices)
    beside = participant.state not in PARTICIPANT_LIFECYCLE.steps
    note = labels[participant.state] if beside else ""
    reached = ParticipantState.ACTIVE
    return steps_of(PARTICIPANT_LIFECYCLE, participant.state, labels, reached=reached, note=note)


def conditions(participant: Participant) -> dict[str, list[str]]:
    """Return languages, licences and adaptations in words, for participants/_conditions.html."""
    return {
        "spoken": wording.languages(participant.languages),
        "licences": [wording.licence(code) for code in participant.licences],
        "adaptations": [wording.adaptation(code) for code in participant.adaptations],
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
