"""What internships and jobs make of an accepted proposal: placed, accepted again, over.

The services of the apps above call these with a proposal whose case they hold.
"""

from datetime import datetime

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.transactions import one_write
from backend.employers.services import release_place
from backend.matching.enums import PROPOSAL_LIFECYCLE, ProposalState, WithdrawalReason
from backend.matching.events import PROPOSAL_PLACED
from backend.matching.models import Proposal
from backend.matching.placed import placed_elsewhere
from backend.matching.services.withdrawal import withdraw
from backend.participants.enums import ConsentEnd
from backend.participants.models import Participant
from backend.participants.services import close_consent


@one_write
def place_proposal(*, proposal: Proposal, by: User, at: datetime) -> Proposal:
    """Mark an accepted proposal as placed: its internship is planned, or its job recorded.

    Raises TransitionNotAllowed when it is not accepted.
    """
    if proposal.state != ProposalState.ACCEPTED:
        raise TransitionNotAllowed(current=proposal.state, wanted=ProposalState.PLACED)
    PROPOSAL_LIFECYCLE.move(proposal, to=ProposalState.PLACED, by=by, at=at)
    # On the person too: the pools of people who wait are read anew when the person's own log grows.
    audit.record(proposal.participant, "got_place", by=by, at=at)
    PROPOSAL_PLACED.emit(proposal, by=by, at=at)
    return proposal


@one_write
def unplace_proposal(
    *, proposal: Proposal, by: User | None, at: datetime, tells_employer: bool = False
) -> Proposal:
    """Let a proposal be accepted again when what was planned is called off, or the job was none.

    The place stays the person's. The proposal is withdrawn instead, and the place free, when the person could
    not be placed there any more; `tells_employer` when no other message tells of it.
    """
    audit.record(proposal.participant, "place_called_off", by=by, at=at)
    is_told = proposal.consent is not None and proposal.consent.holds_on(day_of(at))
    mine = Proposal.objects.filter(participant=proposal.participant_id)
    others = mine.placing().exclude(pk=proposal.pk)
    person = Participant.objects.filter(pk=proposal.participant_id)
    is_placed_elsewhere = others.exists() or person.filter(placed_elsewhere()).exists()
    may_be_placed = proposal.participant.is_matchable and proposal.participant.is_findable
    if is_told and may_be_placed and not is_placed_elsewhere:
        PROPOSAL_LIFECYCLE.move(proposal, to=ProposalState.ACCEPTED, by=by, at=at, action="called_off")
        return proposal
    why = WithdrawalReason.CALLED_OFF
    return withdraw(proposal=proposal, why=why, by=by, at=at, tells_employer=tells_employer)


@one_write
def finish_placement(*, proposal: Proposal, frees_place: bool, by: User | None, at: datetime) -> Proposal:
    """Mark a placed proposal as over: the consent ends, and the place is free or used up."""
    to = ProposalState.FINISHED
    PROPOSAL_LIFECYCLE.move(proposal, to=to, by=by, at=at, holds_place=not frees_place)
    if frees_place:
        release_place(opening_id=proposal.opening_id, by=by, at=at)
    if proposal.consent is not None:
        close_consent(consent=proposal.consent, why=ConsentEnd.PLACEMENT_ENDED, by=by, at=at)
    return proposal


@one_write
def resume_placement(*, proposal: Proposal, by: User | None, at: datetime) -> Proposal:
    """Mark a proposal as placed again whose end was written by mistake; what was told is not told again.

    Raises ValidationError when the person is proposed there once more.
    """
    ended, proposal.state = proposal.state, ProposalState.PLACED
    proposal.validate_constraints()
    proposal.state = ended
    PROPOSAL_LIFECYCLE.move(proposal, to=ProposalState.PLACED, by=by, at=at, action="resumed")
    return proposal
