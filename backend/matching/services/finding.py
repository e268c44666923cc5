"""The proposal that a write is about: found among those in which the writer may act, and locked."""

from uuid import UUID

from backend.accounts.models import User
from backend.matching.models import Proposal, ProposalQuerySet
from backend.participants.services import lock_cases

RELATED = ("opening__workplace__employer", "participant__user", "participant__coach", "consent")


def lock_proposal(*, proposal_id: UUID, among: ProposalQuerySet) -> Proposal:
    """Lock the case of a proposal and then the proposal, and return it as it is now.

    Raises Proposal.DoesNotExist when it is not `among` those in which the writer may act, asked again under
    the lock.
    """
    lock_cases(participant_ids=[among.values_list("participant", flat=True).get(pk=proposal_id)])
    return among.select_for_update(of=("self",)).select_related(*RELATED).get(pk=proposal_id)


def handled_proposal(*, proposal_id: UUID, by: User) -> Proposal:
    """Lock a proposal that `by` handles as a coach. Raises Proposal.DoesNotExist."""
    return lock_proposal(proposal_id=proposal_id, among=Proposal.objects.handled_by(by))


def own_proposal(*, proposal_id: UUID, by: User) -> Proposal:
    """Lock a proposal of the participant `by`. Raises Proposal.DoesNotExist."""
    return lock_proposal(proposal_id=proposal_id, among=Proposal.objects.filter(participant__user=by))
