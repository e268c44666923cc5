"""Hours of workplace activity: how many are offered, used, reserved and free, by ISO week and by area.

An hour is one person's hour at lasting places. Used is what somebody is there by schedule, reserved what is
planned or promised and has not begun, free what is left of each capacity in each week.
Free is never less than nothing: what one has too much of does not hide what another has left.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from backend.employers.capacity.occupied import Stay, promised, stays_at
from backend.employers.capacity.offering import (
    DAY,
    MINUTES_AN_HOUR,
    Offering,
    monday_of,
    weeks_from,
)
from backend.employers.models import Capacity, Employer

UNUSED_SHOWN = 10


@dataclass
class Minutes:
    """Minutes of one week, one area or one employer."""

    offered: int = 0
    used: int = 0
    reserved: int = 0
    free: int = 0

    def add(self, other: "Minutes") -> None:
        """Add `other` to these."""
        self.offered += other.offered
        self.used += other.used
        self.reserved += other.reserved
        self.free += other.free

    @property
    def hours(self) -> list[float]:
        """Offered, used, reserved and free in hours, with one decimal."""
        figures = (self.offered, self.used, self.reserved, self.free)
        return [round(minutes / MINUTES_AN_HOUR, 1) for minutes in figures]


@dataclass(frozen=True)
class WorkplaceHours:
    """The hours of some capacities by week and by area, and whose places nobody is at."""

    weeks: dict[date, Minutes]
    areas: dict[str, Minutes] = field(default_factory=dict)
    unused: Sequence[tuple[Employer, Minutes]] = ()

    @property
    def in_all(self) -> Minutes:
        """All weeks together."""
        total = Minutes()
        for each in self.weeks.values():
            total.add(each)
        return total


def hours_between(capacities: Iterable[Capacity], *, since: date, weeks: int, today: date) -> WorkplaceHours:
    """Return the hours of capacities that were read `for_calendar`, in so many weeks from that of `since`."""
    by_key = {each.pk: each for each in capacities}
    mondays = list(weeks_from(since, weeks))
    first, last = mondays[0], mondays[-1] + 6 * DAY
    stays = stays_at(by_key, min(first, today), max(last, today))
    by_week = {monday: Minutes() for monday in mondays}
    by_area: dict[str, Minutes] = defaultdict(Minutes)
    by_employer: dict[UUID, tuple[Employer, Minutes]] = {}
    used_by: set[UUID] = set()
    for key, capacity in by_key.items():
        in_all = _of_one(capacity, stays[key], by_week, today=today)
        by_area[capacity.workplace.locality_name or capacity.workplace.place_text].add(in_all)
        employer = capacity.workplace.employer
        by_employer.setdefault(employer.pk, (employer, Minutes()))[1].add(in_all)
        if in_all.used or in_all.reserved:
            used_by.add(employer.pk)
    asleep = [told for key, told in by_employer.items() if key not in used_by and told[1].free]
    asleep.sort(key=lambda told: (-told[1].free, told[0].sort_key))
    return WorkplaceHours(by_week, dict(sorted(by_area.items())), asleep[:UNUSED_SHOWN])


def _of_one(
    capacity: Capacity, stays: Sequence[Stay], by_week: dict[date, Minutes], *, today: date
) -> Minutes:
    """Count one capacity into its weeks, and return them together."""
    offering, in_all = Offering(capacity), Minutes()
    waiting = promised(capacity, stays, today)
    this_week = monday_of(today)
    for monday, week in by_week.items():
        offered = offering.minutes_in_week(monday)
        sums = {True: 0, False: 0}
        for stay in stays:
            sums[stay.is_planned] += stay.minutes_in_week(monday, offering)
        reserved = sums[True]
        if waiting and monday >= this_week:
            reserved += waiting * offered // capacity.places
        free = max(offered - sums[False] - reserved, 0)
        counted = Minutes(offered, sums[False], reserved, free)
        week.add(counted)
        in_all.add(counted)
    return in_all
