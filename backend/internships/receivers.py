"""What becomes of internships when something happens in the life-cycles below."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from backend.accounts.models import User
from backend.core.writing.refusals import Refused
from backend.employers.events import EMPLOYER_PAUSED, EMPLOYER_RESUMED
from backend.employers.models import Employer
from backend.internships.enums import UNDER_WAY, InternshipState
from backend.internships.events import INTERNSHIP_PAUSED, INTERNSHIP_RESUMED
from backend.internships.models import Internship, InternshipQuerySet
from backend.internships.notifications import tell_of_doubt, tell_of_resumption
from backend.internships.refusals import InternshipRefusal
from backend.internships.services.follow_ups import move_follow_ups
from backend.internships.services.placements import RELATED, call_off
from backend.matching.enums import WithdrawalReason
from backend.participants.enums import ParticipantState
from backend.participants.events import CONSENT_ENDED, PARTICIPANT_MOVED, PARTICIPANT_PROTECTED
from backend.participants.models import Consent, Participant

# Somebody with a job may finish the internship; nobody else moves away from under one that goes on.
_AT_WORK = (ParticipantState.IN_INTERNSHIP, ParticipantState.EMPLOYED)
_CALLS_OFF = {
    ParticipantState.EMPLOYED: WithdrawalReason.GOT_JOB,
    ParticipantState.PAUSED: WithdrawalReason.PAUSED,
    ParticipantState.ENDED: WithdrawalReason.ENDED,
}


@PARTICIPANT_MOVED.received_by(
    "internship",
    does="a planned one is called off when the person has a job, is paused or ended; an ongoing one must be "
    "ended first, so that the move is refused – but not for a job",
)
def follow_the_person(*, subject: Participant, by: User | None, at: datetime, to: str, **facts: Any) -> None:
    """Call off what is planned for somebody who leaves. Raises Refused while an internship is under way."""
    theirs = Internship.objects.filter(participant=subject.pk)
    if to not in _AT_WORK and theirs.filter(state__in=UNDER_WAY).exists():
        raise Refused(InternshipRefusal.ONGOING)
    why = _CALLS_OFF.get(ParticipantState(to))
    if why is not None:
        planned = theirs.filter(state=InternshipState.PLANNED).select_related(*RELATED)
        for internship in planned.order_by("pk"):
            call_off(internship=internship, why=why, by=by, at=at)


@CONSENT_ENDED.received_by(
    "internship", does="cannot be started without a new consent; the coach is told and has it on My day"
)
def ask_for_consent(*, subject: Consent, by: User | None, at: datetime) -> None:
    """Tell the coach that the consent of a planned or ongoing internship is gone."""
    theirs = Q(proposal__consent=subject.pk) | Q(consent=subject.pk)
    _ask(Internship.objects.filter(theirs), at=at)


@EMPLOYER_PAUSED.received_by(
    "internship", does="cannot be started there; the coach is asked what becomes of it, on My day too"
)
def ask_what_becomes_of_it(*, subject: Employer, by: User | None, at: datetime) -> None:
    """Ask each coach with an internship at the employer whether it goes on."""
    _ask(Internship.objects.filter(workplace__employer=subject.pk), at=at)


@EMPLOYER_RESUMED.received_by(
    "internship", does="planned ones can start and ongoing ones be extended again; the coach is told"
)
def tell_that_it_goes_on(*, subject: Employer, by: User | None, at: datetime) -> None:
    """Tell each coach with an internship at the employer that people may be placed there again."""
    theirs = Internship.objects.filter(workplace__employer=subject.pk).open()
    for internship in theirs.select_related("participant").order_by("pk"):
        tell_of_resumption(internship, at=at)


@PARTICIPANT_PROTECTED.received_by(
    "internship",
    does="the employer is shown it no more; the handlers are asked on My day if it goes on",
)
def ask_handlers(*, subject: Participant, by: User | None, at: datetime) -> None:
    """Ask whether what is planned or ongoing for somebody with protected identity goes on."""
    _ask(Internship.objects.filter(participant=subject.pk), at=at)


@INTERNSHIP_PAUSED.received_by(
    "internship", does="follow-ups that fall in the pause move past it, and are not asked before"
)
@INTERNSHIP_RESUMED.received_by(
    "internship", does="follow-ups that were to be asked meanwhile are asked from now on"
)
def move_past_pause(*, subject: Internship, by: User | None, at: datetime, **facts: Any) -> None:
    """Let the follow-ups that are still open fall due on days on which the person is there."""
    move_follow_ups(subject, at=at)


def _ask(internships: InternshipQuerySet, *, at: datetime) -> None:
    for internship in internships.open().select_related("participant").order_by("pk"):
        tell_of_doubt(internship, at=at)
