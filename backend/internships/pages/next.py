"""What comes next about an internship and its follow-ups, for coach, employer and participant."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.core.ui.next import Action, Next
from backend.internships.enums import INTERNSHIP_LIFECYCLE, InternshipState, Mood
from backend.internships.models import FollowUp, Internship


def next_for_coach(internship: Internship, *, may_decide: bool, has_job: bool) -> Next | None:
    """Return what the coach does next; nothing for who only reads, and nothing when all is done."""
    if not may_decide:
        return None
    if INTERNSHIP_LIFECYCLE.allows(internship.state, InternshipState.ONGOING):
        return _planned(internship)
    if INTERNSHIP_LIFECYCLE.allows(internship.state, InternshipState.COMPLETED):
        return _ongoing(internship)
    if internship.state == InternshipState.CANCELLED or has_job:
        return None
    return _over(internship)


def _planned(internship: Internship) -> Next:
    return Next(
        _("Ready to start"),
        _(
            "When the first day has come, start the internship: the follow-ups are then scheduled by "
            "themselves."
        ),
        (
            Action(_("Start the internship"), _to("start", internship)),
            Action(_("Call it off"), _to("cancel", internship), variant="tertiary"),
        ),
    )


def _ongoing(internship: Internship) -> Next:
    return Next(
        _("Ongoing"),
        _("Has it become a job? Record it at once: that is what it is for."),
        (
            _job(internship),
            Action(_("Complete"), _to("complete", internship), variant="secondary"),
            Action(_("End early"), _to("end", internship), variant="tertiary"),
        ),
    )


def _over(internship: Internship) -> Next:
    places = reverse("matching:openings_for", args=[internship.participant_id])
    return Next(
        _("What came of it?"),
        _("Record the job if there is one, or find the next place."),
        (_job(internship), Action(_("Find places"), places, variant="secondary")),
    )


def _job(internship: Internship) -> Action:
    return Action(_("It became a job"), _to("convert", internship))


def _to(name: str, internship: Internship) -> str:
    return reverse(f"internships:internship_{name}", args=[internship.pk])


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
    if said_by(follow_up, side) is not None:
        return Next(_("Answered"), tone="success")
    if follow_up.due_on > today:
        return Next(_("To come"), tone="neutral")
    answer = Action(_("Tell how it goes"), reverse("internships:follow_up_answer", args=[follow_up.pk]))
    return Next(_("Time to answer"), actions=(answer,), tone="warning", do=_("Tell how it goes"))
