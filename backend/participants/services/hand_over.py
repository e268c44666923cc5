"""A case gets another coach: what is open in it follows, because it is keyed on the case."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.transactions import one_write
from backend.participants.models import Participant
from backend.participants.services.enrolment import require_coach
from backend.participants.services.locking import lock_cases


@one_write
def hand_over(*, participant_ids: Collection[UUID], coach: User, by: User, at: datetime) -> list[Participant]:
    """Let `coach` answer for these cases from now on; managers may do so for their unit, as its coaches may.

    Raises Participant.DoesNotExist when `by` may not open one of the files, and Refused when `coach` does not
    work in its unit or, for a protected identity, is no handler; then no case has moved.
    """
    theirs = Participant.objects.visible_to(by).filter(unit__in=by.unit_ids(Role.COACH, Role.MANAGER))
    if set(theirs.filter(pk__in=participant_ids).values_list("pk", flat=True)) != set(participant_ids):
        raise Participant.DoesNotExist
    cases = list(lock_cases(participant_ids=participant_ids).values())
    for participant in cases:
        require_coach(coach, participant)
    for participant in cases:
        before, participant.coach = participant.coach, coach
        participant.save(update_fields=["coach"])
        changes = {"coach": [str(before.pk), str(coach.pk)]}
        audit.record(participant, "handed_over", by=by, at=at, changes=changes)
    return cases
