"""When lasting places are for a time not what they are otherwise: closed, other hours, nobody new."""

from datetime import date, datetime, time
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.employers.enums import ExceptionKind
from backend.employers.events import CAPACITY_CLOSED
from backend.employers.models import Capacity, CapacityException
from backend.employers.refusals import CapacityRefusal


@one_write
def add_exception(
    *,
    capacity_id: UUID,
    kind: str,
    first_on: date,
    last_on: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    by: User,
    at: datetime,
) -> CapacityException:
    """Say that lasting places are different from `first_on` to `last_on`; who is there then keeps the place.

    Where they are closed, the coaches of those who have hours then are told.

    Raises Capacity.DoesNotExist when `by` may not write there, Refused for days that have been or the same
    said twice, and ValidationError for days or times in the wrong order.
    """
    capacity = _locked(capacity_id, by)
    if last_on < day_of(at):
        raise Refused(CapacityRefusal.EXCEPTION_PAST, about="last_on")
    times = (starts_at, ends_at) if kind == ExceptionKind.HOURS else (None, None)
    row = CapacityException(capacity=capacity, kind=kind, first_on=first_on, last_on=last_on, written_by=by)
    row.starts_at, row.ends_at = times
    row.written_at = at
    row.full_clean()
    same = capacity.exceptions.standing().filter(kind=kind, first_on=first_on, last_on=last_on)
    if same.filter(starts_at=row.starts_at, ends_at=row.ends_at).exists():
        raise Refused(CapacityRefusal.EXCEPTION_TWICE)
    row.save()
    audit.record(capacity, "capacity_excepted", by=by, at=at, changes=_of(row))
    if kind == ExceptionKind.CLOSED:
        CAPACITY_CLOSED.emit(capacity, by=by, at=at, first=first_on, last=last_on)
    return row


@one_write
def withdraw_exception(*, exception_id: UUID, by: User, at: datetime) -> CapacityException:
    """Take an exception back; it stays to be read. Raises Refused when that has been done already.

    Raises CapacityException.DoesNotExist when `by` may not write there.
    """
    theirs = CapacityException.objects.filter(capacity__in=Capacity.objects.editable_by(by))
    capacity = _locked(theirs.values_list("capacity", flat=True).get(pk=exception_id), by)
    row = theirs.get(pk=exception_id)
    if not row.stands:
        raise Refused(CapacityRefusal.EXCEPTION_WITHDRAWN)
    row.withdrawn_by, row.withdrawn_at = by, at
    row.save(update_fields=["withdrawn_by", "withdrawn_at"])
    audit.record(capacity, "capacity_exception_withdrawn", by=by, at=at, changes=_of(row))
    return row


def _of(row: CapacityException) -> dict[str, str]:
    return {"kind": row.kind, "first_on": str(row.first_on), "last_on": str(row.last_on)}


def _locked(capacity_id: UUID, by: User) -> Capacity:
    found = list(locked(Capacity.objects.editable_by(by).filter(pk=capacity_id)))
    if not found:
        raise Capacity.DoesNotExist
    return found[0]
