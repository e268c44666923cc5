"""Which people and openings have changed since a pool was made: the one home of that.

Every write to one of them leaves an audit row in its own transaction. So the rows above a floor tell whether
a pool is still true, and those that it had not seen tell what to read again. What is rolled back leaves none,
and a row that was seen inside a transaction and is gone tells of a change as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, Count, DateTimeField, Func, Max, Q, QuerySet, Subquery

from backend.core.models import AuditEntry
from backend.employers.models import Opening
from backend.matching.bridge import catalogue as kept_catalogue
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal

LATE = 1000
"""Audit keys that are looked at again: a transaction may commit after others with higher keys have."""

PERSON, PROPOSAL = "participants.participant", "matching.proposal"
OPENING, CAPACITY = "employers.opening", "employers.capacity"
WORKPLACE, EMPLOYER = "employers.workplace", "employers.employer"

PEOPLE_CHANGE_WITH = Q(subject_type=PERSON) | (
    # Who is placed does not wait.
    Q(subject_type=PROPOSAL) & (Q(from_state=ProposalState.PLACED) | Q(to_state=ProposalState.PLACED))
)
OPENINGS_CHANGE_WITH = Q(subject_type__in=(OPENING, CAPACITY, WORKPLACE, EMPLOYER))


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
    """The audit rows above a floor that a pool takes account of."""

    floor: int
    entries: frozenset[Entry]

    @property
    def stamp(self) -> Stamp:
        """What the database says while nothing else has changed."""
        newest = max((each.key for each in self.entries), default=0)
        latest = max((each.at for each in self.entries), default=None)
        return Stamp(self.floor, len(self.entries), newest, latest)

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
        floor = (AuditEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0) - LATE
    rows = _entries(changes, floor).values_list("pk", "subject_type", "subject_id", "at")
    return Seen(floor, frozenset(Entry(*row) for row in rows))


def stamp(changes: Q, *, floor: int) -> Stamp:
    """Read the stamp as it is now."""
    now = _entries(changes, floor).aggregate(changes=Count("pk"), newest=Max("pk"), latest=Max("at"))
    return Stamp(floor, now["changes"], now["newest"] or 0, now["latest"])


def version_and_stamp(changes: Q, *, floor: int) -> tuple[kept_catalogue.Version | None, Stamp]:
    """Read the newest version of the catalogue and the stamp, in one query."""
    entries = _entries(changes, floor)
    # Func, not Count and Max: those would group by the row of the outer query.
    count, newest = (Func("pk", function=name, output_field=BigIntegerField()) for name in ("COUNT", "MAX"))
    latest = Func("at", function="MAX", output_field=DateTimeField())
    numbers = {"changes": count, "newest_key": newest, "latest": latest}
    seen = kept_catalogue.versions().annotate(
        **{name: Subquery(entries.values(number=number)) for name, number in numbers.items()}
    )
    row = seen.values_list("id", "imported_at", *numbers).first()
    return (row[:2], Stamp(floor, row[2], row[3] or 0, row[4])) if row else (None, Stamp(floor, 0, 0, None))


def people_of(entries: Iterable[Entry]) -> set[UUID]:
    """Return the people whom the entries are about."""
    people, proposals = _subjects(entries, PERSON), _subjects(entries, PROPOSAL)
    if proposals:
        people |= set(Proposal.objects.filter(pk__in=proposals).values_list("participant_id", flat=True))
    return people


def openings_of(entries: Iterable[Entry]) -> set[UUID]:
    """Return the openings that the entries are about, those of a workplace or an employer included."""
    openings = _subjects(entries, OPENING)
    owners = {
        name: _subjects(entries, about)
        for name, about in (
            ("capacity__in", CAPACITY),
            ("workplace__in", WORKPLACE),
            ("workplace__employer__in", EMPLOYER),
        )
    }
    if any(owners.values()):
        theirs = Q(*owners.items(), _connector=Q.OR)
        openings |= set(Opening.objects.filter(theirs).values_list("pk", flat=True))
    return openings


def _subjects(entries: Iterable[Entry], about: str) -> set[UUID]:
    return {each.subject for each in entries if each.about == about}


def _entries(changes: Q, floor: int) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.order_by().filter(changes, pk__gt=floor)
