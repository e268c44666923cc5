"""Who has what of lasting places: told by the app that knows of schedules, counted here without names."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format

from backend.employers.capacity.offering import (
    DAY,
    MINUTES_AN_HOUR,
    Offering,
    days_of_week,
    is_holiday,
)
from backend.employers.models import Capacity


@dataclass(frozen=True)
class Stay:
    """Somebody is at lasting places from `first` to `last`, in a week of these `minutes` by weekday.

    One person is several stays where the schedule changes or a break lies between, all with the same
    `placement`. Without a schedule `minutes` is None, and `hours_a_week` are spread over the days offered.
    `is_planned`: it has been agreed, and has not begun. On the days that are `off` the person is not there.
    """

    capacity: UUID
    placement: UUID
    first: date
    last: date
    hours_a_week: float
    minutes: Mapping[int, int] | None = None
    is_planned: bool = False
    off: Collection[date] = ()

    def minutes_on(self, day: date, offering: Offering) -> int:
        """Return how long the person is there on `day`, 0 when not at all."""
        if not self.first <= day <= self.last or day in self.off:
            return 0
        if self.minutes is not None:
            return self.minutes.get(day.isoweekday(), 0)
        is_offered = str(day.isoweekday()) in offering.week
        return int(self.hours_a_week * MINUTES_AN_HOUR) // len(offering.week) if is_offered else 0

    def minutes_in_week(self, monday: date, offering: Offering) -> int:
        """Return how long the person is there in the week from `monday`: not on holidays and closed days."""
        last = monday + 6 * DAY
        if last < self.first or self.last < monday:
            return 0
        is_whole = self.first <= monday and last <= self.last and offering.is_usual(monday)
        is_whole = is_whole and not any(monday <= day <= last for day in self.off)
        if self.minutes is not None and is_whole:
            return sum(self.minutes.values())
        days = [day for day in days_of_week(monday) if not (is_holiday(day) or offering.on(day).is_closed)]
        return sum(self.minutes_on(day, offering) for day in days)


Provider = Callable[[Collection[UUID], date, date], Iterable[Stay]]
_providers: list[Provider] = []


def stays_by(provider: Provider) -> Provider:
    """Let `provider` say who is at given capacities between two days; an app above this one does so."""
    _providers.append(provider)
    return provider


def stays_at(capacities: Collection[UUID], first: date, last: date) -> dict[UUID, list[Stay]]:
    """Return the stays at `capacities` that touch the days from `first` to `last`, by capacity."""
    found: dict[UUID, list[Stay]] = {key: [] for key in capacities}
    for provider in _providers if found else ():
        for stay in provider(found.keys(), first, last):
            found[stay.capacity].append(stay)
    return found


def promised(capacity: Capacity, stays: Iterable[Stay], today: date) -> int:
    """Return how many places are taken by an employer's yes alone: nobody has planned their days yet."""
    planned = {stay.placement for stay in stays if stay.last >= today}
    return max(int(capacity.opening.places_taken) - len(planned), 0)


def on_weekday(stays: Iterable[Stay], weekday: int) -> tuple[int, str]:
    """Return how many people are there on a weekday by their schedules, and in words until when."""
    there = [stay for stay in stays if stay.minutes is not None and weekday in stay.minutes]
    last = max((stay.last for stay in there), default=None)
    return len({stay.placement for stay in there}), date_format(last, "j F Y") if last else ""
