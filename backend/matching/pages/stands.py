"""Where a proposal stands, said from the side of whoever reads it; staff read the state's own name."""

from django.utils.translation import gettext as _

from backend.matching.enums import AWAITING_EMPLOYER, ProposalState
from backend.matching.models import Proposal


def state_for_employer(state: str, meeting: str = "") -> str:
    """Return where a proposal stands, said to the employer; `meeting`: where a meeting about it stands."""
    if meeting and state in AWAITING_EMPLOYER:
        return meeting
    words = {
        ProposalState.SENT: _("Waits for your organisation's answer"),
        ProposalState.INTERVIEW: _("The job coach books the meeting"),
        ProposalState.ACCEPTED: _("Your organisation said yes"),
        ProposalState.DECLINED: _("Your organisation said no"),
    }
    return words.get(ProposalState(state), str(ProposalState(state).label))


def state_for_participant(proposal: Proposal) -> str:
    """Return where a proposal stands, said to the participant."""
    state = ProposalState(proposal.state)
    words = {
        ProposalState.ASKED: _("Waits for your answer"),
        ProposalState.INTERVIEW: _("The employer wants to meet you"),
        ProposalState.PLACED: _("You have got the place"),
    }
    if state == ProposalState.WITHDRAWN and proposal.sent_at is None:
        return _("Nothing was sent")
    return words.get(state, str(state.label))
