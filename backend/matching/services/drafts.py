"""Putting people forward: drafts, which nobody but the coach sees."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.models import Opening
from backend.employers.services import lock_opening, lock_openings
from backend.matching.enums import ProposalState
from backend.matching.going_on import hindrances
from backend.matching.models import Proposal
from backend.matching.services.choosing import chosen_items
from backend.matching.services.finding import handled_proposal
from backend.participants.models import Participant
from backend.participants.services import lock_case, lock_cases


def check_may_be_proposed(*, opening: Opening, participant: Participant | None, day: date) -> None:
    """Raise Refused with every reason why nobody, or not `participant`, may be proposed here on `day`."""
    reasons = hindrances(opening=opening, participant=participant, day=day)
    if reasons:
        raise Refused.for_reasons(reasons)


@one_write
def draft_proposal(
    *,
    opening_id: UUID,
    participant_id: UUID,
    by: User,
    at: datetime,
    message: str = "",
    explanation: dict[str, Any] | None = None,
) -> Proposal:
    """Put a participant forward for an opening, for the coach to finish; nobody else is told.

    Raises Opening.DoesNotExist or Participant.DoesNotExist when `by` may not act there, Refused when
    the pair is refused and ValidationError (already_proposed) when it is proposed already.
    """
    participant = lock_case(participant_id=participant_id, by=by)
    opening = lock_opening(opening_id=opening_id, among=Opening.objects.decidable_by(by))
    return _draft(opening, participant, message=message, explanation=explanation, by=by, at=at)


def _draft(
    opening: Opening,
    participant: Participant,
    *,
    message: str = "",
    explanation: dict[str, Any] | None = None,
    by: User,
    at: datetime,
) -> Proposal:
    check_may_be_proposed(opening=opening, participant=participant, day=day_of(at))
    proposal = Proposal(
        opening=opening,
        participant=participant,
        proposed_by=by,
        message=message,
        explanation=explanation or {},
        state_changed_at=at,
        created_at=at,
    )
    proposal.validate_constraints()
    proposal.save()
    audit.record(proposal, "proposal_drafted", by=by, at=at, to_state=proposal.state)
    return proposal


@one_write
def draft_proposals(
    *, opening_id: UUID, participant_ids: Iterable[UUID], by: User, at: datetime
) -> tuple[list[Proposal], list[str]]:
    """Put several participants forward for one opening. Returns and raises as draft_pairs."""
    return draft_pairs(explanations={(opening_id, each): {} for each in participant_ids}, by=by, at=at)


@one_write
def draft_pairs(
    *, explanations: Mapping[tuple[UUID, UUID], dict[str, Any]], by: User, at: datetime
) -> tuple[list[Proposal], list[str]]:
    """Put forward each (opening, participant), with why; return the drafts, and why others got none.

    Raises Opening.DoesNotExist or Participant.DoesNotExist when `by` may not act there.
    """
    openings, participants = _all_of(explanations, by=by)
    drafts: list[Proposal] = []
    refusals: list[str] = []
    for (opening_id, participant_id), why in explanations.items():
        pair = openings[opening_id], participants[participant_id]
        try:
            with transaction.atomic():
                drafts.append(_draft(*pair, explanation=why, by=by, at=at))
        except ValidationError as error:
            refusals += [text for text in error.messages if text not in refusals]
    return drafts, refusals


def _all_of(
    pairs: Collection[tuple[UUID, UUID]], *, by: User
) -> tuple[dict[UUID, Opening], dict[UUID, Participant]]:
    """Return the rows of `pairs` by key, locked: people first, each kind in the order of keys."""
    keys = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    mine = Participant.objects.decidable_by(by).filter(pk__in=keys[1]).values_list("pk", flat=True)
    participants = lock_cases(participant_ids=mine)
    openings = lock_openings(opening_ids=keys[0], among=Opening.objects.decidable_by(by))
    if len(openings) < len(keys[0]):
        raise Opening.DoesNotExist
    if len(participants) < len(keys[1]):
        raise Participant.DoesNotExist
    return openings, participants


@one_write
def save_draft(
    *, proposal_id: UUID, item_keys: Sequence[str], message: str, by: User, at: datetime
) -> Proposal:
    """Keep what the coach has chosen and written so far; nobody is told.

    Raises TransitionNotAllowed when the proposal is no draft any more.
    """
    proposal = handled_proposal(proposal_id=proposal_id, by=by)
    if item_keys:
        chosen_items(participant=proposal.participant, item_keys=item_keys)
    draft = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.DRAFT)
    if not draft.update(asked_items=sorted(item_keys), message=message):
        raise TransitionNotAllowed(current=proposal.state, wanted=ProposalState.DRAFT)
    audit.record(proposal, "draft_saved", by=by, at=at)
    return proposal
