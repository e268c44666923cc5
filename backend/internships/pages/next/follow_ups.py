"""What comes next about a follow-up, for each of the three whom it concerns."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.core.templatetags.ui import day
from backend.core.ui.next import Action, Next
from backend.internships.enums import Mood
from backend.internships.models import FollowUp


@dataclass(frozen=True)
class Said:
    """What one side has said in a follow-up."""

    mood: str
    words: str
    note: str
    at: datetime

    @property
    def as_initial(self) -> dict[str, str]:
        """The answer as the form takes it, for who wants to change it."""
        return {"mood": self.mood, "note": self.note}


def said_by(follow_up: FollowUp, side: str) -> Said | None:
    """Return the answer of `side`, or None: only employer and participant answer, each for itself."""
    at, mood, note = {
        Persona.EMPLOYER: (follow_up.employer_answered_at, follow_up.employer_mood, follow_up.employer_note),
        Persona.PARTICIPANT: (
            follow_up.participant_answered_at,
            follow_up.participant_mood,
            follow_up.participant_note,
        ),
    }.get(Persona(side), (None, "", ""))
    return Said(mood, str(Mood(mood).label), note, at) if at is not None else None


def next_for_side(follow_up: FollowUp, side: str, *, today: date) -> Next:
    """Return where a follow-up stands for employer or participant, and whether it waits for their answer."""
    if not follow_up.is_open:
        return Next(_("Done"), tone="success")
    said = said_by(follow_up, side)
    if said is not None:
        return Next(_("Answered on %(day)s") % {"day": day(said.at)}, tone="success")
    if not follow_up.is_open_to_sides_on(today):
        return Next(_("Opens on %(day)s") % {"day": day(follow_up.due_on)}, tone="neutral")
    answer = Action(_("Tell how it goes"), reverse("internships:follow_up_answer", args=[follow_up.pk]))
    return Next(_("Not answered yet"), actions=(answer,), tone="warning", do=_("Tell how it goes"))


def next_for_coach_of(follow_up: FollowUp, *, today: date) -> Next | None:
    """Return what the coach does about a follow-up: nothing before its day unless it goes badly."""
    is_red = Mood.BAD in (follow_up.employer_mood, follow_up.participant_mood) or follow_up.call_wanted_at
    if not follow_up.is_open or (follow_up.due_on > today and not is_red):
        return None
    talk = Action(_("Follow up"), reverse("internships:follow_up_answer", args=[follow_up.pk]))
    reason = _("It goes badly") if is_red else follow_up.get_kind_display()
    if follow_up.call_wanted_at:
        reason = _("Wants you to call")
    mark = "danger" if is_red or follow_up.due_on < today else "warning"
    return Next(reason, actions=(talk,), reason=reason, do=talk.label, mark=mark)
