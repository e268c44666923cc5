"""The one door to a participant's row for a write: locked, and only for whom it is theirs to change."""

from uuid import UUID

from backend.accounts.models import User
from backend.participants.models import Participant, ParticipantQuerySet


def lock_case(*, participant_id: UUID, by: User) -> Participant:
    """Lock the row of a participant in whose case `by` may act. Raises DoesNotExist for strangers."""
    return _locked().get(pk=participant_id, pk__in=Participant.objects.decidable_by(by).values("pk"))


def lock_as_voice(*, participant_id: UUID, by: User) -> Participant:
    """Lock the row of a participant for whom `by` may speak, as coach or in person. Raises DoesNotExist."""
    return _locked().get(pk=participant_id, pk__in=Participant.objects.spoken_for_by(by).values("pk"))


def _locked() -> ParticipantQuerySet:
    return Participant.objects.select_for_update(of=("self",)).select_related("unit", "coach", "user")
