"""Meetings before the employer answers: times are proposed, one is chosen, moved, cancelled, noted."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.templatetags.ui import moment
from backend.core.writing import audit
from backend.core.writing.refusals import Reason, Refused
from backend.core.writing.transactions import one_write
from backend.matching import notifications, telling_visits
from backend.matching.enums import (
    AWAITING_EMPLOYER,
    PROPOSAL_LIFECYCLE,
    VISIT_LIFECYCLE,
    CancelReason,
    Chooser,
    ProposalState,
    VisitPlace,
    VisitState,
)
from backend.matching.going_on import hindrances_of
from backend.matching.models import Proposal, Visit, VisitTime
from backend.matching.models.visits import MOST_TIMES
from backend.matching.refusals import VisitRefusal
from backend.matching.services.finding import lock_proposal

FURTHEST: Final = timedelta(days=183)
SHORTEST, LONGEST = 10, 8 * 60


@one_write
def offer_times(
    *,
    proposal_id: UUID,
    kind: str,
    times: Sequence[datetime],
    minutes: int,
    chooser: str = Chooser.PARTICIPANT,
    place: str = VisitPlace.WORKPLACE,
    place_words: str = "",
    by: User,
    at: datetime,
) -> Visit:
    """Propose one to five times to meet, of which `chooser` chooses one; whoever is to choose is told.

    An employer's member asks the participant, and says by it that the employer wants to meet first. Raises
    Proposal.DoesNotExist for who may not, and Refused for times and proposals that cannot be.
    """
    proposal = lock_proposal(proposal_id=proposal_id, among=Proposal.objects.times_offered_by(by))
    _check_can_meet(proposal, at=at)
    if proposal.visits.still_open().exists():
        raise Refused(VisitRefusal.OPEN_ALREADY)
    _check_times(proposal, times, minutes=minutes, at=at)
    if proposal.state == ProposalState.SENT and by.persona == Persona.EMPLOYER:
        _ask_to_meet(proposal, by=by, at=at)
    visit = Visit(
        proposal=proposal,
        kind=kind,
        chooser=_chooser(chooser, by),
        place=place,
        place_words=place_words,
        proposed_by=by,
        created_at=at,
        state_changed_at=at,
    )
    visit.save(force_insert=True)
    _keep_times(visit, times, minutes=minutes)
    audit.record(visit, "times_offered", by=by, at=at, to_state=visit.state)
    telling_visits.tell_who_chooses(visit, at=at)
    return visit


@one_write
def move_visit(
    *,
    visit_id: UUID,
    times: Sequence[datetime],
    minutes: int,
    chooser: str = Chooser.PARTICIPANT,
    place: str = VisitPlace.WORKPLACE,
    place_words: str = "",
    by: User,
    at: datetime,
) -> Visit:
    """Propose other times for a meeting; what was booked stands in no calendar until one is chosen.

    Raises Visit.DoesNotExist for who may not, and otherwise as `offer_times`.
    """
    visit = _locked(visit_id, by=by, among=Proposal.objects.times_offered_by(by))
    _check_can_meet(visit.proposal, at=at)
    _check_times(visit.proposal, times, minutes=minutes, at=at, but=visit)
    changes: dict[str, Any] = {
        "chooser": _chooser(chooser, by),
        "place": place,
        "place_words": place_words,
        "round": visit.round + 1,
        "sequence": _next_sequence(visit),
        "chosen_by": None,
    }
    if visit.state == VisitState.BOOKED:
        VISIT_LIFECYCLE.move(visit, to=VisitState.PROPOSED, by=by, at=at, action="visit_moved", **changes)
    else:
        VISIT_LIFECYCLE.move(visit, to=VisitState.PROPOSED, by=by, at=at, action="times_changed", **changes)
    _keep_times(visit, times, minutes=minutes)
    telling_visits.tell_who_chooses(visit, at=at)
    if visit.was_booked:
        telling_visits.tell_of_move(visit, at=at)
    return visit


@one_write
def choose_time(*, visit_id: UUID, time_id: UUID, by: User, at: datetime) -> Visit:
    """Book one of the times that are proposed; the coach may choose for either side.

    Raises Visit.DoesNotExist for who may not know of it, TransitionNotAllowed when somebody was first, and
    Refused for a time that has passed or is taken.
    """
    visit = _locked(visit_id, by=by)
    if not visit.is_chosen_by(by):
        raise Refused(VisitRefusal.NOT_YOURS)
    _check_can_meet(visit.proposal, at=at)
    chosen = visit.times.filter(pk=time_id, round=visit.round).first()
    if chosen is None:
        raise Refused(VisitRefusal.UNKNOWN_TIME, about="time")
    hindering = _hindering(visit.proposal, chosen.starts_at, chosen.ends_at, at=at, but=visit)
    if visit.state == VisitState.PROPOSED and hindering:
        raise Refused.for_reasons(hindering)
    times = {"starts_at": chosen.starts_at, "ends_at": chosen.ends_at}
    changes: dict[str, Any] = {**times, "chosen_by": by, "sequence": visit.sequence + 1}
    VISIT_LIFECYCLE.move(visit, to=VisitState.BOOKED, by=by, at=at, **changes)
    telling_visits.tell_of_booking(visit, at=at)
    return visit


@one_write
def cancel_visit(*, visit_id: UUID, reason: str, by: User, at: datetime) -> Visit:
    """Call a meeting off for a coded `reason` (CancelReason); everybody who knows of it is told.

    Raises Visit.DoesNotExist for who may not, Refused without a reason.
    """
    visit = _locked(visit_id, by=by)
    if not reason:
        raise Refused(VisitRefusal.NO_REASON, about="reason")
    return _cancel(visit, reason=reason, by=by, at=at)


@one_write
def note_visit(*, visit_id: UUID, took_place: bool, by: User, at: datetime) -> Visit:
    """Note as the coach whether they met. It places nobody: the employer still answers.

    Raises Visit.DoesNotExist for who is not the coach, Refused before its time.
    """
    visit = _locked(visit_id, by=by, among=Proposal.objects.handled_by(by))
    if visit.state == VisitState.BOOKED and not visit.is_over(at):
        raise Refused(VisitRefusal.NOT_YET)
    if took_place:
        VISIT_LIFECYCLE.move(visit, to=VisitState.HELD, by=by, at=at)
    else:
        VISIT_LIFECYCLE.move(visit, to=VisitState.MISSED, by=by, at=at)
    return visit


@one_write
def cancel_visits_of(*, proposal: Proposal, by: User | None, at: datetime) -> None:
    """Call off what is open about a proposal that is settled; its case is held by the caller."""
    open_ones = Visit.objects.filter(proposal=proposal.pk, state__in=VISIT_LIFECYCLE.moves)
    for visit in open_ones.select_for_update().order_by("pk"):
        visit.proposal = proposal
        if not visit.is_over(at):
            _cancel(visit, reason=CancelReason.PROPOSAL_OVER, by=by, at=at)


def _locked(visit_id: UUID, *, by: User, among: Any = None) -> Visit:
    """Return a meeting with its case locked, as it is now. Raises Visit.DoesNotExist for who may not act."""
    among = Proposal.objects.arranged_by(by) if among is None else among
    about = Visit.objects.filter(proposal__in=among).values_list("proposal", flat=True).get(pk=visit_id)
    proposal = lock_proposal(proposal_id=about, among=among)
    visit = Visit.objects.select_for_update().get(pk=visit_id)
    visit.proposal = proposal
    return visit


def _chooser(chooser: str, by: User) -> str:
    return Chooser.PARTICIPANT if by.persona == Persona.EMPLOYER else chooser


def _check_can_meet(proposal: Proposal, *, at: datetime) -> None:
    """Raise Refused unless the employer has the proposal to answer and may read of the person."""
    if proposal.state not in AWAITING_EMPLOYER:
        raise Refused(VisitRefusal.NOT_OPEN)
    if hindrances_of(proposal, day=day_of(at)):
        raise Refused(VisitRefusal.CANNOT_GO_ON)


def _check_times(
    proposal: Proposal,
    times: Sequence[datetime],
    *,
    minutes: int,
    at: datetime,
    but: Visit | None = None,
) -> None:
    """Raise Refused with everything that is wrong with the times."""
    if not 1 <= len(set(times)) == len(times) <= MOST_TIMES:
        raise Refused(VisitRefusal.NO_TIMES)
    if not SHORTEST <= minutes <= LONGEST:
        raise Refused(VisitRefusal.TOO_LONG, about="minutes")
    length = timedelta(minutes=minutes)
    reasons = [
        reason
        for starts_at in times
        for reason in _hindering(proposal, starts_at, starts_at + length, at=at, but=but)
    ]
    if reasons:
        raise Refused.for_reasons(reasons)


def _hindering(
    proposal: Proposal, starts_at: datetime, ends_at: datetime, *, at: datetime, but: Visit | None
) -> list[Reason]:
    """Return why they cannot meet then."""
    last_day = proposal.opening.ends_on
    taken = Visit.objects.booked().of_person(proposal.participant).overlapping(starts_at, ends_at)
    others = taken.exclude(pk=but.pk) if but else taken
    checks: Iterable[tuple[VisitRefusal, bool]] = (
        (VisitRefusal.PAST, starts_at <= at),
        (VisitRefusal.AFTER_OPENING, last_day is not None and day_of(starts_at) > last_day),
        (VisitRefusal.TOO_FAR, starts_at > at + FURTHEST),
        (VisitRefusal.OVERLAPS, others.exists()),
    )
    return [Reason(why, {"when": moment(starts_at)}) for why, holds in checks if holds]


def _keep_times(visit: Visit, times: Sequence[datetime], *, minutes: int) -> None:
    length = timedelta(minutes=minutes)
    VisitTime.objects.bulk_create(
        VisitTime(visit=visit, round=visit.round, starts_at=each, ends_at=each + length)
        for each in sorted(times)
    )


def _ask_to_meet(proposal: Proposal, *, by: User, at: datetime) -> None:
    decided: dict[str, Any] = {"decided_at": at, "decided_by": by}
    PROPOSAL_LIFECYCLE.move(proposal, to=ProposalState.INTERVIEW, by=by, at=at, **decided)
    notifications.tell_coach(proposal, at=at)


def _next_sequence(visit: Visit) -> int:
    """Return the number under which calendars learn of a change; nothing to learn before it was booked."""
    return visit.sequence + (visit.state == VisitState.BOOKED)


def _cancel(visit: Visit, *, reason: str, by: User | None, at: datetime) -> Visit:
    changes: dict[str, Any] = {"cancel_reason": reason, "sequence": _next_sequence(visit)}
    VISIT_LIFECYCLE.move(visit, to=VisitState.CANCELLED, by=by, at=at, why=reason, **changes)
    telling_visits.tell_of_cancelling(visit, at=at)
    return visit
