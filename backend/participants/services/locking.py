"""The doors to a case for a write: the participant's row is its lock, taken first by every service.

The order for a case is participant → consent → proposal → opening → internship. Consents, proposals and
internships belong to one participant each, so whoever holds the participant's row is alone with them; an
opening is shared by many cases and is locked after them. What was read before the lock is read again.
"""

from collections.abc import Iterable
from uuid import UUID

from backend.accounts.models import User
from backend.core.writing.transactions import locked
from backend.participants.models import Participant

RELATED = ("unit", "coach", "user")


def lock_case(*, participant_id: UUID, by: User) -> Participant:
    """Lock the row of a participant in whose case `by` may act. Raises DoesNotExist for strangers."""
    return locked(Participant.objects.decidable_by(by).filter(pk=participant_id), *RELATED).get()


def lock_as_voice(*, participant_id: UUID, by: User) -> Participant:
    """Lock the row of a participant for whom `by` may speak, as coach or in person. Raises DoesNotExist."""
    return locked(Participant.objects.spoken_for_by(by).filter(pk=participant_id), *RELATED).get()


def lock_cases(*, participant_ids: Iterable[UUID]) -> dict[UUID, Participant]:
    """Lock several cases in the order of their keys, so that nobody waits in a circle; return them by key.

    The caller has made sure that whoever acts may: an employer who answers does not see the case.
    """
    rows = locked(Participant.objects.filter(pk__in=set(participant_ids)), *RELATED)
    return {each.pk: each for each in rows.order_by("pk")}
