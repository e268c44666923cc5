"""May this go on? One answer for service, reminder, ranking, page and API: the reasons that stand in the way.

`hindrances` judges rows that are read; `ProposalQuerySet.that_can_go_on` says the same of many in SQL. A test
holds the two against each other.
"""

from datetime import date

from backend.employers.models import Opening
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.matching.refusals import ProposalRefusal
from backend.participants.models import Participant, ParticipantQuerySet


def hindrances(*, opening: Opening, participant: Participant | None, day: date) -> list[ProposalRefusal]:
    """Return every reason why nobody, or not `participant`, may be put forward for `opening` on `day`."""
    reasons = []
    if not opening.is_open_on(day):
        reasons.append(ProposalRefusal.OPENING_NOT_OPEN)
    if not opening.is_received_on(day):
        reasons.append(ProposalRefusal.EMPLOYER_NOT_IN_GOOD_STANDING)
    if participant is not None:
        reasons += hindrances_of_person(participant)
    return reasons


def hindrances_of_person(participant: Participant) -> list[ProposalRefusal]:
    """Return every reason why `participant` may not be placed anywhere, whatever the way."""
    reasons = []
    if not participant.is_matchable:
        reasons.append(ProposalRefusal.NOT_WAITING)
    if not participant.is_findable:
        reasons.append(ProposalRefusal.PROTECTED)
    if Participant.objects.filter(Proposal.objects.has_place(), pk=participant.pk).exists():
        reasons.append(ProposalRefusal.HAS_A_PLACE)
    return reasons


def who_wait(people: ParticipantQuerySet) -> ParticipantQuerySet:
    """Keep who may be placed, as `hindrances_of_person` judges one."""
    return people.matchable().findable().exclude(Proposal.objects.has_place())


def hindrances_of(proposal: Proposal, *, day: date) -> list[ProposalRefusal]:
    """Return every reason why an open proposal cannot lead to a placement as things are on `day`.

    Once the employer has read of the person, the consent must hold; an accepted proposal has its place.
    """
    reasons = hindrances(opening=proposal.opening, participant=proposal.participant, day=day)
    if proposal.holds_place:
        reasons = [reason for reason in reasons if reason != ProposalRefusal.OPENING_NOT_OPEN]
    if proposal.state not in (ProposalState.DRAFT, ProposalState.ASKED):
        consent = proposal.consent
        if consent is None or not consent.holds_on(day):
            reasons.append(ProposalRefusal.CONSENT_OVER)
    return reasons
