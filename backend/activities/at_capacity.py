"""Who is at lasting places on which days, for the calendars of `employers`: days and hours, nobody's name."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from backend.activities.enums import CALLED_OFF
from backend.activities.models import ActivitySession, WeeklySchedule
from backend.activities.planning import PlannedDay, day_of_minutes, usual_week, week_within
from backend.employers.capacity.occupied import Stay, stays_by
from backend.employers.models import CapacityDay
from backend.internships.enums import NEVER_BEGAN, InternshipState
from backend.internships.models import Internship, InternshipPause

DAY = timedelta(days=1)
Span = tuple[date, date]
Week = dict[int, int]


@stays_by
def stays_of_internships(capacities: Collection[UUID], first: date, last: date) -> Iterator[Stay]:
    """Yield the stays that touch the days from `first` to `last`, in four queries however many they are.

    A break is a gap; a schedule that changes begins another stay; days before the first schedule, and
    after the last, are without one. On a day that was called off nobody is there.
    """
    found = Internship.objects.filter(opening__capacity__in=list(capacities), starts_on__lte=last)
    found = found.filter(ends_on__gte=first).exclude(state__in=NEVER_BEGAN)
    found = found.annotate(at_capacity=F("opening__capacity")).order_by("starts_on", "pk")
    placements: dict[UUID, Any] = {each.pk: each for each in found}
    weeks, breaks = _weeks_of(placements), _breaks_of(placements)
    off = _off_between(placements, first, last)
    for key, each in placements.items():
        whole = (each.started_on or each.starts_on, each.ended_on or each.ends_on)
        for span, week in _in_parts(whole, weeks.get(key, ())):
            for begins, ends in _without(span, breaks.get(key, ())):
                yield Stay(
                    capacity=each.at_capacity,
                    placement=key,
                    first=begins,
                    last=ends,
                    hours_a_week=float(each.hours_per_week),
                    minutes=week,
                    off=off.get(key, frozenset()),
                    is_planned=each.state == InternshipState.PLANNED,
                )


def usual_week_of(internship: Internship) -> list[PlannedDay]:
    """Return the week that is offered first: on the days of its lasting places, else even from Monday on."""
    offered = [_planned(each) for each in _offered(internship)]
    hours = internship.hours_per_week
    return week_within(offered, hours) if offered else usual_week(hours)


def offered_weekdays(internship: Internship) -> list[int]:
    """Return the weekdays of the lasting places that the internship is at; none where none are stated."""
    return [int(each.weekday) for each in _offered(internship)]


def _offered(internship: Internship) -> "QuerySet[CapacityDay]":
    days = CapacityDay.objects.filter(capacity__opening=internship.opening_id).order_by("weekday")
    return days if internship.opening_id else days.none()


def _planned(day: CapacityDay) -> PlannedDay:
    """Return a day that is offered; what of it is no time at the workplace is the break."""
    if not (day.starts_at and day.ends_at):
        return day_of_minutes(int(day.weekday), day.minutes)
    whole = PlannedDay(int(day.weekday), day.starts_at, day.ends_at)
    return PlannedDay(whole.weekday, day.starts_at, day.ends_at, max(whole.minutes - day.minutes, 0))


def _weeks_of(placements: Collection[UUID]) -> dict[UUID, list[tuple[Span, Week]]]:
    """Return the schedules of the placements that hold on some day, each with its minutes by weekday."""
    found: dict[UUID, list[tuple[Span, Week]]] = {}
    standing = WeeklySchedule.objects.standing().filter(internship__in=list(placements))
    for each in standing.prefetch_related("days").order_by("valid_from", "pk"):
        week = {
            day.weekday: PlannedDay(day.weekday, day.starts_at, day.ends_at, day.break_minutes).minutes
            for day in each.days.all()
        }
        span = (each.valid_from, each.valid_to or date.max)
        found.setdefault(each.internship_id, []).append((span, week))
    return found


def _breaks_of(placements: Collection[UUID]) -> dict[UUID, list[Span]]:
    found: dict[UUID, list[Span]] = {}
    for each in InternshipPause.objects.filter(internship__in=list(placements)).order_by("from_on", "pk"):
        found.setdefault(each.internship_id, []).append((each.from_on, each.last_on))
    return found


def _off_between(placements: Collection[UUID], first: date, last: date) -> dict[UUID, frozenset[date]]:
    """Return the days that were called off, where nothing else of the day was left."""
    sessions = ActivitySession.objects.filter(internship__in=list(placements), date__range=(first, last))
    days: dict[UUID, dict[date, bool]] = {}
    rows = sessions.order_by("pk").values_list("internship", "date", "state")
    for internship, day, state in rows:
        known = days.setdefault(internship, {})
        known[day] = known.get(day, True) and state in CALLED_OFF
    return {key: frozenset(day for day, is_off in known.items() if is_off) for key, known in days.items()}


def _in_parts(whole: Span, weeks: Collection[tuple[Span, Week]]) -> Iterator[tuple[Span, Week | None]]:
    """Yield the parts of `whole` with the week that holds in each; None where no schedule does."""
    day, last = whole
    for (valid_from, valid_to), week in weeks:
        begins, ends = max(day, valid_from), min(last, valid_to)
        if begins > ends:
            continue
        if day < begins:
            yield (day, begins - DAY), None
        yield (begins, ends), week
        if ends >= last:
            return
        day = ends + DAY
    if day <= last:
        yield (day, last), None


def _without(span: Span, breaks: Collection[Span]) -> Iterator[Span]:
    """Yield what is left of `span` beside the breaks, which come in the order of their days."""
    day, last = span
    for begins, ends in breaks:
        if ends < day or begins > last:
            continue
        if day < begins:
            yield day, begins - DAY
        day = ends + DAY
    if day <= last:
        yield day, last
