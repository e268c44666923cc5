"""The week's openings beside a coach's people, as the matcher sees them: what the board is made of."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from django.utils.timezone import make_aware

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.employers.enums import OpeningState, Standing
from backend.employers.models import Opening, OpeningQuerySet
from backend.matching.bridge import pools
from backend.matching.bridge import rows as engine_rows
from backend.matching.bridge.catalogue import Catalogue
from backend.matching.bridge.pools import People
from backend.matching.engine import TOTAL, Allocation, Option, Pair, Task, allocate
from backend.matching.engine.batch import best_pairs
from backend.matching.engine.demand import Demand
from backend.matching.engine.explain import explain
from backend.matching.enums import TAKEN_STATES, ChoiceKind
from backend.matching.models import AllocationChoice, Proposal
from backend.matching.rankings.ranked import Match
from backend.matching.rankings.ranking import as_match
from backend.participants.models import Participant, ParticipantQuerySet
from backend.participants.scopes import matched_people

FLOOR = TOTAL // 5
"""A weaker pair is not suggested, even if the place then stays empty."""
PER_OPENING = 40
MOST_NAMES = 10
"""However many places an opening has, a board that suggests more names at once is not read."""


@dataclass(frozen=True)
class Settings:
    """What the coach has set: how new an opening is (days), names per opening, places per person, priority.

    `priority` is that of waiting, in hundredths.
    """

    days: int = 30
    names: int = 2
    cap: int = 1
    priority: int = 0


def people_of(by: User) -> ParticipantQuerySet:
    """Return the people of the units in which `by` is a coach; never a protected identity."""
    return matched_people(by).rows


def new_openings(by: User, *, today: date, days: int) -> OpeningQuerySet:
    """Return the coach's municipality's openings of the last `days` days to which people may be proposed."""
    since = make_aware(datetime.combine(today - timedelta(days=days), time.min))
    published = Opening.objects.decidable_by(by).filter(state=OpeningState.PUBLISHED, published_at__gte=since)
    return published.filter(workplace__employer__standing=Standing.GOOD)


@dataclass(frozen=True)
class _Pool:
    """People and new openings in one set of codes, and the best pairs of each opening, the best first."""

    people: People
    demand: Demand
    options: Sequence[Option]


def _pool_of(by: User, *, today: date, days: int) -> tuple[Catalogue, _Pool]:
    """Return what stays the same between the coach's edits; it is kept until people or openings change."""
    units, tenants = frozenset(by.unit_ids(Role.COACH)), frozenset(by.municipality_ids())
    catalogue, people = pools.people_among(people_of(by), whose=units, today=today)

    def load() -> _Pool:
        openings = engine_rows.read_openings(new_openings(by, today=today, days=days))
        demand = Demand.of(openings, catalogue.relations, codes=deepcopy(people.supply.codes))
        return _Pool(people, demand, _options(people, demand))

    types = (*pools.PEOPLE_CHANGE_WITH, *pools.OPENINGS_CHANGE_WITH)
    return catalogue, pools.kept(("board", units, tenants, today, days), catalogue, types, load)


def _options(people: People, demand: Demand) -> list[Option]:
    if not len(demand) or not len(people.supply):
        return []
    found = best_pairs(demand, people.index, limit=PER_OPENING)
    return [
        Option(people.supply.ids[person], demand.ids[opening], points)
        for opening, person, points in zip(*(column.tolist() for column in found), strict=True)
        if points >= FLOOR
    ]


def read_week(by: User, *, at: datetime, days: int) -> "Week":
    """Read the coach's people and the new openings, with what stands between them already."""
    today = day_of(at)
    catalogue, pool = _pool_of(by, today=today, days=days)
    openings = new_openings(by, today=today, days=days)
    taken = Proposal.objects.filter(participant__in=people_of(by), state__in=TAKEN_STATES)
    choices = AllocationChoice.objects.filter(coach=by, opening__in=openings.order_by().values("pk"))
    return Week(
        catalogue=catalogue,
        today=today,
        by=by,
        openings=openings,
        people=pool.people,
        demand=pool.demand,
        pairs=pool.options,
        taken=_pairs(taken.order_by().values_list("participant_id", "opening_id")),
        choices={
            Pair(str(person), str(opening)): kind
            for person, opening, kind in choices.values_list("participant_id", "opening_id", "kind")
        },
    )


def _pairs(keys: Iterable[tuple[UUID, UUID]]) -> frozenset[Pair]:
    return frozenset(Pair(str(person), str(opening)) for person, opening in keys)


@dataclass(frozen=True)
class Week:
    """The new openings beside the coach's people, what is proposed already, and what the coach has chosen."""

    catalogue: Catalogue
    today: date
    by: User
    openings: OpeningQuerySet
    people: People
    demand: Demand
    pairs: Sequence[Option]
    taken: frozenset[Pair]
    choices: Mapping[Pair, str]

    @cached_property
    def options(self) -> list[Option]:
        """The best pairs of every opening, the best first, without those that are proposed already."""
        return [each for each in self.pairs if (each.person, each.opening) not in self.taken]

    @property
    def newest_first(self) -> list[str]:
        """The new openings, the newest first."""
        return sorted(self.demand.ids, key=lambda key: (-self._published(key), key))

    def _published(self, opening: str) -> int:
        day = self.demand.openings[self.demand.row_of[opening]].published_on
        return day.toordinal() if day else 0

    @cached_property
    def waiting_days(self) -> dict[str, int]:
        """How long each person has waited."""
        supply, today = self.people.supply, self.today.toordinal()
        days = (today - supply.waiting_since).tolist()
        return dict(zip(supply.ids, days, strict=True))

    def knows(self, person: str, opening: str) -> bool:
        """Tell whether the person waits and the opening is new."""
        return person in self.people.supply.row_of and opening in self.demand.row_of

    def chosen(self, kind: ChoiceKind) -> frozenset[Pair]:
        """Return what the coach has pinned or banned, of what is still to be decided."""
        pairs = {pair for pair, chosen in self.choices.items() if chosen == kind and self.knows(*pair)}
        return frozenset(pairs - self.taken)

    def names(self, settings: Settings) -> dict[str, int]:
        """Return how many names each opening should get: at least one for every free place."""
        return {
            each.id: max(settings.names, min(each.places_left, MOST_NAMES)) for each in self.demand.openings
        }

    def allocated(self, settings: Settings) -> Allocation:
        """Return the suggestion; what is proposed already takes up its names and places first."""
        known = frozenset(pair for pair in self.taken if pair.person in self.people.supply.row_of)
        task = Task(
            options=self.options,
            names=self.names(settings),
            waiting_days=self.waiting_days,
            cap=settings.cap,
            priority=settings.priority / 100,
            pins=self.chosen(ChoiceKind.PIN) | known,
            bans=self.chosen(ChoiceKind.BAN),
        )
        return allocate(task)

    def match(self, opening: UUID, person: Participant) -> Match[Participant]:
        """Explain one pair."""
        row, supply = self.demand.row_of[str(opening)], self.people.supply
        column = supply.row_of[str(person.pk)]
        explained = explain(self.demand, row, supply, column, self.catalogue.relations)
        words = {"name": person.first_name, "waiting_days": person.days_waited(self.today)}
        return as_match(person, explained, self.catalogue, self.demand.openings[row], words)
