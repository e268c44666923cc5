"""The place that a job has filled follows the job."""

from datetime import datetime

from backend.accounts.models import User
from backend.internships.models import Employment
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.services import finish_placement, lock_proposal, resume_placement, unplace_proposal


def follow_job(*, job: Employment, by: User, at: datetime) -> None:
    """Let the proposal of a job be placed while that goes on, over when it ends, taken back if it is struck.

    The caller holds the case, and has moved the person: whether the proposal can go on is judged from there.
    """
    if job.proposal_id is None:
        return
    proposal = lock_proposal(proposal_id=job.proposal_id, among=Proposal.objects.all())
    is_placed = proposal.state == ProposalState.PLACED
    if job.struck_at:
        unplace_proposal(proposal=proposal, by=by, at=at, tells_employer=True)
    elif job.ends_on and is_placed:
        # The opening wanted somebody and got somebody: whether it wants another is the employer's to say.
        finish_placement(proposal=proposal, frees_place=False, by=by, at=at)
    elif not job.ends_on and not is_placed:
        resume_placement(proposal=proposal, by=by, at=at)
