"""What an employer offers binds: nobody is placed beyond the days and hours that its lasting places have."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from backend.core.writing.refusals import Reason
from backend.employers.capacity.offering import Offering
from backend.employers.models import Capacity
from backend.internships.models import Internship
from backend.internships.safeguards.refusals import PlacementRefusal


def beyond_capacity(internship: Internship, *, before: Internship | None = None) -> Iterator[Reason]:
    """Yield why the placement does not fit into the lasting places it stands on; an opening has no limits.

    With `before`, only what is more than it was: what was let pass stays. The employer, or staff with its
    word, changes what is offered and nothing is in the way any longer.
    """
    capacity = _capacity_of(internship)
    if capacity is None:
        return
    closed = Offering(capacity).refuses_newcomers_on(internship.starts_on)
    if before is None and closed:
        yield _between(PlacementRefusal.NO_INTAKE, "starts_on", closed.first_on, closed.last_on)
    is_more = before is None or internship.hours_per_week > before.hours_per_week
    if is_more and internship.hours_per_week > capacity.hours_max:
        most = {"most": localize(capacity.hours_max)}
        yield Reason(PlacementRefusal.BEYOND_HOURS, most, "hours_per_week")
    first, last = capacity.starts_on, capacity.ends_on
    is_longer = before is None or internship.ends_on > before.ends_on
    if is_longer and last and internship.ends_on > last:
        yield _between(PlacementRefusal.BEYOND_PERIOD, "ends_on", first, last)
    elif before is None and first and internship.starts_on < first:
        yield _between(PlacementRefusal.BEYOND_PERIOD, "starts_on", first, last)


def _capacity_of(internship: Internship) -> Capacity | None:
    """Read anew what is offered, with its exceptions; None for a placement on no lasting places."""
    if internship.opening_id is None:
        return None
    offered = Capacity.objects.filter(opening=internship.opening_id)
    return offered.prefetch_related("days", "exceptions").first()


def _between(why: PlacementRefusal, about: str, first: date | None, last: date | None) -> Reason:
    words = [date_format(day, "j F Y") if day else _("no set day") for day in (first, last)]
    return Reason(why, {"first": words[0], "last": words[1]}, about)
