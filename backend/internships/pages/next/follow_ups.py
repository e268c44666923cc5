"""What comes next about a follow-up, for each of the three whom it concerns."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.core.templatetags.ui import day
from backend.core.ui.next import Action, Next
from backend.internships.enums import Mood, Presence
from backend.internships.models import Answer, FollowUp
from backend.internships.services import SIDES


@dataclass(frozen=True)
class Said:
    """What one side has said in a follow-up."""

    answer: Answer
    at: datetime

    @property
    def words(self) -> str:
        """How it goes, in words."""
        return str(Mood(self.answer.mood).label)

    @property
    def presence(self) -> str:
        """How it is with being there, in words; empty where nobody said."""
        return str(Presence(self.answer.presence).label) if self.answer.presence else ""

    @property
    def as_initial(self) -> dict[str, str]:
        """The answer as the form takes it, for who wants to change it."""
        return self.answer._asdict()


def said_by(follow_up: FollowUp, side: str) -> Said | None:
    """Return the answer of `side`, or None: only employer and participant answer, each for itself."""
    if side not in SIDES:
        return None
    at = getattr(follow_up, f"{side}_answered_at")
    return Said(follow_up.said(side), at) if at is not None else None


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
    call = follow_up.call_wanted_at or follow_up.employer_call_wanted_at
    is_red = Mood.BAD in (follow_up.employer_mood, follow_up.participant_mood) or call is not None
    if not follow_up.is_open or (follow_up.due_on > today and not is_red):
        return None
    talk = Action(_("Follow up"), reverse("internships:follow_up_answer", args=[follow_up.pk]))
    reason = _("It goes badly") if is_red else follow_up.get_kind_display()
    if call:
        reason = _("Wants you to call") if follow_up.call_wanted_at else _("The employer wants you to call")
    mark = "danger" if is_red or follow_up.due_on < today else "warning"
    return Next(reason, actions=(talk,), reason=reason, do=talk.label, mark=mark)
