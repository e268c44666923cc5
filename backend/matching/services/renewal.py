"""A new consent for a proposal whose first one has ended."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.matching.enums import TELLS_EMPLOYER
from backend.matching.models import Proposal
from backend.matching.refusals import ProposalRefusal
from backend.matching.services.choosing import chosen_items
from backend.matching.services.finding import handled_proposal
from backend.matching.services.sending import record_consent_for
from backend.participants.enums import ConsentEnd
from backend.participants.services import close_consent


@one_write
def renew_consent(
    *, proposal_id: UUID, item_keys: Sequence[str], means: str, by: User, at: datetime
) -> Proposal:
    """Let a proposal stand on a new consent, so that the employer may read of the person again or for longer.

    The earlier consent ends. Raises Refused for a proposal that is over or was never sent.
    """
    proposal = handled_proposal(proposal_id=proposal_id, by=by)
    if proposal.state not in TELLS_EMPLOYER or proposal.consent is None:
        raise Refused(ProposalRefusal.NOTHING_TO_RENEW)
    earlier = proposal.consent
    items = chosen_items(participant=proposal.participant, item_keys=item_keys)
    proposal.consent = record_consent_for(proposal=proposal, items=items, means=means, by=by, at=at)
    Proposal.objects.filter(pk=proposal.pk).update(consent=proposal.consent)
    audit.record(proposal, "consent_renewed", by=by, at=at)
    if earlier.holds_on(day_of(at)):
        close_consent(consent=earlier, why=ConsentEnd.RENEWED, by=by, at=at)
    return proposal
