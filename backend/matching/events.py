"""What the life-cycles may react to in a proposal."""

from backend.core.writing.events import declare

PROPOSAL_PLACED = declare(
    "proposal_placed",
    about="proposal",
    tells="an accepted person's internship was planned, or the job recorded",
)
PROPOSAL_SETTLED = declare(
    "proposal_settled",
    about="proposal",
    tells="the employer answered yes or no, or the proposal was withdrawn",
)
