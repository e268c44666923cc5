"""The employer's answer: yes, no, or let us meet first."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.services import take_place
from backend.matching import notifications
from backend.matching.enums import PROPOSAL_LIFECYCLE, ProposalState
from backend.matching.events import PROPOSAL_SETTLED
from backend.matching.going_on import hindrances_of
from backend.matching.models import Proposal
from backend.matching.refusals import AnswerRefusal, ProposalRefusal
from backend.matching.services.finding import lock_proposal

ANSWERS = (ProposalState.ACCEPTED, ProposalState.INTERVIEW, ProposalState.DECLINED)
"""What an employer can answer; the last is always possible while an answer is."""

# An employer reads of the person no more than that it cannot be.
_TO_EMPLOYER = {
    ProposalRefusal.OPENING_NOT_OPEN: AnswerRefusal.NO_PLACE_LEFT,
    ProposalRefusal.EMPLOYER_NOT_IN_GOOD_STANDING: AnswerRefusal.NOBODY_PLACED_HERE,
    ProposalRefusal.NOT_WAITING: AnswerRefusal.NOT_LOOKING,
    ProposalRefusal.PROTECTED: AnswerRefusal.NOT_LOOKING,
    ProposalRefusal.HAS_A_PLACE: AnswerRefusal.NOT_LOOKING,
    ProposalRefusal.CONSENT_OVER: AnswerRefusal.CONSENT_OVER,
}


@one_write
def accept_proposal(*, proposal_id: UUID, note: str = "", by: User, at: datetime) -> Proposal:
    """Accept a proposal on the employer's behalf and take one of its places; the coach reads `note`.

    Raises Proposal.DoesNotExist when `by` may not decide it, TransitionNotAllowed when somebody decided
    first, and Refused when the last place is gone or the consent has run out.
    """
    return _decide(proposal_id, to=ProposalState.ACCEPTED, by=by, at=at, **_words(note))


@one_write
def decline_proposal(*, proposal_id: UUID, reason: str, note: str = "", by: User, at: datetime) -> Proposal:
    """Decline a proposal on the employer's behalf; `reason` is a DeclineReason. Raises as accept_proposal."""
    if not reason:
        raise Refused(AnswerRefusal.NO_REASON, about="reason")
    answer = {"decline_reason": reason, "decline_note": note}
    return _decide(proposal_id, to=ProposalState.DECLINED, by=by, at=at, **answer)


@one_write
def ask_for_interview(*, proposal_id: UUID, note: str = "", by: User, at: datetime) -> Proposal:
    """Ask, on the employer's behalf, to meet the participant first. Takes and raises as accept_proposal."""
    return _decide(proposal_id, to=ProposalState.INTERVIEW, by=by, at=at, **_words(note))


@one_write
def answer_proposal(
    *, proposal_id: UUID, answer: str, reason: str = "", note: str = "", by: User, at: datetime
) -> Proposal:
    """Answer on the employer's behalf with one of ANSWERS, as the three above do. Raises as they do.

    Raises TransitionNotAllowed for a state that is no answer.
    """
    if answer == ProposalState.DECLINED:
        return decline_proposal(proposal_id=proposal_id, reason=reason, note=note, by=by, at=at)
    if answer not in ANSWERS:
        raise TransitionNotAllowed(current=ProposalState.SENT, wanted=answer)
    return _decide(proposal_id, to=answer, by=by, at=at, **_words(note))


def _words(note: str) -> dict[str, str]:
    """Return what is written of words with a yes or a meeting; none leave those that came before."""
    return {"answer_note": note.strip()} if note.strip() else {}


def _decide(proposal_id: UUID, *, to: str, by: User, at: datetime, **answer: Any) -> Proposal:
    proposal = lock_proposal(proposal_id=proposal_id, among=Proposal.objects.decidable_by(by))
    if not PROPOSAL_LIFECYCLE.allows(proposal.state, to):
        raise TransitionNotAllowed(current=proposal.state, wanted=to)
    if to != ProposalState.DECLINED:
        _check_may_go_on(proposal, day=day_of(at))
    takes_place = to == ProposalState.ACCEPTED
    answer |= {"decided_at": at, "decided_by": by, "holds_place": takes_place}
    PROPOSAL_LIFECYCLE.move(proposal, to=to, by=by, at=at, **answer)
    if takes_place:
        take_place(opening_id=proposal.opening_id, by=by, at=at)
    notifications.tell_coach(proposal, at=at)
    if to != ProposalState.INTERVIEW:
        PROPOSAL_SETTLED.emit(proposal, by=by, at=at)
    return proposal


def _check_may_go_on(proposal: Proposal, *, day: date) -> None:
    """Raise Refused when a yes is no longer possible; a no always is."""
    hindering = hindrances_of(proposal, day=day)
    if hindering:
        raise Refused(_TO_EMPLOYER[hindering[-1]])


def possible_answers(proposal: Proposal, *, day: date) -> frozenset[ProposalState]:
    """Return the answers that the employer can give on `day`, for the page to offer those and no other."""
    goes_on = not hindrances_of(proposal, day=day)
    answers = ANSWERS if goes_on else ANSWERS[-1:]
    return frozenset(to for to in answers if PROPOSAL_LIFECYCLE.allows(proposal.state, to))
