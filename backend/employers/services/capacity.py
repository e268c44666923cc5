"""Lasting places: so many places for a period and a kind of placement, matched like an opening."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.fields import LAST_DAY
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.capacity.occupied import on_weekday, stays_at
from backend.employers.capacity.offering import MOST_HOURS, Day, hours_of
from backend.employers.enums import OpeningKind
from backend.employers.models import Capacity, CapacityDay, Opening
from backend.employers.refusals import CapacityRefusal
from backend.employers.services.openings import save_opening
from backend.employers.services.places import lock_opening
from backend.employers.services.words import RequirementDraft
from backend.skills.enums import Weekday

CAPACITY_FIELDS = frozenset({"placement_kind", "supervisors", "per_supervisor", "support", "work"})
OFFER_FIELDS = frozenset(
    {
        "workplace",
        "places",
        "starts_on",
        "ends_on",
        "hours_min",
        "hours_max",
        "weekdays",
        "adaptations",
        "facts_present",
        "facts_absent",
        "supervisor_name",
    }
)


@one_write
def register_capacity(
    *,
    fields: Mapping[str, Any],
    by: User,
    at: datetime,
    capacity: Capacity | None = None,
    key: UUID | None = None,
    occupation: str = "",
    requirements: Sequence[RequirementDraft] = (),
    days: Sequence[Day] | None = None,
) -> Capacity:
    """Write lasting places, or change `capacity`, together with the one opening that stands for it.

    `fields` and `key` are those of `save_opening`, and CAPACITY_FIELDS. `days` say on which weekdays people
    are received and for how long; hours a week and weekdays of the opening, which it is matched by, follow
    from them. The opening is a draft until it is published.

    Raises as `save_opening` does, and Refused for more places than the supervisors can take, for fewer than
    are taken, and for a weekday less on which somebody is there. Then nothing has changed.
    """
    asked = _judged(fields, days, capacity, by=by, at=at)
    facts = {name: value for name, value in asked.items() if name not in CAPACITY_FIELDS}
    opening = save_opening(
        fields={**facts, "kind": OpeningKind.INTERNSHIP},
        by=by,
        at=at,
        opening=capacity.opening if capacity else None,
        key=key,
        occupation=occupation,
        requirements=requirements,
    )
    is_new = opening.capacity is None
    row = opening.capacity or Capacity()
    if _write(row, asked, days):
        audit.record(row, "capacity_registered" if is_new else "capacity_changed", by=by, at=at)
    Opening.objects.filter(pk=opening.pk).update(capacity=row)
    row.opening = opening
    opening.capacity = row
    return row


def _judged(
    fields: Mapping[str, Any],
    days: Sequence[Day] | None,
    capacity: Capacity | None,
    *,
    by: User,
    at: datetime,
) -> dict[str, Any]:
    """Return the fields with what follows from the days; raise Refused for what cannot be offered."""
    if capacity is not None:
        _lock(capacity, by)
    asked = {**fields, **_hours_by(days, fields, capacity)} if days is not None else dict(fields)
    _check_supervised(asked, capacity)
    if capacity is not None:
        _check_taken(capacity, asked, days, today=day_of(at))
    return asked


def _write(row: Capacity, asked: Mapping[str, Any], days: Sequence[Day] | None) -> bool:
    """Keep what is asked in the row and its days; tell whether that changed anything."""
    written = (OFFER_FIELDS | CAPACITY_FIELDS) & asked.keys()
    changed = [name for name in written if row._state.adding or getattr(row, name) != asked[name]]
    for name in changed:
        setattr(row, name, asked[name])
    row.full_clean()
    row.save()
    has_new_days = days is not None and _write_days(row, days)
    return bool(changed) or has_new_days


def _lock(capacity: Capacity, by: User) -> None:
    """Hold the opening before anything is judged, so that nobody takes a place meanwhile."""
    lock_opening(opening_id=capacity.opening.pk, among=Opening.objects.editable_by(by))
    capacity.refresh_from_db()


def _hours_by(days: Sequence[Day], fields: Mapping[str, Any], capacity: Capacity | None) -> dict[str, Any]:
    """Return the weekdays, and from how few to how many hours a week somebody can be there."""
    weekdays = [each.weekday for each in days]
    if not days:
        raise Refused(CapacityRefusal.NO_DAYS, about="weekdays")
    for each in days:
        label = {"about": "weekdays", "day": str(Weekday(each.weekday).label)}
        if weekdays.count(each.weekday) > 1:
            raise Refused(CapacityRefusal.DAY_TWICE, **label)
        if each.minutes <= 0:
            raise Refused(CapacityRefusal.DAY_ENDS_FIRST, **label)
    most = max(min(hours_of(sum(each.minutes for each in days)), MOST_HOURS), Decimal(1))
    least = fields.get("hours_min") or (capacity.hours_min if capacity else hours_of(_shortest(days)))
    return {"weekdays": weekdays, "hours_max": most, "hours_min": max(min(least, most), Decimal(1))}


def _shortest(days: Sequence[Day]) -> int:
    return min(each.minutes for each in days)


def _check_supervised(asked: Mapping[str, Any], capacity: Capacity | None) -> None:
    """Refuse more places than supervisors can take; what nobody has said of them refuses nothing."""
    before = capacity or Capacity()
    said = {name: asked.get(name, getattr(before, name)) for name in ("places", "supervisors")}
    each_takes = asked.get("per_supervisor", before.per_supervisor)
    if each_takes and said["places"] > (most := said["supervisors"] * each_takes):
        raise Refused(CapacityRefusal.TOO_MANY_PLACES, about="places", most=most, **said)


def _check_taken(
    capacity: Capacity, asked: Mapping[str, Any], days: Sequence[Day] | None, *, today: date
) -> None:
    """Refuse to offer less than what is taken already."""
    taken = Opening.objects.values_list("places_taken", flat=True).get(pk=capacity.opening.pk)
    if asked.get("places", capacity.places) < taken:
        raise Refused(CapacityRefusal.PLACES_TAKEN, about="places", taken=taken)
    offered = {each.weekday for each in days} if days is not None else set(asked.get("weekdays") or ())
    if not offered:
        return
    stays = stays_at([capacity.pk], today, LAST_DAY)[capacity.pk]
    for weekday in (each for each in Weekday if each not in offered):
        people, until = on_weekday(stays, int(weekday))
        if people:
            day = str(weekday.label)
            raise Refused(CapacityRefusal.DAY_TAKEN, about="weekdays", day=day, people=people, until=until)


def _write_days(capacity: Capacity, days: Sequence[Day]) -> bool:
    """Let the week be `days`; tell whether that changed anything."""
    names = ("weekday", "minutes", "starts_at", "ends_at")
    before = set(capacity.days.order_by("weekday").values_list(*names))
    wanted = {(each.weekday, each.minutes, each.starts_at, each.ends_at): each for each in days}
    if before == set(wanted):
        return False
    capacity.days.all().delete()
    CapacityDay.objects.bulk_create(CapacityDay(capacity=capacity, **vars(each)) for each in days)
    return True
