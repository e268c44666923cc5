"""The place that an internship or a job has filled follows it."""

from datetime import datetime

from backend.accounts.models import User
from backend.core.writing import audit
from backend.employers.services import release_place
from backend.internships.enums import NEVER_BEGAN, WITHOUT_PROPOSAL, InternshipState
from backend.internships.models import Employment, Internship
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.services import finish_placement, lock_proposal, resume_placement, unplace_proposal
from backend.participants.enums import ConsentEnd
from backend.participants.services import close_consent


def finish_place(*, internship: Internship, frees_place: bool, by: User | None, at: datetime) -> None:
    """Let the place of an internship that is over, or came to nothing, be free or used up.

    The consent ends: of the proposal, or the internship's own. The caller holds the case.
    """
    if internship.proposal is not None:
        finish_placement(proposal=internship.proposal, frees_place=frees_place, by=by, at=at)
        return
    if internship.state in NEVER_BEGAN:
        # On the person too: whoever waits again is read anew among those who wait.
        audit.record(internship.participant, "place_called_off", by=by, at=at)
    if internship.opening_id and internship.way_in in WITHOUT_PROPOSAL and frees_place:
        release_place(opening_id=internship.opening_id, by=by, at=at)
    if internship.consent is not None:
        is_off = internship.state == InternshipState.CANCELLED
        why = ConsentEnd.CALLED_OFF if is_off else ConsentEnd.PLACEMENT_ENDED
        close_consent(consent=internship.consent, why=why, by=by, at=at)


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
