"""Which openings a change is about: their own, or that of the workplace, the employer or the capacity."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import Q

from backend.core.writing.seen import Entry, subjects
from backend.employers.models import Opening

OPENING, CAPACITY = "employers.opening", "employers.capacity"
WORKPLACE, EMPLOYER = "employers.workplace", "employers.employer"
OPENINGS_CHANGE_WITH: Final = Q(subject_type__in=(OPENING, CAPACITY, WORKPLACE, EMPLOYER))


def openings_of(entries: Iterable[Entry]) -> set[UUID]:
    """Return the openings that the entries are about, those of a workplace or an employer included."""
    entries = list(entries)
    openings = subjects(entries, OPENING)
    owners = {
        name: subjects(entries, about)
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
