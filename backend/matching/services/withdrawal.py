"""Taking a proposal back, and what follows from that."""

from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.services import release_place
from backend.matching import notifications
from backend.matching.enums import PROPOSAL_LIFECYCLE, ProposalState, WithdrawalReason
from backend.matching.events import PROPOSAL_SETTLED
from backend.matching.models import Proposal, ProposalQuerySet
from backend.matching.refusals import ProposalRefusal
from backend.matching.services.finding import RELATED, handled_proposal
from backend.participants.enums import ConsentEnd
from backend.participants.services import close_consent


@one_write
def withdraw_proposal(*, proposal_id: UUID, why: str, by: User, at: datetime) -> Proposal:
    """Take a proposal back; the employer sees the person no more, and an accepted place becomes free.

    Raises Refused while an internship is planned or ongoing: that is called off or ended instead; and
    TransitionNotAllowed when it is over.
    """
    proposal = handled_proposal(proposal_id=proposal_id, by=by)
    if not proposal.may_be_withdrawn:
        if proposal.state == ProposalState.PLACED:
            raise Refused(ProposalRefusal.INTERNSHIP_PLANNED)
        raise TransitionNotAllowed(current=proposal.state, wanted=ProposalState.WITHDRAWN)
    return withdraw(proposal=proposal, why=why, by=by, at=at)


# Why the consent of a proposal ends with it; it is taken back by the person alone, before this.
_ENDS_CONSENT: dict[str, ConsentEnd] = {
    WithdrawalReason.CALLED_OFF: ConsentEnd.CALLED_OFF,
    WithdrawalReason.ENDED: ConsentEnd.CASE_ENDED,
    WithdrawalReason.PROTECTED: ConsentEnd.PROTECTED,
}


def withdraw_all(*, proposals: ProposalQuerySet, why: str, by: User | None, at: datetime) -> None:
    """Take back those of `proposals` that are open, because of something that happened elsewhere.

    The caller holds their cases. `why` is a WithdrawalReason; the employer is told that the proposal is
    withdrawn, never why.
    """
    for proposal in proposals.open().select_related(*RELATED).order_by("pk"):
        withdraw(proposal=proposal, why=why, by=by, at=at)


def withdraw(
    *, proposal: Proposal, why: str, by: User | None, at: datetime, tells_employer: bool = True
) -> Proposal:
    """Take back a proposal whose case the caller holds, with its consent and its place.

    The employer is told, unless another message tells of the same thing or the proposal was never sent.
    """
    held_place = proposal.holds_place
    to = ProposalState.WITHDRAWN
    PROPOSAL_LIFECYCLE.move(proposal, to=to, by=by, at=at, why=why, holds_place=False)
    if held_place:
        release_place(opening_id=proposal.opening_id, by=by, at=at)
    if proposal.consent is not None:
        ended = _ENDS_CONSENT.get(why, ConsentEnd.PROPOSAL_OVER)
        close_consent(consent=proposal.consent, why=ended, by=by, at=at)
    if tells_employer and proposal.sent_at is not None:
        notifications.tell_employer_of_withdrawal(proposal, at=at)
    PROPOSAL_SETTLED.emit(proposal, by=by, at=at)
    return proposal
