"""Saying who was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.activities.enums import (
    CODES_FOR,
    WAITS_FOR_REASON,
    Capacity,
    Code,
    Presence,
    Source,
    presence_of,
)
from backend.activities.models import ActivitySession, AttendanceMark
from backend.activities.refusals import MarkRefusal
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Reason, Refused
from backend.core.writing.transactions import one_write
from backend.participants.services import lock_cases

CAPACITY_OF = {
    Persona.EMPLOYER: Capacity.ORGANISER,
    Persona.STAFF: Capacity.COACH,
    Persona.PARTICIPANT: Capacity.PARTICIPANT,
}


@dataclass(frozen=True)
class Said:
    """What somebody says of one session; `why` only when it is something else than before."""

    session_id: UUID
    code: str
    minutes: int | None = None
    certificate: str = ""
    note: str = ""
    why: str = ""


@one_write
def mark_session(
    *,
    session_id: UUID,
    code: str,
    minutes: int | None = None,
    certificate: str = "",
    note: str = "",
    why: str = "",
    by: User,
    at: datetime,
) -> AttendanceMark:
    """Record what `by` says of a session, as coach, for the workplace, or of oneself.

    What is said already is returned as it stands, and nothing is written. Raises
    ActivitySession.DoesNotExist for strangers, and Refused before it has begun, when it is called off, for
    an answer that is not theirs to give, and for another than before without a reason.
    """
    said = Said(session_id, code, minutes, certificate, note.strip(), why.strip())
    session = _locked([session_id], by=by, at=at)[session_id]
    return _mark(session, said, source=Source(_capacity(by)), by=by, at=at)


@one_write
def mark_sessions(*, marks: Sequence[Said], by: User, at: datetime) -> list[AttendanceMark]:
    """Record a roll call: what `by` says of several sessions, all or none of it.

    Raises Refused with every reason, each beside the session that it is about.
    """
    if not marks:
        raise Refused(MarkRefusal.NOTHING_MARKED)
    sessions = _locked([each.session_id for each in marks], by=by, at=at)
    made, reasons = [], []
    for said in marks:
        try:
            made.append(_mark(sessions[said.session_id], said, source=Source.ROLL_CALL, by=by, at=at))
        except Refused as refused:
            reasons += [
                Reason(each.why, each.params, f"{each.about or 'code'}_{said.session_id}")
                for each in refused.reasons
            ]
    if reasons:
        raise Refused.for_reasons(reasons)
    return made


def _locked(session_ids: Sequence[UUID], *, by: User, at: datetime) -> dict[UUID, ActivitySession]:
    """Lock the cases of sessions that `by` may mark, and return the sessions as they are now."""
    markable = ActivitySession.objects.markable_by(by, on=day_of(at)).filter(pk__in=session_ids)
    lock_cases(participant_ids=markable.values_list("internship__participant", flat=True))
    found = {each.pk: each for each in markable.order_by("date", "starts_at", "pk").with_marks()}
    if len(found) < len(set(session_ids)):
        raise ActivitySession.DoesNotExist
    return found


def _mark(session: ActivitySession, said: Said, *, source: Source, by: User, at: datetime) -> AttendanceMark:
    capacity = _capacity(by)
    _check(session, said, capacity, at=at)
    before = session.own if capacity == Capacity.PARTICIPANT else session.standing
    if before and _says_the_same(before, said, capacity):
        return before
    if before and not said.why and not _states_reason(before, said):
        raise Refused(MarkRefusal.NO_WHY, about="why")
    numbers = [each.number for each in session.marks.all()]
    mark = AttendanceMark.objects.create(
        session=session,
        number=max(numbers, default=0) + 1,
        code=said.code,
        minutes=said.minutes if said.code == Code.PARTLY else None,
        session_minutes=session.net_minutes,
        certificate=said.certificate if said.code == Code.SICK else "",
        capacity=capacity,
        source=source,
        marked_by=by,
        marked_at=at,
        note=said.note,
        replaces=before,
        reason_for_change=said.why if before else "",
    )
    # Which code it was stands in the mark; the log, which is never deleted, does not hold it.
    audit.record(session, f"marked_by_{capacity}", by=by, at=at, changes={"number": mark.number})
    return mark


def _capacity(by: User) -> Capacity:
    return CAPACITY_OF[Persona(by.persona)]


def _check(session: ActivitySession, said: Said, capacity: Capacity, *, at: datetime) -> None:
    if not session.is_on:
        raise Refused(MarkRefusal.CALLED_OFF)
    if not session.has_started(at):
        raise Refused(MarkRefusal.NOT_STARTED)
    if said.code not in CODES_FOR[capacity]:
        raise Refused(MarkRefusal.CODE_OF_OTHERS, about="code")
    if said.code == Code.PARTLY and not 0 < (said.minutes or 0) < session.net_minutes:
        raise Refused(MarkRefusal.NO_MINUTES, about="minutes", all=session.net_minutes)
    if said.code == Code.SICK and not said.certificate:
        raise Refused(MarkRefusal.NO_CERTIFICATE, about="certificate")
    if said.code == Code.NOT_ACCEPTED and not said.note:
        raise Refused(MarkRefusal.NO_NOTE, about="note")


def _says_the_same(before: AttendanceMark, said: Said, capacity: Capacity) -> bool:
    """Tell whether `said` adds nothing: of what the workplace can know, or of all for the others."""
    part = said.minutes if said.code == Code.PARTLY else None
    if capacity == Capacity.ORGANISER:
        return (presence_of(before.code), before.minutes) == (presence_of(said.code), part)
    certificate = said.certificate if said.code == Code.SICK else ""
    now: tuple[Any, ...] = (said.code, part, certificate, said.note)
    return (before.code, before.minutes, before.certificate, before.note) == now


def _states_reason(before: AttendanceMark, said: Said) -> bool:
    """Tell whether an absence gets the reason that it waits for, which corrects nobody."""
    is_reason = presence_of(said.code) == Presence.ABSENT and said.code != Code.ABSENT
    return before.code in WAITS_FOR_REASON and is_reason
