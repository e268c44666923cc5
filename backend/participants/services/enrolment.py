"""Enrols a participant, and keeps the file up to date."""

import secrets
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack
from uuid import UUID

from backend.accounts.enums import Role
from backend.accounts.models import Unit, User
from backend.core import rules
from backend.core.clock import day_of
from backend.core.text.keys import KEYS
from backend.core.text.names import is_name
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.participants.alike import alike, split
from backend.participants.models import Participant
from backend.participants.refusals import FileRefusal
from backend.participants.services.accounts import cut_off_old_address
from backend.participants.services.locking import lock_case
from backend.participants.versions import changed_since
from backend.places.found import Place

# Without 0/O and 1/I/L, because it is read aloud on the telephone; random, so that it tells no number.
REFERENCE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 6
FAR_BACK_RULE = "enrolment_far_back_days"
NOWHERE: dict[str, Any] = {
    "place_text": "",
    "locality_name": "",
    "municipality_code": "",
    "latitude": None,
    "longitude": None,
    "precision": "",
}


class Details(TypedDict, total=False):
    """What a coach writes about a participant; what is left out keeps its value."""

    first_name: str
    last_name: str
    email: str
    phone: str
    place: Place | None
    max_travel_km: int | None
    hours_min: Decimal | int | None
    hours_max: Decimal | int | None
    available_from: date | None
    licences: list[str]
    languages: dict[str, str]
    adaptations: list[str]
    adaptations_good: list[str]
    presentation: str


@one_write
def enrol_participant(
    *,
    unit: Unit,
    coach: User,
    by: User,
    at: datetime,
    enrolled_on: date | None = None,
    why_earlier: str = "",
    is_another: bool = False,
    **details: Unpack[Details],
) -> Participant:
    """Enrol a person in `unit`, from today or an earlier `enrolled_on`; the waiting begins that day.

    Who waits longest comes first, so a day far back needs a reason, `why_earlier`.
    Whoever seems to be here already is asked about, until `is_another` says that it is somebody else.
    Raises Unit.DoesNotExist unless `by` is a coach of the unit, Refused for a day to come or one far
    back without a reason, a coach elsewhere or the same person, and ValidationError for unusable details.
    """
    if unit.pk not in by.unit_ids(Role.COACH):
        raise Unit.DoesNotExist
    # Of two who enrol the same person at once the second is asked.
    Unit.objects.select_for_update().get(pk=unit.pk)
    begins_on = enrolled_on or day_of(at)
    _check_first_day(begins_on, today=day_of(at), why=why_earlier)
    participant = Participant(
        unit=unit,
        reference=_new_reference(),
        enrolled_on=begins_on,
        waiting_since=begins_on,
        state_changed_at=at,
    )
    _fill(participant, {**details, "coach": coach})
    seen, hidden = ([], 0) if is_another else split(alike(participant), reader=by)
    if seen or hidden:
        raise Refused(FileRefusal.SAME_PERSON)
    participant.save(force_insert=True)
    audit.record(participant, "enrolled", by=by, at=at, to_state=participant.state, why=why_earlier.strip())
    return participant


def is_far_back(day: date, *, today: date) -> bool:
    """Tell whether somebody who is enrolled from `day` needs a reason for it, by the rule of today."""
    return (today - day).days > int(rules.value_on(FAR_BACK_RULE, today))


def _check_first_day(day: date, *, today: date, why: str) -> None:
    if day > today:
        raise Refused(FileRefusal.ENROLLED_TO_COME, about="enrolled_on")
    if is_far_back(day, today=today) and not why.strip():
        days = rules.value_on(FAR_BACK_RULE, today)
        raise Refused(FileRefusal.NO_REASON_FOR_FAR_BACK, about="enrolled_on", days=days)


@one_write
def update_participant(
    *,
    participant_id: UUID,
    coach: User | None = None,
    seen: str = "",
    by: User,
    at: datetime,
    **details: Unpack[Details],
) -> Participant:
    """Change what the file says; `seen` is its version when the writer opened it.

    The audit row names the changed fields, not their contents.
    The audit outlives the file (core.models.AboutSubject), so it may not carry a copy of it. An account
    follows the file's address: that of the old one is closed, and the participant invited anew. Raises
    Participant.DoesNotExist for strangers, Refused when somebody has changed the file since, and
    ValidationError for unusable details.
    """
    participant = lock_case(participant_id=participant_id, by=by)
    if seen and (fields := changed_since(participant, seen)):
        raise Refused(FileRefusal.CHANGED_MEANWHILE, fields=", ".join(fields))
    changed = _fill(participant, {**details, "coach": coach or participant.coach})
    if changed:
        participant.save(update_fields=[*changed, *KEYS])
        audit.record(participant, "updated", by=by, at=at, changes={"fields": changed})
    if "email" in changed:
        cut_off_old_address(participant=participant, by=by, at=at)
    return participant


def _fill(participant: Participant, details: dict[str, Any]) -> list[str]:
    """Put `details` into the row and return the names of the columns that changed."""
    for name in ("first_name", "last_name"):
        if details.get(name) and not is_name(details[name]):
            raise Refused(FileRefusal.NOT_A_NAME, about=name)
    if participant.coach_id != details["coach"].pk:
        require_coach(details["coach"], participant)
    if "place" in details:
        place: Place | None = details.pop("place")
        details |= place.as_fields() if place else NOWHERE
    changed = sorted(name for name, value in details.items() if getattr(participant, name, None) != value)
    for name in changed:
        setattr(participant, name, details[name])
    participant.full_clean()
    return changed


def require_coach(coach: User, participant: Participant) -> None:
    """Raise Refused unless `coach` works in the unit and, for a protected identity, is a handler."""
    if participant.unit_id not in coach.unit_ids(Role.COACH):
        raise Refused(FileRefusal.COACH_OF_OTHER_UNIT, about="coach")
    if participant.is_protected and not participant.handlers.filter(pk=coach.pk).exists():
        raise Refused(FileRefusal.COACH_NOT_HANDLER, about="coach")


def _new_reference() -> str:
    return "D-" + "".join(secrets.choice(REFERENCE_SIGNS) for _sign in range(REFERENCE_LENGTH))
