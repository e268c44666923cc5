"""Asking the participant, recording the consent, and sending the proposal to the employer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.models import Opening
from backend.employers.services import lock_opening
from backend.matching import notifications
from backend.matching.enums import PROPOSAL_LIFECYCLE, ProposalState
from backend.matching.models import Proposal
from backend.matching.refusals import ChoiceRefusal, ProposalRefusal
from backend.matching.services.choosing import chosen_items
from backend.matching.services.drafts import check_may_be_proposed, draft_proposal, save_draft
from backend.matching.services.finding import handled_proposal, own_proposal
from backend.participants.enums import ConsentMeans, ParticipantState
from backend.participants.models import Consent
from backend.participants.services import (
    Releasable,
    move_participant,
    record_consent,
)

CONSENT_LASTS = timedelta(days=180)


@one_write
def propose(
    *,
    opening_id: UUID,
    participant_id: UUID,
    intent: str,
    item_keys: Sequence[str],
    message: str,
    means: str = "",
    explanation: dict[str, Any] | None = None,
    by: User,
    at: datetime,
) -> Proposal:
    """Do what the coach wants with the pair: `intent` is send, ask (the participant) or draft.

    A draft or a question that stands already is gone on with. Raises as the function of each intent.
    """
    begun = Proposal.objects.handled_by(by).filter(
        opening=opening_id, participant=participant_id, state__in=[ProposalState.DRAFT, ProposalState.ASKED]
    )
    proposal = begun.first() or draft_proposal(
        opening_id=opening_id, participant_id=participant_id, by=by, at=at, explanation=explanation
    )
    words: dict[str, Any] = {"item_keys": item_keys, "message": message, "by": by, "at": at}
    if intent == "send":
        return send_proposal(proposal_id=proposal.pk, means=means, **words)
    if intent == "ask":
        return ask_participant(proposal_id=proposal.pk, **words)
    return save_draft(proposal_id=proposal.pk, **words)


@one_write
def ask_participant(
    *, proposal_id: UUID, item_keys: Sequence[str], message: str, by: User, at: datetime
) -> Proposal:
    """Ask the participant, in the app, to release the items with `item_keys` to the employer."""
    proposal = handled_proposal(proposal_id=proposal_id, by=by)
    if proposal.participant.user is None:
        raise Refused(ProposalRefusal.CANNOT_SIGN_IN)
    _check_may_go_on(proposal, at=at)
    chosen_items(participant=proposal.participant, item_keys=item_keys)
    changes: dict[str, Any] = {"asked_items": sorted(item_keys), "message": message, "asked_at": at}
    PROPOSAL_LIFECYCLE.move(proposal, to=ProposalState.ASKED, by=by, at=at, **changes)
    _begin_looking(proposal, by=by, at=at)
    notifications.tell_participant(proposal, at=at)
    return proposal


@one_write
def answer_as_participant(
    *, proposal_id: UUID, agrees: bool, item_keys: Sequence[str] | None = None, by: User, at: datetime
) -> Proposal:
    """Record the participant's own answer: yes releases what was asked for and sends the proposal.

    `item_keys`: of what was asked for, what is released, where the participant has chosen line by line.
    Raises Proposal.DoesNotExist for anybody else, TransitionNotAllowed when nothing is asked any more, and
    Refused when the place is gone, nothing is chosen, more is chosen than was asked for, or the file has
    changed since the question was asked.
    """
    proposal = own_proposal(proposal_id=proposal_id, by=by)
    if not agrees:
        if proposal.state != ProposalState.ASKED:
            raise TransitionNotAllowed(current=proposal.state, wanted=ProposalState.WITHDRAWN)
        why = "participant_said_no"
        PROPOSAL_LIFECYCLE.move(proposal, to=ProposalState.WITHDRAWN, by=by, at=at, why=why)
    else:
        chosen = proposal.asked_items if item_keys is None else item_keys
        if set(chosen) - set(proposal.asked_items):
            raise Refused(ChoiceRefusal.NOT_ASKED)
        _send(proposal, item_keys=chosen, means=ConsentMeans.IN_APP, by=by, at=at)
    notifications.tell_coach_of_participant(proposal, at=at)
    return proposal


@one_write
def send_proposal(
    *, proposal_id: UUID, item_keys: Sequence[str], means: str, message: str, by: User, at: datetime
) -> Proposal:
    """Record the consent that the participant gave the coach, item by item, and send the proposal.

    Raises Refused when the pair is refused by now, TransitionNotAllowed when it was sent already.
    """
    proposal = handled_proposal(proposal_id=proposal_id, by=by)
    return _send(proposal, item_keys=item_keys, means=means, by=by, at=at, message=message)


def _send(
    proposal: Proposal, *, item_keys: Sequence[str], means: str, by: User, at: datetime, **changes: Any
) -> Proposal:
    _check_may_go_on(proposal, at=at)
    items = chosen_items(participant=proposal.participant, item_keys=item_keys)
    consent = record_consent_for(proposal=proposal, items=items, means=means, by=by, at=at)
    to = ProposalState.SENT
    PROPOSAL_LIFECYCLE.move(proposal, to=to, by=by, at=at, consent=consent, sent_at=at, **changes)
    _begin_looking(proposal, by=by, at=at)
    notifications.tell_employer_of_proposal(proposal, at=at)
    return proposal


def record_consent_for(
    *, proposal: Proposal, items: Sequence[Releasable], means: str, by: User, at: datetime
) -> Consent:
    """Record that the participant lets the proposal's employer read `items`, for this opening."""
    return record_consent(
        participant=proposal.participant,
        receiver=proposal.opening.workplace.employer,
        items=items,
        purpose=_("Proposal for an opening: %(title)s") % {"title": proposal.opening.title},
        means=means,
        valid_until=consent_valid_until(at),
        by=by,
        at=at,
    )


def _check_may_go_on(proposal: Proposal, *, at: datetime) -> None:
    """Judge the pair as it is now, with the opening locked: it may be closing at this moment."""
    opening = lock_opening(opening_id=proposal.opening_id, among=Opening.objects.filter(proposals=proposal))
    check_may_be_proposed(opening=opening, participant=proposal.participant, day=day_of(at))


def _begin_looking(proposal: Proposal, *, by: User, at: datetime) -> None:
    """Let whoever is proposed for the first time be somebody who looks for a place."""
    person = proposal.participant
    if person.state == ParticipantState.ENROLLED:
        to = ParticipantState.ACTIVE
        move_participant(participant=person, to=to, by=by, at=at, why="first_proposed")


def consent_valid_until(at: datetime) -> date:
    """Return the last day of a consent given at `at`."""
    return day_of(at + CONSENT_LASTS)
