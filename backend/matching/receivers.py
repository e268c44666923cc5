"""What becomes of proposals when something happens in the life-cycles below."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.employers.events import EMPLOYER_PAUSED, EMPLOYER_RESUMED, OPENING_CLOSED, OPENING_PAUSED
from backend.employers.models import Employer, Opening
from backend.matching.enums import UNDECIDED, ProposalState, WithdrawalReason
from backend.matching.events import PROPOSAL_PLACED, PROPOSAL_SETTLED
from backend.matching.models import Proposal
from backend.matching.notifications import tell_coach_of_end, tell_coach_of_hindrance, tell_of_resumption
from backend.matching.services import cancel_visits_of, withdraw_all
from backend.participants.enums import ConsentEnd, ParticipantState
from backend.participants.events import CONSENT_ENDED, PARTICIPANT_MOVED, PARTICIPANT_PROTECTED
from backend.participants.models import Consent, Participant
from backend.participants.services import close_consent, lock_cases

# Going back to looking for a place ends nothing.
_WHY = {
    ParticipantState.IN_INTERNSHIP: WithdrawalReason.PLACED,
    ParticipantState.EMPLOYED: WithdrawalReason.GOT_JOB,
    ParticipantState.PAUSED: WithdrawalReason.PAUSED,
    ParticipantState.ENDED: WithdrawalReason.ENDED,
}


@CONSENT_ENDED.received_by("proposal", does="the open proposal that stood on it is withdrawn")
def withdraw_its_proposal(*, subject: Consent, by: User | None, at: datetime) -> None:
    """Take back the proposal that stood on the consent."""
    proposals = Proposal.objects.filter(consent=subject.pk)
    withdraw_all(proposals=proposals, why=WithdrawalReason.CONSENT_ENDED, by=by, at=at)


@PARTICIPANT_MOVED.received_by(
    "proposal", does="open proposals are withdrawn and accepted places freed, unless the person looks for one"
)
def withdraw_of_who_left(
    *, subject: Participant, by: User | None, at: datetime, to: str, **facts: Any
) -> None:
    """Take back what is open for somebody who is no longer looking for a place."""
    why = _WHY.get(ParticipantState(to))
    if why is not None:
        withdraw_all(proposals=Proposal.objects.filter(participant=subject.pk), why=why, by=by, at=at)


def lock_who_is_undecided(opening_id: UUID) -> None:
    """Lock the cases with something undecided at an opening, before the opening is."""
    undecided = Proposal.objects.filter(opening=opening_id, state__in=UNDECIDED)
    lock_cases(participant_ids=undecided.values_list("participant", flat=True))


@OPENING_CLOSED.received_by(
    "proposal",
    does="what is undecided there is withdrawn, its coach told; whoever is accepted keeps the place",
    locks=lock_who_is_undecided,
)
def withdraw_the_undecided(*, subject: Opening, by: User | None, at: datetime) -> None:
    """Take back what nobody has said yes to at an opening that is closed."""
    lock_who_is_undecided(subject.pk)
    proposals = Proposal.objects.filter(opening=subject.pk, state__in=UNDECIDED)
    for proposal in proposals.order_by("pk"):
        tell_coach_of_end(proposal, at=at)
    why = WithdrawalReason.OPENING_EXPIRED if subject.has_expired else WithdrawalReason.OPENING_CLOSED
    withdraw_all(proposals=proposals, why=why, by=by, at=at)


@OPENING_PAUSED.received_by(
    "proposal", does="undecided ones wait: no yes can be given, the coach is told and has them on My day"
)
def tell_coaches_that_it_waits(*, subject: Opening, by: User | None, at: datetime) -> None:
    """Tell each coach who has something undecided at an opening that it cannot go on now."""
    for proposal in Proposal.objects.filter(opening=subject.pk, state__in=UNDECIDED).order_by("pk"):
        tell_coach_of_hindrance(proposal, at=at)


@EMPLOYER_PAUSED.received_by(
    "proposal", does="open ones wait: no yes can be given, the coach is told and has them on My day"
)
def tell_coaches_of_pause(*, subject: Employer, by: User | None, at: datetime) -> None:
    """Tell each coach who has something open at an employer that it cannot go on now."""
    waiting = Proposal.objects.open().filter(opening__workplace__employer=subject.pk)
    for proposal in waiting.select_related("participant").order_by("pk"):
        tell_coach_of_hindrance(proposal, at=at)


@EMPLOYER_RESUMED.received_by("proposal", does="open ones can be answered again, and the coach is told")
def tell_that_it_goes_on(*, subject: Employer, by: User | None, at: datetime) -> None:
    """Tell each coach who has something open at an employer that it can go on again."""
    waiting = Proposal.objects.open().filter(opening__workplace__employer=subject.pk)
    for proposal in waiting.select_related("participant").order_by("pk"):
        tell_of_resumption(proposal, at=at)


@PROPOSAL_PLACED.received_by("proposal", does="the person's other open proposals are withdrawn")
def withdraw_the_others(*, subject: Proposal, by: User | None, at: datetime) -> None:
    """Take back what else is open for somebody who has a place now."""
    others = Proposal.objects.filter(participant=subject.participant_id).exclude(pk=subject.pk)
    withdraw_all(proposals=others, why=WithdrawalReason.PLACED, by=by, at=at)


@PARTICIPANT_PROTECTED.received_by(
    "proposal", does="open ones are withdrawn, accepted places freed, consents of placed ones ended"
)
def withdraw_of_the_protected(*, subject: Participant, by: User | None, at: datetime) -> None:
    """Take back what is open for somebody whose identity is protected from now on."""
    proposals = Proposal.objects.filter(participant=subject.pk)
    withdraw_all(proposals=proposals, why=WithdrawalReason.PROTECTED, by=by, at=at)
    for placed in proposals.filter(state=ProposalState.PLACED, consent__withdrawn_at=None).order_by("pk"):
        if placed.consent is not None:
            close_consent(consent=placed.consent, why=ConsentEnd.PROTECTED, by=by, at=at)


@PROPOSAL_SETTLED.received_by(
    "visit", does="a meeting that is proposed or to come is cancelled, and all are told"
)
def cancel_what_was_to_be(*, subject: Proposal, by: User | None, at: datetime) -> None:
    """Call off the meetings about a proposal that is answered or withdrawn."""
    cancel_visits_of(proposal=subject, by=by, at=at)
