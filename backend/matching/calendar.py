"""Meetings as calendars read them: what and where, and nobody's name."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.calendars import Entry, register
from backend.employers.enums import OpeningKind
from backend.employers.models import Workplace
from backend.matching.enums import VisitKind, VisitPlace
from backend.matching.models import Visit

RELATED = ("proposal__opening__workplace", "proposal__participant")


def entry_of(visit: Visit) -> Entry | None:
    """Return a meeting as it is, or was to be, in a calendar; None for one that has never had a time."""
    if visit.starts_at is None:
        return None
    return Entry(
        key=str(visit.pk),
        title=title_of(visit),
        starts=visit.starts_at,
        ends=visit.ends_at,
        changed_at=visit.state_changed_at,
        path=visit.proposal.get_absolute_url(),
        place=where(visit),
        sequence=visit.sequence,
    )


def title_of(visit: Visit) -> str:
    """Return what the meeting is called."""
    if visit.kind == VisitKind.TRIAL:
        return _("Trial day")
    is_job = visit.proposal.opening.kind == OpeningKind.JOB
    return _("Meeting about a job") if is_job else _("Meeting about an internship")


def where(visit: Visit) -> str:
    """Return where they meet: the workplace's address, or how they talk."""
    if visit.place == VisitPlace.WORKPLACE:
        there = address_of(visit.proposal.opening.workplace)
    else:
        there = str(visit.get_place_display())
    return ", ".join(filter(None, (there, visit.place_words)))


def address_of(workplace: Workplace) -> str:
    """Return a workplace's name and address in one line."""
    return ", ".join(filter(None, (workplace.name, workplace.street, workplace.locality_name)))


@register
def booked_visits(user: User, since: date, until: date) -> Iterator[Entry]:
    """Yield the booked meetings that concern `user`: a coach's are those of the coach's own cases."""
    mine = Visit.objects.listed_for(user).booked().concerning(user)
    mine = mine.filter(starts_at__date__gte=since, starts_at__date__lte=until)
    for visit in mine.select_related(*RELATED).order_by("starts_at", "pk"):
        if entry := entry_of(visit):
            yield entry
