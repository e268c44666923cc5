"""Protected identity (skyddade personuppgifter): set and lifted, with named handlers, always logged."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.participants.enums import ConsentEnd
from backend.participants.events import PARTICIPANT_PROTECTED
from backend.participants.models import Consent, Participant
from backend.participants.refusals import ProtectionRefusal
from backend.participants.services.consents import close_consent
from backend.participants.services.locking import lock_case


@one_write
def protect_participant(
    *, participant_id: UUID, handlers: Collection[User], by: User, at: datetime
) -> Participant:
    """Hide a participant from everybody but `handlers`, or change who they are; nothing is told any more.

    What is open with employers ends through the event, and every consent after it.

    The job coach and whoever does this must be among them: otherwise nobody could go on with the case, or
    the one who hides it could not see that it worked. Raises Participant.DoesNotExist for strangers and
    Refused for handlers who do not fit.
    """
    participant = lock_case(participant_id=participant_id, by=by)
    _refuse_unfit(participant, handlers=handlers, by=by)
    Participant.objects.filter(pk=participant.pk).update(is_protected=True)
    participant.is_protected = True
    participant.handlers.set(handlers)
    names = sorted(str(handler.pk) for handler in handlers)
    audit.record(participant, "protected", by=by, at=at, changes={"handlers": names})
    PARTICIPANT_PROTECTED.emit(participant, by=by, at=at)
    for consent in Consent.objects.filter(participant=participant).in_force(day_of(at)).order_by("pk"):
        close_consent(consent=consent, why=ConsentEnd.PROTECTED, by=by, at=at)
    return participant


@one_write
def lift_protection(*, participant_id: UUID, why: str, by: User, at: datetime) -> Participant:
    """Let the unit see a participant again. Raises DoesNotExist, or Refused without why."""
    participant = lock_case(participant_id=participant_id, by=by)
    if not participant.is_protected:
        raise Refused(ProtectionRefusal.NOT_PROTECTED)
    if not why.strip():
        raise Refused(ProtectionRefusal.NO_REASON, about="why")
    Participant.objects.filter(pk=participant.pk).update(is_protected=False)
    participant.is_protected = False
    participant.handlers.clear()
    audit.record(participant, "protection_lifted", by=by, at=at, why=why.strip())
    return participant


def _refuse_unfit(participant: Participant, *, handlers: Collection[User], by: User) -> None:
    keys = {handler.pk for handler in handlers}
    if not keys:
        raise Refused(ProtectionRefusal.NO_HANDLER)
    if not {participant.coach_id, by.pk} <= keys:
        raise Refused(ProtectionRefusal.LOCKED_OUT)
    if any(participant.unit_id not in handler.unit_ids(Role.COACH, Role.MANAGER) for handler in handlers):
        raise Refused(ProtectionRefusal.HANDLER_OF_OTHER_UNIT)
