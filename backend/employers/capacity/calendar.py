"""The calendar of lasting places: for each day what is offered, taken, reserved and free, in counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from backend.employers.capacity.occupied import Stay, promised, stays_at
from backend.employers.capacity.offering import DAY, WEEK, Offered, Offering, days_of_week, monday_of
from backend.employers.models import Capacity, CapacityException
from backend.skills.enums import Weekday

WEEKS_SHOWN = 8


@dataclass(frozen=True)
class Cell:
    """One day of all the capacities shown: places that are `offered`, `taken`, `reserved` and `free`."""

    day: date
    offered: int = 0
    taken: int = 0
    reserved: int = 0
    free: int = 0
    is_closed: bool = False
    is_holiday: bool = False
    exceptions: Sequence[CapacityException] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the day is none of the days offered."""
        return not (self.offered or self.taken or self.reserved or self.is_closed)


@dataclass(frozen=True)
class WeekRow:
    """One ISO week with the days that are columns."""

    monday: date
    cells: Sequence[Cell]

    @property
    def number(self) -> int:
        """The number of the ISO week."""
        return self.monday.isocalendar().week

    @property
    def year(self) -> int:
        """The year that the ISO week belongs to."""
        return self.monday.isocalendar().year

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + 6 * DAY


@dataclass(frozen=True)
class Calendar:
    """Weeks × weekdays; only weekdays on which something is offered are columns."""

    weekdays: Sequence[Weekday]
    rows: Sequence[WeekRow] = field(default_factory=list)

    @property
    def before(self) -> date:
        """The Monday with which the weeks before begin."""
        return self.rows[0].monday - len(self.rows) * WEEK

    @property
    def after(self) -> date:
        """The Monday with which the weeks after begin."""
        return self.rows[-1].monday + WEEK


def calendar_of(
    capacities: Iterable[Capacity], *, since: date, today: date, weeks: int = WEEKS_SHOWN
) -> Calendar:
    """Return the calendar of capacities that were read `for_calendar`, from the week of `since` on."""
    by_key = {each.pk: each for each in capacities}
    offerings = [Offering(each) for each in by_key.values()]
    first = monday_of(since)
    last = first + weeks * WEEK - DAY
    # Who is there today says, beside those of the weeks shown, how many only have the employer's yes.
    stays = stays_at(by_key, min(first, today), max(last, today))
    waiting = {key: promised(capacity, stays[key], today) for key, capacity in by_key.items()}
    mondays = [first + number * WEEK for number in range(weeks)]
    rows = [
        [_cell(day, offerings, stays, waiting, today=today) for day in days_of_week(monday)]
        for monday in mondays
    ]
    columns = [number for number in range(7) if any(not row[number].is_empty for row in rows)]
    return Calendar(
        weekdays=[list(Weekday)[number] for number in columns],
        rows=[
            WeekRow(monday, [row[number] for number in columns])
            for monday, row in zip(mondays, rows, strict=True)
        ],
    )


def _cell(
    day: date,
    offerings: Sequence[Offering],
    stays: dict[UUID, list[Stay]],
    waiting: dict[UUID, int],
    *,
    today: date,
) -> Cell:
    found = [_one(day, each, stays[each.capacity.pk], waiting[each.capacity.pk], today) for each in offerings]
    asked = [offered for offered, *_counts in found if offered.places or offered.is_closed]
    taken, reserved, free = (sum(counts[number] for _offered, *counts in found) for number in range(3))
    return Cell(
        day,
        offered=sum(offered.places for offered in asked),
        taken=taken,
        reserved=reserved,
        free=free,
        is_closed=bool(asked) and all(offered.is_closed for offered in asked),
        is_holiday=any(offered.is_holiday for offered in asked),
        exceptions=[offered.exception for offered in asked if offered.exception],
    )


def _one(
    day: date, offering: Offering, stays: Sequence[Stay], promised_places: int, today: date
) -> tuple[Offered, int, int, int]:
    """Return what one capacity offers on a day, and how many places are taken, reserved and free then."""
    offered = offering.on(day)
    there = {stay.placement: stay.is_planned for stay in stays if stay.minutes_on(day, offering)}
    if offered.is_holiday:
        there = {}
    planned = sum(there.values())
    taken = len(there) - planned
    reserved = planned + (promised_places if offered.places and day >= today else 0)
    return offered, taken, reserved, max(offered.places - taken - reserved, 0)
