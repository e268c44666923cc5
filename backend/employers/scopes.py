"""Which openings the matcher may see, for each reader: the openings and the cache key in one."""

from collections.abc import Callable, Hashable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import make_aware

from backend.accounts.models import User
from backend.core.scopes import Scope, only_one
from backend.employers.models import Employer, Opening, OpeningQuerySet, Reader

Openings = Scope[OpeningQuerySet]


def matched_openings(staff: User) -> Openings:
    """Return the openings of the municipalities that `staff` works in."""
    municipalities = frozenset(staff.municipality_ids())
    return Openings(Opening.objects.decidable_by(staff), municipalities, only_one(municipalities))


class Listed(NamedTuple):
    """What a list of openings is about: a scope whose rows are put together only where they are asked for."""

    key: Hashable
    openings: Callable[[], OpeningQuerySet]


def listed_openings(reader: Reader, *, on: date) -> Listed:
    """Return what the list of openings is about on a day: what everybody sees, for staff what they may see.

    Of one's own, an employer has a list of its own; here it finds what everybody does.
    """
    municipalities = frozenset(reader.municipality_ids()) if isinstance(reader, User) else frozenset()
    if not municipalities:
        return Listed(("everybody", on), lambda: public_openings(on=on))
    return Listed(("staff", municipalities, on), lambda: Opening.objects.visible_to(reader, on=on))


def public_openings(*, on: date) -> OpeningQuerySet:
    """Return what strangers find in the list on a day, whoever asks."""
    return Opening.objects.visible_to(AnonymousUser(), on=on).published(on)


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
