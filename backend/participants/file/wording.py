"""What has happened and what should happen now, in the words of the person's page."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.core.ui.next import Action, Next
from backend.core.ui.steps import steps_of
from backend.participants.enums import PARTICIPANT_LIFECYCLE, ParticipantState
from backend.participants.models import Consent, Participant
from backend.participants.services.states import coachs_moves
from backend.skills import wording

LONG_SILENCE = timedelta(days=30)
SOON = timedelta(days=14)


def steps(participant: Participant, *, has_been_proposed: bool = False) -> list[dict[str, Any]]:
    """Return the way from enrolment to work, and where the participant is on it.

    Who has been proposed to an employer looks for a place, also when the case was opened again since.
    """
    labels = dict(ParticipantState.choices)
    if has_been_proposed and participant.state == ParticipantState.ENROLLED:
        return steps_of(
            PARTICIPANT_LIFECYCLE, ParticipantState.ACTIVE, labels, reached=ParticipantState.ACTIVE
        )
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
        "adaptations_good": [wording.adaptation(code) for code in participant.adaptations_good],
    }


def next_action(participant: Participant, *, unanswered: int, skills: int) -> Next | None:
    """Return what a coach most needs to do in the case."""
    name, to = {"name": participant.first_name}, [participant.pk]
    if participant.state in _AGAIN:
        return _again(participant)
    if unanswered:
        title = ngettext("%(n)s word needs your answer", "%(n)s words need your answer", unanswered)
        text = _("The catalogue is not sure what was meant. The match is better once you have answered.")
        return Next(title % {"n": unanswered}, text, (Action(_("Answer"), "#kompetenser"),), tone="warning")
    if not skills:
        title, text = _("What can %(name)s do?"), _("Without skills there is nothing to match.")
        add = Action(_("Add skills"), reverse("participants:skill_add", args=to))
        return Next(title % name, text, (add,), tone="warning")
    if participant.is_matchable:
        title, text = _("Find a place for %(name)s"), _("The openings that fit best, each with its reasons.")
        places = Action(_("Find places"), reverse("matching:openings_for", args=to))
        return Next(title % name, text, (places,))
    return None


_AGAIN = {
    ParticipantState.ENDED: ParticipantState.ENROLLED,
    ParticipantState.PAUSED: ParticipantState.ACTIVE,
}
"""Out of a case that is at rest, the state into which it is taken up again."""


def _again(participant: Participant) -> Next:
    to = _AGAIN[ParticipantState(participant.state)]
    url = reverse("participants:state_change", args=[participant.pk, to])
    if participant.state == ParticipantState.PAUSED:
        text = _("Nobody is proposed for a place during a pause.")
        return Next(_("Paused"), text, (Action(_("Go on"), url),))
    text = _("Open it again if the person comes back.")
    return Next(_("The case has ended"), text, (Action(_("Open the case again"), url),))


def rests(participant: Participant) -> list[Action]:
    """Return how the coach may lay the case to rest now."""
    labels = {ParticipantState.PAUSED: _("Pause"), ParticipantState.ENDED: _("End the case")}
    return [
        Action(label, reverse("participants:state_change", args=[participant.pk, to]))
        for to, label in labels.items()
        if to in coachs_moves(participant)
    ]


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
