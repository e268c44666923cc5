"""Taking a proposal back, and what follows from that."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.accounts.models import User
from backend.core.writing.refusals import Refused
from backend.employers.services import release_place
from backend.matching import notifications
from backend.matching.enums import OPEN_STATES, PROPOSAL_LIFECYCLE, ProposalState
from backend.matching.models import Proposal, ProposalQuerySet
from backend.matching.refusals import ProposalRefusal
from backend.matching.services.finding import handled_proposal
from backend.participants.services import close_consent


@transaction.atomic
def withdraw_proposal(*, proposal_id: UUID, why: str, by: User, at: datetime) -> Proposal:
    """Take a proposal back; the employer sees the person no more, and an accepted place becomes free."""
    return _withdraw(handled_proposal(proposal_id=proposal_id, by=by), why=why, by=by, at=at)


def withdraw_all(*, proposals: ProposalQuerySet, why: str, by: User | None, at: datetime) -> None:
    """Take back those of `proposals` that are open, because of something that happened elsewhere.

    `why` is a WithdrawalReason; the employer is told that the proposal is withdrawn, never why.
    """
    open_states = [*OPEN_STATES, ProposalState.ACCEPTED]
    for proposal in proposals.filter(state__in=open_states, internship=None).order_by("pk"):
        _withdraw(proposal, why=why, by=by, at=at)


def _withdraw(proposal: Proposal, *, why: str, by: User | None, at: datetime) -> Proposal:
    before = proposal.state
    if before == ProposalState.ACCEPTED and hasattr(proposal, "internship"):
        raise Refused(ProposalRefusal.INTERNSHIP_PLANNED)
    PROPOSAL_LIFECYCLE.move(proposal, to=ProposalState.WITHDRAWN, by=by, at=at, why=why)
    if before == ProposalState.ACCEPTED:
        release_place(opening_id=proposal.opening_id, by=by, at=at)
    consent = proposal.consent
    if consent is not None:
        close_consent(consent=consent, by=by, at=at)
    if proposal.sent_at is not None:
        notifications.tell_employer_of_withdrawal(proposal, at=at)
    return proposal
