"""What a coach decides on the allocation board: whom to keep where, whom not, and who gets a draft."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from backend.accounts.models import User
from backend.core import audit
from backend.employers.models import Opening
from backend.matching.models import AllocationChoice, Proposal
from backend.matching.services.proposals import draft_proposal
from backend.participants.models import Participant


def open_pair(opening_id: UUID, participant_id: UUID, *, by: User) -> tuple[Opening, Participant]:
    """Return an opening and a participant that `by` may put together.

    Raises Opening.DoesNotExist or Participant.DoesNotExist otherwise, and for a protected identity.
    """
    opening = Opening.objects.decidable_by(by).get(pk=opening_id)
    return opening, Participant.objects.decidable_by(by).filter(is_protected=False).get(pk=participant_id)


@transaction.atomic
def choose_pair(
    *, opening_id: UUID, participant_id: UUID, kind: str, by: User, at: datetime
) -> AllocationChoice:
    """Pin or ban a pair on the coach's own board; a second click changes nothing. Raises as open_pair."""
    opening, participant = open_pair(opening_id, participant_id, by=by)
    choice, is_new = AllocationChoice.objects.get_or_create(
        coach=by, opening=opening, participant=participant, defaults={"kind": kind, "at": at}
    )
    before = "" if is_new else choice.kind
    if before != kind:
        AllocationChoice.objects.filter(pk=choice.pk).update(kind=kind, at=at)
        _record(choice, "pair_chosen", by=by, at=at, from_state=before, to_state=kind)
    return choice


@transaction.atomic
def forget_choice(*, opening_id: UUID, participant_id: UUID, by: User, at: datetime) -> None:
    """Leave a pair to the matcher again; a second click changes nothing. Raises as open_pair."""
    opening, participant = open_pair(opening_id, participant_id, by=by)
    for choice in AllocationChoice.objects.filter(coach=by, opening=opening, participant=participant):
        _record(choice, "choice_forgotten", by=by, at=at, from_state=choice.kind)
        choice.delete()


def _record(choice: AllocationChoice, action: str, *, by: User, at: datetime, **states: str) -> None:
    pair = {"opening": str(choice.opening_id), "participant": str(choice.participant_id)}
    audit.record(choice, action, by=by, at=at, changes=pair, **states)


@transaction.atomic
def draft_pairs(
    *, explanations: Mapping[tuple[UUID, UUID], dict[str, Any]], by: User, at: datetime
) -> tuple[list[Proposal], list[str]]:
    """Make a draft of each (opening, participant), with why it was suggested; nobody else is told.

    Returns the drafts, and in words why other pairs got none. Raises Opening.DoesNotExist or
    Participant.DoesNotExist when `by` may not act there; nothing is made then.
    """
    drafts: list[Proposal] = []
    refusals: list[str] = []
    # In one order of people for everybody, so that two coaches do not wait for each other's locks.
    for opening_id, participant_id in sorted(explanations, key=lambda pair: (pair[1], pair[0])):
        why = explanations[opening_id, participant_id]
        pair = {"opening_id": opening_id, "participant_id": participant_id}
        try:
            with transaction.atomic():
                drafts.append(draft_proposal(**pair, explanation=why, by=by, at=at))
        except ValidationError as error:
            refusals += [text for text in error.messages if text not in refusals]
    return drafts, refusals
