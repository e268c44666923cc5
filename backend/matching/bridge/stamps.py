"""Which people and openings have changed since a pool was made (see core.writing.seen)."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from backend.core.writing.seen import (
    LATE,
    Entry,
    Seen,
    Stamp,
    see,
    stamp,
    stamp_columns,
    stamp_in,
    subjects,
)
from backend.employers.changes import OPENINGS_CHANGE_WITH, openings_of
from backend.matching.bridge import catalogue as kept_catalogue
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal

__all__ = [
    "LATE",
    "OPENINGS_CHANGE_WITH",
    "PEOPLE_CHANGE_WITH",
    "Entry",
    "Seen",
    "Stamp",
    "openings_of",
    "people_of",
    "see",
    "stamp",
    "version_and_stamp",
]

PERSON, PROPOSAL = "participants.participant", "matching.proposal"
PEOPLE_CHANGE_WITH = Q(subject_type=PERSON) | (
    # Who is placed does not wait.
    Q(subject_type=PROPOSAL) & (Q(from_state=ProposalState.PLACED) | Q(to_state=ProposalState.PLACED))
)


def version_and_stamp(changes: Q, *, floor: int) -> tuple[kept_catalogue.Version | None, Stamp]:
    """Read the newest version of the catalogue and the stamp, in one query."""
    columns = stamp_columns(changes, floor=floor)
    versions = kept_catalogue.versions().annotate(**columns)
    row = versions.values_list("id", "imported_at", *columns).first()
    return (row[:2], stamp_in(row[2:], floor=floor)) if row else (None, Stamp(floor, 0, 0, None))


def people_of(entries: Iterable[Entry]) -> set[UUID]:
    """Return the people whom the entries are about."""
    entries = list(entries)
    people, proposals = subjects(entries, PERSON), subjects(entries, PROPOSAL)
    if proposals:
        people |= set(Proposal.objects.filter(pk__in=proposals).values_list("participant_id", flat=True))
    return people
