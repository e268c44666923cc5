"""The employer's answer: yes, no, or let us meet first."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.employers.services import take_place
from backend.matching import notifications
from backend.matching.enums import PROPOSAL_LIFECYCLE, ProposalState
from backend.matching.models import Proposal
from backend.matching.refusals import AnswerRefusal


@transaction.atomic
def accept_proposal(*, proposal_id: UUID, by: User, at: datetime) -> Proposal:
    """Accept a proposal on the employer's behalf and take one of the opening's places.

    Raises Proposal.DoesNotExist when `by` may not decide it, TransitionNotAllowed when somebody decided
    first, and Refused when the last place is gone or the consent has run out.
    """
    return _decide(proposal_id, to=ProposalState.ACCEPTED, by=by, at=at)


@transaction.atomic
def decline_proposal(*, proposal_id: UUID, reason: str, note: str = "", by: User, at: datetime) -> Proposal:
    """Decline a proposal on the employer's behalf; `reason` is a DeclineReason. Raises as accept_proposal."""
    if not reason:
        raise Refused(AnswerRefusal.NO_REASON, about="reason")
    answer = {"decline_reason": reason, "decline_note": note}
    return _decide(proposal_id, to=ProposalState.DECLINED, by=by, at=at, **answer)


@transaction.atomic
def ask_for_interview(*, proposal_id: UUID, by: User, at: datetime) -> Proposal:
    """Ask, on the employer's behalf, to meet the participant first. Raises as accept_proposal."""
    return _decide(proposal_id, to=ProposalState.INTERVIEW, by=by, at=at)


def _decide(proposal_id: UUID, *, to: str, by: User, at: datetime, **answer: Any) -> Proposal:
    related = ("opening__workplace__employer", "participant", "coach", "consent")
    proposal = Proposal.objects.decidable_by(by).select_related(*related).get(pk=proposal_id)
    if not PROPOSAL_LIFECYCLE.allows(proposal.state, to):
        raise TransitionNotAllowed(current=proposal.state, wanted=to)
    if to != ProposalState.DECLINED:
        _check_may_go_on(proposal, day=day_of(at))
    PROPOSAL_LIFECYCLE.move(proposal, to=to, by=by, at=at, decided_at=at, decided_by=by, **answer)
    if to == ProposalState.ACCEPTED:
        take_place(opening_id=proposal.opening_id, by=by, at=at)
    notifications.tell_coach(proposal, at=at)
    return proposal


def _check_may_go_on(proposal: Proposal, *, day: date) -> None:
    """Raise Refused when a yes is no longer possible; a no always is."""
    if proposal.consent is None or not proposal.consent.holds_on(day):
        raise Refused(AnswerRefusal.CONSENT_OVER)
    if not proposal.participant.is_matchable:
        raise Refused(AnswerRefusal.NOT_LOOKING)
    if not proposal.opening.workplace.employer.is_in_good_standing:
        raise Refused(AnswerRefusal.NOBODY_PLACED_HERE)
