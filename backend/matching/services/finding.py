"""The proposal that a write is about, found among those in which the writer may act."""

from uuid import UUID

from backend.accounts.models import User
from backend.matching.models import Proposal


def handled_proposal(*, proposal_id: UUID, by: User) -> Proposal:
    """Return a proposal that `by` handles as a coach. Raises Proposal.DoesNotExist."""
    related = ("opening__workplace__employer", "participant__user", "consent")
    return Proposal.objects.handled_by(by).select_related(*related).get(pk=proposal_id)


def own_proposal(*, proposal_id: UUID, by: User) -> Proposal:
    """Return a proposal of the participant `by`. Raises Proposal.DoesNotExist."""
    related = ("opening__workplace__employer", "participant__user", "coach")
    return Proposal.objects.filter(participant__user=by).select_related(*related).get(pk=proposal_id)
