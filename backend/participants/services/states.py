"""Moves a participant along the way to work, and keeps the count of waiting honest."""

from datetime import date, datetime, timedelta
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.participants.enums import PARTICIPANT_LIFECYCLE, ConsentEnd, ParticipantState
from backend.participants.events import PARTICIPANT_MOVED
from backend.participants.models import Consent, Participant
from backend.participants.refusals import FileRefusal
from backend.participants.services.consents import close_consent
from backend.participants.services.locking import lock_case

SHORT_WORK = timedelta(days=30)
AT_WORK = (ParticipantState.IN_INTERNSHIP, ParticipantState.EMPLOYED)
# Internships and employments move people into work; a coach's click cannot claim it.
BY_COACH = (
    ParticipantState.ENROLLED,
    ParticipantState.ACTIVE,
    ParticipantState.PAUSED,
    ParticipantState.ENDED,
)


@one_write
def change_state(*, participant_id: UUID, to: str, by: User, at: datetime, why: str = "") -> Participant:
    """Move a participant on a coach's decision: enrol again, look for a place, pause or end.

    Raises Participant.DoesNotExist for strangers, TransitionNotAllowed for any other state, and
    Refused when a pause or an end has no reason.
    """
    participant = lock_case(participant_id=participant_id, by=by)
    if to not in BY_COACH:
        raise TransitionNotAllowed(current=participant.state, wanted=to)
    if to in (ParticipantState.PAUSED, ParticipantState.ENDED) and not why.strip():
        raise Refused(FileRefusal.NO_REASON_TO_STOP, about="why")
    return move_participant(participant=participant, to=to, by=by, at=at, why=why.strip())


def coachs_moves(participant: Participant) -> list[str]:
    """Return the states that a coach may move `participant` to now."""
    return [to for to in BY_COACH if PARTICIPANT_LIFECYCLE.allows(participant.state, to)]


@one_write
def move_participant(
    *,
    participant: Participant,
    to: str,
    by: User | None,
    at: datetime,
    why: str = "",
    waiting_since: date | None = None,
) -> Participant:
    """Move a participant to state `to`; the caller has made sure that `by` may (None: the system itself).

    Waiting is counted from `waiting_since`, which `waiting_after` decides unless it is given. Ending a case
    ends every consent that still holds. Raises TransitionNotAllowed, with nothing changed.
    """
    before = participant.state
    PARTICIPANT_LIFECYCLE.move(
        participant,
        to=to,
        by=by,
        at=at,
        why=why,
        waiting_since=waiting_since or waiting_after(participant=participant, to=to, at=at),
    )
    PARTICIPANT_MOVED.emit(participant, by=by, at=at, before=before, to=to)
    if to == ParticipantState.ENDED:
        for consent in Consent.objects.filter(participant=participant).in_force(day_of(at)).order_by("pk"):
            close_consent(consent=consent, why=ConsentEnd.CASE_ENDED, by=by, at=at)
    return participant


def waiting_after(*, participant: Participant, to: str, at: datetime) -> date:
    """Return since when the participant waits once in state `to`.

    Whoever comes back from work starts anew, so that the line is led by those who have had nothing; but
    work of fewer than 30 days does not cost a place in the line, nor does a pause. A case that is opened
    again starts anew. Going to work leaves the day as it is: it tells how long the wait was.
    """
    today = day_of(at)
    if participant.state == ParticipantState.ENDED:
        return today
    worked_long = participant.state in AT_WORK and at - participant.state_changed_at >= SHORT_WORK
    return today if to == ParticipantState.ACTIVE and worked_long else participant.waiting_since
