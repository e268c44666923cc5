"""Measures about an employer: taken, begun and ended by their days, and lifted."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers import notifications
from backend.employers.enums import PUBLIC_STATES, MeasureKind, MeasureReason
from backend.employers.events import EMPLOYER_PAUSED, EMPLOYER_RESUMED
from backend.employers.models import Employer, EmployerQuerySet, Measure, Opening
from backend.employers.refusals import MeasureRefusal

HARSHER = {
    MeasureKind.ADVICE: (MeasureKind.ADVICE, MeasureKind.PAUSE, MeasureKind.STOP),
    MeasureKind.PAUSE: (MeasureKind.PAUSE, MeasureKind.STOP),
    MeasureKind.STOP: (MeasureKind.STOP,),
}
"""What makes a measure of each kind say nothing new: the same or a harsher one over the same days."""


@one_write
def take_measure(
    *,
    employer_id: UUID,
    kind: MeasureKind | str,
    reason: MeasureReason | str,
    words: str,
    rests_on: str,
    starts_on: date,
    last_on: date | None = None,
    by: User,
    at: datetime,
) -> Measure:
    """Take a measure about an employer, as a manager; what closes today stops new placements at once.

    Raises Employer.DoesNotExist for whoever does not manage there, ValidationError for days that do not hold
    together or without words, and Refused for a first day that has passed, or where the same or a harsher
    measure stands over the same days: then somebody else was first.
    """
    facts = {"kind": kind, "reason": reason, "words": words.strip(), "rests_on": rests_on.strip()}
    among = Employer.objects.managed_by(by)
    if starts_on < day_of(at):
        raise Refused(MeasureRefusal.BEGINS_IN_THE_PAST, about="starts_on")
    return write_measure(
        key=employer_id, among=among, **facts, starts_on=starts_on, last_on=last_on, by=by, at=at
    )


@one_write
def lift_measure(*, measure_id: UUID, why: str, by: User, at: datetime) -> Measure:
    """Lift a measure that holds, or that is to begin; what waited because of it can go on.

    Raises Measure.DoesNotExist for whoever does not manage there, Refused without a reason, and
    TransitionNotAllowed when it is over or somebody else lifted it first.
    """
    if not why.strip():
        raise Refused(MeasureRefusal.NO_REASON, about="why")
    employer = Measure.objects.values_list("employer", flat=True).get(pk=measure_id)
    _lock(employer, Employer.objects.managed_by(by), missing=Measure.DoesNotExist)
    measure = Measure.objects.select_related("employer").get(pk=measure_id)
    if not measure.may_be_lifted_on(day_of(at)):
        raise TransitionNotAllowed(current="lifted", wanted="lifted")
    lift(measure=measure, why=why.strip(), by=by, at=at)
    return measure


def write_measure(*, key: UUID, among: EmployerQuerySet, by: User, at: datetime, **facts: Any) -> Measure:
    """Write a measure about the locked employer with `key`, which must be `among`; the employer is told."""
    EMPLOYER_PAUSED.prepare(key)
    employer = _lock(key, among)
    measure = Measure(employer=employer, decided_by=by, decided_at=at, **facts)
    measure.clean_fields(exclude=["employer", "decided_by"])
    measure.validate_constraints()
    if _says_nothing_new(measure):
        raise Refused(MeasureRefusal.STANDS_ALREADY)
    measure.save(force_insert=True)
    days = {"first": str(measure.starts_on), "last": str(measure.last_on or "")}
    audit.record(employer, f"measure_{measure.kind}", by=by, at=at, why=measure.words, changes=days)
    notifications.tell_of_measure(measure, at=at)
    if measure.closes and measure.is_in_force_on(day_of(at)):
        _announce(measure, by=by, at=at)
    return measure


def lift(*, measure: Measure, why: str, by: User, at: datetime) -> None:
    """Lift a measure of a locked employer, and let go on what waited because of it."""
    changes = {"lifted_at": at, "lifted_by": by, "lifted_why": why}
    Measure.objects.filter(pk=measure.pk).update(**changes)
    for name, value in changes.items():
        setattr(measure, name, value)
    audit.record(measure.employer, "measure_lifted", by=by, at=at, why=why, changes={"kind": measure.kind})
    notifications.tell_of_lifting(measure, at=at)
    if measure.closes and measure.announced_at is not None:
        _let_go_on(measure.employer, by=by, at=at)


@one_write
def begin_measure(*, measure_id: UUID, at: datetime) -> bool:
    """Tell those concerned that a measure has begun by its day; False when they have been told."""
    employer = Measure.objects.values_list("employer", flat=True).get(pk=measure_id)
    EMPLOYER_PAUSED.prepare(employer)
    _lock(employer, Employer.objects.all())
    begun = Measure.objects.unannounced(day_of(at)).select_related("employer").filter(pk=measure_id).first()
    if begun is None:
        return False
    audit.record(begun.employer, "measure_begun", by=None, at=at, changes={"kind": begun.kind})
    _announce(begun, by=None, at=at)
    return True


@one_write
def end_measure(*, measure_id: UUID, at: datetime) -> bool:
    """Tell those concerned that a measure has ended by its day; False when they have been told."""
    _lock(Measure.objects.values_list("employer", flat=True).get(pk=measure_id), Employer.objects.all())
    over = Measure.objects.over_unannounced(day_of(at)).select_related("employer").filter(pk=measure_id)
    if (measure := over.first()) is None:
        return False
    Measure.objects.filter(pk=measure.pk).update(ended_at=at)
    audit.record(measure.employer, "measure_over", by=None, at=at, changes={"kind": measure.kind})
    _let_go_on(measure.employer, by=None, at=at)
    return True


def _announce(measure: Measure, *, by: User | None, at: datetime) -> None:
    Measure.objects.filter(pk=measure.pk).update(announced_at=at)
    measure.announced_at = at
    EMPLOYER_PAUSED.emit(measure.employer, by=by, at=at)


def _let_go_on(employer: Employer, *, by: User | None, at: datetime) -> None:
    """Let what waited go on, unless another measure still closes the employer.

    What was published comes back by itself; the days on which nobody saw it do not count as its age.
    """
    if not Employer.objects.welcome(day_of(at)).filter(pk=employer.pk).exists():
        return
    Opening.objects.filter(workplace__employer=employer, state__in=PUBLIC_STATES).update(fresh_at=at)
    EMPLOYER_RESUMED.emit(employer, by=by, at=at)


def _lock(key: UUID, among: EmployerQuerySet, *, missing: Any = Employer.DoesNotExist) -> Employer:
    """Lock the employer, so that of two who decide at once the second sees what the first did."""
    if not among.filter(pk=key).exists():
        raise missing
    return Employer.objects.select_for_update(of=("self",)).get(pk=key)


def _says_nothing_new(measure: Measure) -> bool:
    """Tell whether the same or a harsher measure stands over all the days of this one."""
    others = Measure.objects.filter(
        employer=measure.employer, kind__in=HARSHER[MeasureKind(measure.kind)], lifted_at=None
    ).filter(starts_on__lte=measure.starts_on)
    lasting = [each.last_on for each in others]
    return any(last is None or (measure.last_on is not None and last >= measure.last_on) for last in lasting)
