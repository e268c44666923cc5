"""Which openings the matcher may see, for each reader: the openings and the cache key in one."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.timezone import make_aware

from backend.accounts.models import User
from backend.core.scopes import Scope, only_one
from backend.employers.models import Employer, Opening, OpeningQuerySet

Openings = Scope[OpeningQuerySet]


def matched_openings(staff: User) -> Openings:
    """Return the openings of the municipalities that `staff` works in."""
    municipalities = frozenset(staff.municipality_ids())
    return Openings(Opening.objects.decidable_by(staff), municipalities, only_one(municipalities))


def openings_of_municipality(municipality_id: UUID) -> Openings:
    """Return the openings of a municipality, for whoever runs the house."""
    theirs = Opening.objects.filter(workplace__employer__municipality=municipality_id)
    return Openings(theirs, frozenset({municipality_id}), municipality_id)


def recent_openings(staff: User, *, today: date, days: int) -> Openings:
    """Return those of the last `days` days to which people may be proposed."""
    since = make_aware(datetime.combine(today - timedelta(days=days), time.min))
    theirs = matched_openings(staff)
    published = theirs.rows.open_on(today).filter(published_at__gte=since)
    open_ones = published.filter(workplace__employer__in=Employer.objects.in_good_standing(today))
    return Openings(open_ones, ("recent", theirs.key, today, days), theirs.municipality)
