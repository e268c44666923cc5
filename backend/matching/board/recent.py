"""A coach's people beside the openings published lately: what the board and its news are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.employers.scopes import Openings, recent_openings
from backend.matching.bridge import pools
from backend.matching.bridge.keys import Key, key_of
from backend.matching.bridge.pools import PairedPool
from backend.matching.engine import TOTAL, Allocation, Band, Option, Pair, Task, allocate, worth_of
from backend.matching.enums import BanReason, ChoiceKind
from backend.matching.models import AllocationChoice
from backend.matching.rankings.before_asking import Between, between
from backend.matching.rankings.matches import as_match
from backend.matching.rankings.ranked import Match
from backend.participants.models import Participant
from backend.participants.scopes import People, matched_people

FLOOR = worth_of(Band.ONE_MISSING, TOTAL // 5)
"""A pair worth less is not suggested, even if the place then stays empty."""
CHOSEN = ("participant_id", "opening_id", "kind", "reason")
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


def read_recent(by: User, *, at: datetime, days: int) -> "Recent":
    """Read the people whom `by` may propose and the new openings, with what stands between them already."""
    today, people = day_of(at), matched_people(by)
    openings = recent_openings(by, today=today, days=days)
    pool = pools.best_pairs(people, openings, today=today, per_opening=PER_OPENING, floor=FLOOR)
    past = between(people.rows, openings=openings.rows, taken_anywhere=True)
    choices = AllocationChoice.objects.filter(
        participant__in=people.rows.order_by().values("pk"), opening__in=openings.rows.order_by().values("pk")
    )
    return Recent(
        pool=pool,
        today=today,
        people=people,
        openings=openings,
        past=past,
        taken=frozenset(Pair(*each) for each in past.taken_pairs),
        settled=frozenset(Pair(*each) for each in past.settled_pairs),
        choices={
            Pair(str(person), str(opening)): (kind, reason)
            for person, opening, kind, reason in choices.values_list(*CHOSEN)
        },
    )


@dataclass(frozen=True)
class Recent:
    """The new openings beside the coach's people: what is proposed, refused, and chosen by the coach."""

    pool: PairedPool
    today: date
    people: People
    openings: Openings
    past: Between
    taken: frozenset[Pair]
    settled: frozenset[Pair]
    choices: Mapping[Pair, tuple[str, str]]

    @cached_property
    def options(self) -> list[Option]:
        """The best pairs of every opening, the best first, where nobody is proposed or has said no."""
        out = self.taken | self.settled
        return [each for each in self.pool.options if (each.person, each.opening) not in out]

    @property
    def newest_first(self) -> list[Key]:
        """The new openings, the newest first."""
        days = {each.id: each.published_on for each in self.pool.matcher.openings}
        return sorted(days, key=lambda key: (-(days[key] or date.min).toordinal(), key))

    @cached_property
    def waiting_days(self) -> Mapping[Key, int]:
        """How long each person has waited."""
        return self.pool.matcher.waiting_days

    def knows(self, pair: Pair) -> bool:
        """Tell whether the person waits and the opening is new."""
        return self.pool.matcher.has(person=pair.person, opening=pair.opening)

    def chosen(self, kind: ChoiceKind) -> frozenset[Pair]:
        """Return what the coach has pinned or banned, of what is still to be decided."""
        pairs = {pair for pair, chosen in self.choices.items() if chosen[0] == kind and self.knows(pair)}
        return frozenset(pairs - self.taken)

    def why_not(self, pair: Pair) -> str:
        """Return in words why the coach does not want a pair; nothing where no reason was given."""
        _kind, reason = self.choices.get(pair, ("", ""))
        return str(BanReason(reason).label) if reason else ""

    def names(self, settings: Settings) -> dict[Key, int]:
        """Return how many names each opening should get: at least one for every free place."""
        return {
            each.id: max(settings.names, min(each.places_left, MOST_NAMES))
            for each in self.pool.matcher.openings
        }

    def allocated(self, settings: Settings) -> Allocation:
        """Return the suggestion; what is proposed already takes up its names and places first."""
        known = frozenset(pair for pair in self.taken if pair.person in self.waiting_days)
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

    def match(self, opening: Key, person: Participant) -> Match[Participant]:
        """Explain one pair."""
        explained = self.pool.matcher.explain(key_of(person), opening)
        words = {"name": person.first_name, "waiting_days": person.days_waited(self.today)}
        return as_match(person, explained, self.pool, words)
