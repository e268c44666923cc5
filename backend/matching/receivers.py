"""What becomes of proposals when something happens in the life-cycles below."""

from datetime import datetime
from typing import Any

from backend.accounts.models import User
from backend.matching.enums import WithdrawalReason
from backend.matching.events import PROPOSAL_PLACED
from backend.matching.models import Proposal
from backend.matching.services import withdraw_all
from backend.participants.enums import ParticipantState
from backend.participants.events import CONSENT_ENDED, PARTICIPANT_MOVED, PARTICIPANT_PROTECTED
from backend.participants.models import Consent, Participant

# Going back to looking for a place ends nothing.
_WHY = {
    ParticipantState.IN_INTERNSHIP: WithdrawalReason.PLACED,
    ParticipantState.EMPLOYED: WithdrawalReason.GOT_JOB,
    ParticipantState.PAUSED: WithdrawalReason.PAUSED,
    ParticipantState.ENDED: WithdrawalReason.ENDED,
}


@CONSENT_ENDED.received_by("proposal", does="the open proposal that stood on it is withdrawn")
def withdraw_its_proposal(*, subject: Consent, by: User | None, at: datetime) -> None:
    """Take back the proposal that stood on the consent."""
    proposals = Proposal.objects.filter(consent=subject.pk)
    withdraw_all(proposals=proposals, why=WithdrawalReason.CONSENT_ENDED, by=by, at=at)


@PARTICIPANT_MOVED.received_by(
    "proposal", does="open proposals are withdrawn and accepted places freed, unless the person looks for one"
)
def withdraw_of_who_left(
    *, subject: Participant, by: User | None, at: datetime, to: str, **facts: Any
) -> None:
    """Take back what is open for somebody who is no longer looking for a place."""
    why = _WHY.get(ParticipantState(to))
    if why is not None:
        withdraw_all(proposals=Proposal.objects.filter(participant=subject.pk), why=why, by=by, at=at)


@PROPOSAL_PLACED.received_by("proposal", does="the person's other open proposals are withdrawn")
def withdraw_the_others(*, subject: Proposal, by: User | None, at: datetime) -> None:
    """Take back what else is open for somebody who has a place now."""
    others = Proposal.objects.filter(participant=subject.participant_id).exclude(pk=subject.pk)
    withdraw_all(proposals=others, why=WithdrawalReason.PLACED, by=by, at=at)


@PARTICIPANT_PROTECTED.received_by("proposal", does="open proposals are withdrawn, accepted places freed")
def withdraw_of_the_protected(*, subject: Participant, by: User | None, at: datetime) -> None:
    """Take back what is open for somebody whose identity is protected from now on."""
    proposals = Proposal.objects.filter(participant=subject.pk)
    withdraw_all(proposals=proposals, why=WithdrawalReason.PROTECTED, by=by, at=at)
