"""Which rows have changed since something costly was made of them: the one home of that.

Every write to a row leaves an audit row in its own transaction. So the rows above a floor tell whether what
is kept is still true, and those that it had not seen tell what to read again. What is rolled back leaves
none, and a row that was seen inside a transaction and is gone tells of a change as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, Count, DateTimeField, Func, Max, Q, QuerySet, Subquery

from backend.core.models import AuditEntry

LATE = 1000
"""Audit keys that are looked at again: a transaction may commit after others with higher keys have."""


class Entry(NamedTuple):
    """An audit row: its moment too, because a rolled-back key is given again."""

    key: int
    about: str
    subject: UUID
    at: datetime


class Stamp(NamedTuple):
    """How many audit rows above `floor` tell of changes, and the newest key and moment of them."""

    floor: int
    changes: int
    newest: int
    latest: datetime | None


@dataclass(frozen=True)
class Seen:
    """The audit rows above a floor that something takes account of."""

    floor: int
    entries: frozenset[Entry]

    @property
    def stamp(self) -> Stamp:
        """What the database says while nothing else has changed."""
        highest = max((each.key for each in self.entries), default=0)
        latest = max((each.at for each in self.entries), default=None)
        return Stamp(self.floor, len(self.entries), highest, latest)

    def since(self, earlier: "Seen") -> frozenset[Entry]:
        """Return what one has seen and the other has not, where both look back as far."""
        both = max(self.floor, earlier.floor)
        return frozenset(each for each in self.entries ^ earlier.entries if each.key > both)

    def from_later_on(self) -> "Seen":
        """Return the same, looking back only as far as somebody may be late."""
        floor = max(self.floor, self.stamp.newest - LATE)
        return Seen(floor, frozenset(each for each in self.entries if each.key > floor))


def see(changes: Q, *, floor: int | None = None) -> Seen:
    """Read what tells of a change above `floor`, or of the last keys without one."""
    if floor is None:
        floor = newest() - LATE
    rows = entries_above(changes, floor).values_list("pk", "subject_type", "subject_id", "at")
    return Seen(floor, frozenset(Entry(*row) for row in rows))


def newest() -> int:
    """Return the newest key of the audit rows, 0 where there are none."""
    return int(AuditEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0)


def stamp(changes: Q, *, floor: int) -> Stamp:
    """Read the stamp as it is now."""
    now = entries_above(changes, floor).aggregate(changes=Count("pk"), newest=Max("pk"), latest=Max("at"))
    return Stamp(floor, now["changes"], now["newest"] or 0, now["latest"])


def stamp_columns(changes: Q, *, floor: int) -> dict[str, Subquery]:
    """Return what a query of something else reads beside its row, for `stamp_in` to make a stamp of."""
    entries = entries_above(changes, floor)
    # Func, not Count and Max: those would group by the row of the outer query.
    count, highest = (Func("pk", function=name, output_field=BigIntegerField()) for name in ("COUNT", "MAX"))
    latest = Func("at", function="MAX", output_field=DateTimeField())
    numbers = {"changes": count, "newest_key": highest, "latest": latest}
    return {name: Subquery(entries.values(number=number)) for name, number in numbers.items()}


def stamp_in(values: Sequence[Any], *, floor: int) -> Stamp:
    """Return the stamp that the values of `stamp_columns` make, in their order."""
    changes, highest, latest = values
    return Stamp(floor, changes, highest or 0, latest)


def subjects(entries: Iterable[Entry], about: str) -> set[UUID]:
    """Return the keys of the rows of table `about` that the entries tell of."""
    return {each.subject for each in entries if each.about == about}


def entries_above(changes: Q, floor: int) -> QuerySet[AuditEntry]:
    """Return the audit rows above `floor` that tell of `changes`."""
    return AuditEntry.objects.order_by().filter(changes, pk__gt=floor)
