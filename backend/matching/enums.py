"""States and life-cycle of a proposal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from backend.core.writing.lifecycle import Lifecycle


class ProposalState(TextChoices):
    DRAFT = "draft", _("Draft")
    ASKED = "asked", _("Waiting for the participant")
    SENT = "sent", _("Waiting for the employer")
    INTERVIEW = "interview", _("Interview wanted")
    ACCEPTED = "accepted", _("The employer said yes")
    PLACED = "placed", _("Placed")
    FINISHED = "finished", _("Placement over")
    DECLINED = "declined", _("The employer said no")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class DeclineReason(TextChoices):
    NO_PLACE = "no_place", _("No place at the moment")
    SKILLS = "skills", _("Other skills are needed")
    HOURS = "hours", _("The hours do not fit")
    SUPERVISION = "supervision", _("No supervisor at the moment")
    ADAPTATIONS = "adaptations", _("The adaptations cannot be arranged")
    OTHER = "other", _("Other reason")


class WithdrawalReason(TextChoices):
    """Why a proposal was taken back by something that happened elsewhere; a coach writes words instead."""

    PARTICIPANT_SAID_NO = "participant_said_no", _("The participant said no")
    CONSENT_ENDED = "consent_withdrawn", _("The participant took the consent back")
    PLACED = "placed", _("The person has another place")
    OPENING_CLOSED = "opening_closed", _("The opening was closed")
    OPENING_EXPIRED = "opening_expired", _("The opening's time had run out")
    CALLED_OFF = "called_off", _("What was planned or recorded was taken back, and cannot go on")
    GOT_JOB = "got_job", _("The person has a job")
    PAUSED = "paused", _("The case is paused")
    ENDED = "ended", _("The case has ended")
    PROTECTED = "protected", _("The identity is protected")


UNDECIDED = (ProposalState.DRAFT, ProposalState.ASKED, ProposalState.SENT, ProposalState.INTERVIEW)
OPEN_STATES = (*UNDECIDED, ProposalState.ACCEPTED)
"""Somebody has something left to do: an accepted proposal waits to be planned, a placed one does not."""
NOT_YET_TOLD = (ProposalState.DRAFT, ProposalState.ASKED)
AWAITING_EMPLOYER = (ProposalState.SENT, ProposalState.INTERVIEW)
HOLDS_PLACE = (ProposalState.ACCEPTED, ProposalState.PLACED)
"""One of the opening's places is kept for the person."""
TAKEN_STATES = (*OPEN_STATES, ProposalState.PLACED)
"""Whoever is so proposed for an opening cannot be proposed for it again."""
TELLS_EMPLOYER = (*AWAITING_EMPLOYER, *HOLDS_PLACE)
DECIDED_BY_EMPLOYER = (*HOLDS_PLACE, ProposalState.FINISHED, ProposalState.DECLINED)
SEEN_BY_EMPLOYER = (*AWAITING_EMPLOYER, *DECIDED_BY_EMPLOYER)

_DECIDED = frozenset({ProposalState.ACCEPTED, ProposalState.DECLINED, ProposalState.WITHDRAWN})
PROPOSAL_LIFECYCLE = Lifecycle(
    moves={
        ProposalState.DRAFT: frozenset({ProposalState.ASKED, ProposalState.SENT, ProposalState.WITHDRAWN}),
        ProposalState.ASKED: frozenset({ProposalState.SENT, ProposalState.WITHDRAWN}),
        ProposalState.SENT: _DECIDED | {ProposalState.INTERVIEW},
        ProposalState.INTERVIEW: _DECIDED,
        ProposalState.ACCEPTED: frozenset({ProposalState.PLACED, ProposalState.WITHDRAWN}),
        # Back to accepted when what was planned is called off; withdrawn with it when it cannot go on.
        ProposalState.PLACED: frozenset(
            {ProposalState.ACCEPTED, ProposalState.FINISHED, ProposalState.WITHDRAWN}
        ),
        # A job's end was written by mistake, or the job was.
        ProposalState.FINISHED: frozenset({ProposalState.PLACED, ProposalState.WITHDRAWN}),
    },
    steps=(
        ProposalState.DRAFT,
        ProposalState.SENT,
        ProposalState.INTERVIEW,
        ProposalState.ACCEPTED,
        ProposalState.PLACED,
    ),
)


class ChoiceKind(TextChoices):
    """What a coach decides about a pair on the allocation board."""

    PIN = "pin", _("Keep")
    BAN = "ban", _("Not here")


class BanReason(TextChoices):
    """Why a coach does not want a pair on the board: about the match, never about the person's health."""

    WISH = "wish", _("Wants something else")
    TASKS = "tasks", _("The tasks do not suit")
    JOURNEY = "journey", _("The way there")
    OTHER_PLAN = "other_plan", _("Something else is under way")
    NOT_NOW = "not_now", _("Not now")


class Verdict(TextChoices):
    """What a coach says of a row of a ranking."""

    FITS = "fits", _("Fits")
    DOES_NOT_FIT = "does_not_fit", _("Does not fit")
    WRONG_SKILL = "wrong_skill", _("A skill is misread")


GAINS = {Verdict.FITS: 3, Verdict.DOES_NOT_FIT: 0, Verdict.WRONG_SKILL: 0}
"""Gain (0-3, as in evaluate_matching) of each verdict; a row that rests on a misread skill deserves none."""


class VisitKind(TextChoices):
    """Why they meet before the employer answers."""

    INTERVIEW = "interview", _("A talk")
    TRIAL = "trial", _("A trial day")


class VisitPlace(TextChoices):
    """Where they meet."""

    WORKPLACE = "workplace", _("At the workplace")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")


class VisitState(TextChoices):
    PROPOSED = "proposed", _("Times proposed")
    BOOKED = "booked", _("Booked")
    HELD = "held", _("They have met")
    MISSED = "missed", _("It did not happen")
    CANCELLED = "cancelled", _("Cancelled")


class Chooser(TextChoices):
    """Who chooses one of the times; the coach may do it for either, and it is said who did."""

    EMPLOYER = "employer", _("The employer")
    PARTICIPANT = "participant", _("The participant")


class CancelReason(TextChoices):
    """Why nobody meets; a code, because everybody reads it: nothing about a person's health or life."""

    TIMES = "times_do_not_suit", _("No time suits")
    PERSON = "person_cannot", _("The participant cannot come")
    EMPLOYER = "employer_cannot", _("The workplace cannot")
    NOT_NEEDED = "not_needed", _("It is not needed any more")
    PROPOSAL_OVER = "proposal_over", _("The proposal has been answered or withdrawn")


OPEN_VISITS = (VisitState.PROPOSED, VisitState.BOOKED)
WITH_TIME = (VisitState.BOOKED, VisitState.HELD, VisitState.MISSED)
VISIT_LIFECYCLE = Lifecycle(
    moves={
        # To itself: other times are proposed, before one was chosen or after.
        VisitState.PROPOSED: frozenset({VisitState.PROPOSED, VisitState.BOOKED, VisitState.CANCELLED}),
        VisitState.BOOKED: frozenset(
            {VisitState.PROPOSED, VisitState.HELD, VisitState.MISSED, VisitState.CANCELLED}
        ),
    },
    steps=(VisitState.PROPOSED, VisitState.BOOKED, VisitState.HELD),
)
