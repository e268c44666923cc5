"""Pausing an internship and letting it go on."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.internships import notifications
from backend.internships.enums import INTERNSHIP_LIFECYCLE, InternshipState
from backend.internships.events import INTERNSHIP_PAUSED, INTERNSHIP_RESUMED
from backend.internships.models import Internship, InternshipPause
from backend.internships.refusals import InternshipRefusal
from backend.internships.services.placements import lock_decidable
from backend.internships.services.versions import keep_version


@one_write
def pause_internship(
    *, internship_id: UUID, from_on: date, back_on: date, reason: str, by: User, at: datetime
) -> Internship:
    """Pause an ongoing internship from a day that has come; both sides are told, follow-ups move past it.

    The last day stays: time that is lost is given back by an extension. Raises Refused for days that
    cannot be and without a reason, TransitionNotAllowed when the internship is not ongoing.
    """
    if not reason:
        raise Refused(InternshipRefusal.NO_PAUSE_REASON, about="reason")
    internship = lock_decidable(internship_id=internship_id, by=by)
    if from_on > day_of(at):
        raise Refused(InternshipRefusal.PAUSE_TO_COME, about="from_on")
    _check_within(internship, from_on, about="from_on")
    _check_return(internship, back_on, from_on=from_on, about="back_on")
    INTERNSHIP_LIFECYCLE.move(internship, to=InternshipState.PAUSED, by=by, at=at)
    pause = InternshipPause.objects.create(
        internship=internship, from_on=from_on, back_on=back_on, reason=reason, paused_by=by, paused_at=at
    )
    INTERNSHIP_PAUSED.emit(internship, by=by, at=at, pause=pause)
    notifications.tell_pause(internship, pause, at=at)
    return internship


@one_write
def change_return(*, internship_id: UUID, back_on: date, why: str, by: User, at: datetime) -> Internship:
    """Write another day on which a paused internship is expected to go on; what stood is kept."""
    internship = lock_decidable(internship_id=internship_id, by=by)
    pause = _pause_of(internship)
    _check_return(internship, back_on, from_on=pause.from_on, about="back_on")
    changed = keep_version(row=pause, changes={"back_on": back_on}, why=why, by=by, at=at)
    _write(pause, **changed)
    audit.record(internship, "return_changed", by=by, at=at)
    INTERNSHIP_PAUSED.emit(internship, by=by, at=at, pause=pause)
    notifications.tell_pause(internship, pause, at=at)
    return internship


@one_write
def resume_internship(*, internship_id: UUID, resumed_on: date, by: User, at: datetime) -> Internship:
    """Let a paused internship go on from a day that has come; both sides are told.

    Raises Refused for a day that cannot be, and when the internship is not paused.
    """
    internship = lock_decidable(internship_id=internship_id, by=by)
    if resumed_on > day_of(at):
        raise Refused(InternshipRefusal.RESUMED_TO_COME, about="resumed_on")
    # Asked first: a planned one may become ongoing too, but that is another write.
    pause = _pause_of(internship)
    _check_return(internship, resumed_on, from_on=pause.from_on, about="resumed_on")
    INTERNSHIP_LIFECYCLE.move(
        internship, to=InternshipState.ONGOING, by=by, at=at, action="internship_resumed"
    )
    _write(pause, resumed_on=resumed_on, resumed_by=by)
    INTERNSHIP_RESUMED.emit(internship, by=by, at=at, pause=pause)
    notifications.tell_pause(internship, pause, at=at)
    return internship


def _pause_of(internship: Internship) -> InternshipPause:
    if internship.pause is None:
        raise Refused(InternshipRefusal.NOT_PAUSED)
    return internship.pause


def _write(pause: InternshipPause, **values: Any) -> None:
    InternshipPause.objects.filter(pk=pause.pk).update(**values)
    for name, value in values.items():
        setattr(pause, name, value)


def _check_within(internship: Internship, from_on: date, *, about: str) -> None:
    """Refuse a first day outside the internship, or within an earlier pause."""
    first = internship.started_on or internship.starts_on
    if not first <= from_on <= internship.ends_on:
        raise Refused(InternshipRefusal.PAUSE_OUTSIDE, about=about)
    if internship.pauses.filter(resumed_on__gt=from_on).exists():
        raise Refused(InternshipRefusal.PAUSE_TWICE, about=about)


def _check_return(internship: Internship, back_on: date, *, from_on: date, about: str) -> None:
    if back_on <= from_on:
        raise Refused(InternshipRefusal.BACK_BEFORE_PAUSE, about=about)
    if back_on > internship.ends_on:
        raise Refused(InternshipRefusal.BACK_AFTER_END, about=about)
