"""My day: everything that waits for a coach or a manager, one row a matter, in parts, the reddest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, groupby
from uuid import UUID

from django.db.models import Q

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.home.day import attendance, employers, looking_after, people, placements, proposals, reviews
from backend.home.day.todo import Todo, standing_as
from backend.home.enums import Part
from backend.home.models import SetAside
from backend.participants.models import Participant, ParticipantQuerySet

SHOWN_OF_A_PART = 8
"""So many rows of a part stand open; the rest is folded."""


@dataclass(frozen=True)
class Section:
    """A part of the day with its rows: those that stand open, and those that are folded under them."""

    part: Part
    rows: list[Todo]

    @property
    def first(self) -> list[Todo]:
        """The rows that stand open."""
        return self.rows[:SHOWN_OF_A_PART]

    @property
    def more(self) -> list[Todo]:
        """The rows that are folded."""
        return self.rows[SHOWN_OF_A_PART:]


@dataclass(frozen=True)
class Day:
    """What waits, and what was put aside with how it was."""

    rows: list[Todo]
    aside: list[tuple[Todo, SetAside]]

    @property
    def sections(self) -> list[Section]:
        """The parts that have something in them."""
        parts = groupby(self.rows, key=lambda row: row.part)
        return [Section(part, list(rows)) for part, rows in parts]

    @property
    def people(self) -> list[UUID]:
        """Whose data is shown."""
        rows = [*self.rows, *(row for row, _kept in self.aside)]
        return [row.person for row in rows if row.person]

    def about(self, matter: str, thing: UUID) -> Todo | None:
        """Return the row of a matter, if it stands in this day."""
        return next((row for row in self.rows if row.thing == thing and row.matter == matter), None)


def coach_day(coach: User, *, today: date) -> list[Todo]:
    """Return the rows that wait for `coach`; the list can be emptied by doing or putting off each."""
    return day_of_coach(coach, today=today).rows


def day_of_coach(coach: User, *, today: date) -> Day:
    """Return what waits for `coach`, and what was put aside of it."""
    cases = _cases_of(coach)
    internships = placements.internships_of(coach, cases)
    rows = [
        *placements.concerns(internships, today=today),
        *placements.follow_ups(cases, today=today),
        *placements.evaluations(cases, today=today),
        *placements.starting_and_ending(internships, today=today),
        *attendance.unmarked(cases, today=today),
        *placements.unsigned(internships, today=today),
        *placements.retention(cases, today=today),
        *proposals.proposals(cases, today=today),
        *people.people(coach, cases, today=today),
        *employers.approvals(coach, today=today),
        *employers.checks(coach, today=today),
        *employers.agreed(coach, today=today),
        *looking_after.told(coach, today=today),
        *reviews.actions(coach, today=today),
    ]
    if coach.has_role(Role.MANAGER):
        rows += [*placements.decisions(coach, today=today), *people.without_coach(coach)]
        rows += placements.extensions_to_decide(coach, today=today)
        rows += looking_after.reviews(coach, today=today)
    return _without_aside(_in_order(rows), today=today)


def manager_day(manager: User, *, today: date) -> list[Todo]:
    """Return what waits for `manager`: cases nobody coaches, objections to decide on, unhandled concerns."""
    if not manager.has_role(Role.MANAGER):
        return []
    concerns = placements.concerns_in_units(manager, today=today)
    decisions = placements.decisions(manager, today=today)
    extensions = placements.extensions_to_decide(manager, today=today)
    told = looking_after.told(manager, today=today)
    of_employers = looking_after.reviews(manager, today=today)
    agreed = reviews.actions(manager, today=today)
    waiting = (people.without_coach(manager), decisions, extensions, of_employers, concerns, told, agreed)
    return _in_order(chain.from_iterable(waiting))


def _cases_of(coach: User) -> ParticipantQuerySet:
    """Return those for whom `coach` answers now, whoever proposed or planned what is open in the case."""
    return Participant.objects.decidable_by(coach).filter(coach=coach)


def _in_order(rows: Iterable[Todo]) -> list[Todo]:
    """Return one row a matter, each where its most urgent reason puts it."""
    found: dict[tuple[object, ...], list[Todo]] = {}
    for row in sorted(rows, key=lambda row: row.order):
        found.setdefault((row.matter, row.thing or row.title), []).append(row)
    return [_one(of_matter) for of_matter in found.values()]


def _one(rows: list[Todo]) -> Todo:
    """Return the first of the rows of one matter, which names what else is due in it."""
    first, *others = rows
    if not others:
        return first
    also = (*first.also, *(str(row.reason) for row in others))
    return replace(first, also=also, stands=standing_as(*sorted(row.stands for row in rows)))


def _without_aside(rows: list[Todo], *, today: date) -> Day:
    """Part what was put aside, and stands as it stood then, from what waits."""
    things = [row.thing for row in rows if row.thing]
    kept = SetAside.objects.filter(Q(until=None) | Q(until__gt=today), thing__in=things).select_related("by")
    aside = {_key(each): each for each in kept}
    matters = [(row, aside.get(_key(row))) for row in rows]
    put_aside = [(row, each) for row, each in matters if each is not None]
    return Day([row for row, each in matters if each is None], put_aside)


def _key(each: Todo | SetAside) -> tuple[str, UUID | None, str]:
    """Return what a row and what was put aside have in common: the matter, and how it stands."""
    return str(each.matter), each.thing, each.stands
