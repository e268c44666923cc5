"""What a coach decides on the allocation board: whom to keep where, and whom not."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.transactions import one_write
from backend.employers.models import Opening
from backend.matching.models import AllocationChoice
from backend.participants.models import Participant
from backend.participants.services import lock_case


def open_pair(*, opening_id: UUID, participant_id: UUID, by: User) -> tuple[Opening, Participant]:
    """Return an opening and a participant that `by` may put together.

    Raises Opening.DoesNotExist or Participant.DoesNotExist otherwise, and for a protected identity.
    """
    opening = Opening.objects.decidable_by(by).get(pk=opening_id)
    return opening, Participant.objects.matched_by(by).get(pk=participant_id)


@one_write
def choose_pair(
    *, opening_id: UUID, participant_id: UUID, kind: str, reason: str = "", by: User, at: datetime
) -> AllocationChoice:
    """Pin or ban a pair on the board of whoever has the case; a second click changes nothing.

    `reason` is a BanReason, or empty. Raises as open_pair.
    """
    lock_case(participant_id=participant_id, by=by)
    opening, participant = open_pair(opening_id=opening_id, participant_id=participant_id, by=by)
    chosen: dict[str, Any] = {"kind": kind, "reason": reason, "chosen_by": by, "at": at}
    choice, is_new = AllocationChoice.objects.get_or_create(
        opening=opening, participant=participant, defaults=chosen
    )
    before = "" if is_new else choice.kind
    if before != kind or choice.reason != reason:
        AllocationChoice.objects.filter(pk=choice.pk).update(**chosen)
        _record(choice, "pair_chosen", by=by, at=at, from_state=before, to_state=kind)
    return choice


@one_write
def forget_choice(*, opening_id: UUID, participant_id: UUID, by: User, at: datetime) -> None:
    """Leave a pair to the matcher again; a second click changes nothing. Raises as open_pair."""
    lock_case(participant_id=participant_id, by=by)
    opening, participant = open_pair(opening_id=opening_id, participant_id=participant_id, by=by)
    for choice in AllocationChoice.objects.filter(opening=opening, participant=participant):
        _record(choice, "choice_forgotten", by=by, at=at, from_state=choice.kind)
        choice.delete()


def _record(choice: AllocationChoice, action: str, *, by: User, at: datetime, **states: str) -> None:
    pair = {"opening": str(choice.opening_id), "participant": str(choice.participant_id)}
    audit.record(choice, action, by=by, at=at, changes=pair, **states)
