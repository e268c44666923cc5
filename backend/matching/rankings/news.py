"""Who of a coach's own people fits anything new."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.employers.models import Opening
from backend.matching.board.supply_and_demand import FLOOR, new_openings
from backend.matching.bridge import pools
from backend.matching.bridge import rows as engine_rows
from backend.matching.bridge.catalogue import Catalogue
from backend.matching.engine import Candidate
from backend.matching.engine.demand import Demand
from backend.matching.engine.explain import explain
from backend.matching.engine.reverse import rank_openings
from backend.matching.engine.supply import Supply
from backend.matching.enums import TAKEN_STATES
from backend.matching.models import Proposal, RankingShown
from backend.matching.rankings.ranked import Match
from backend.matching.rankings.ranking import as_match
from backend.participants.models import Participant
from backend.participants.scopes import own_people

DAYS = (7, 30)
"""How far back a coach may look, in days."""
LOOKED_AT = 20
"""Openings of one person that are counted; nobody reads further down."""
PAGE_SIZE = 20


@dataclass(frozen=True)
class NewFit:
    """A person, the new opening that fits best, and how many more fit."""

    person: Participant
    match: Match[Opening]
    more: int


@dataclass(frozen=True)
class News:
    """A page of those whom something new fits, the longest waiting first; `total` of them among `people`."""

    fits: Sequence[NewFit]
    total: int
    people: int
    openings: int
    page: int


def news_for(by: User, *, at: datetime, days: int, page: int = 1) -> News:
    """Return who of the coach's own people fits an opening of the last `days` days, and note what was shown.

    Never among them: protected identities. What a person is proposed for already is left out.
    """
    today = day_of(at)
    mine = own_people(by)
    catalogue, people = pools.people_among(mine.rows, whose=mine.key, today=today)
    openings = new_openings(by, today=today, days=days)
    codes = deepcopy(people.supply.codes)
    demand = Demand.of(engine_rows.read_openings(openings), catalogue.relations, codes=codes)
    fitting = _fitting(demand, people.supply, catalogue, taken=_taken(by))
    number = max(1, min(page, -(-len(fitting) // PAGE_SIZE)))
    shown = fitting[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    persons = mine.rows.in_bulk({UUID(people.supply.ids[row]) for row, _ in shown})
    bests = openings.select_related("workplace__employer").in_bulk({UUID(found[0].id) for _, found in shown})
    fits = [
        _new_fit(persons[key], bests[UUID(found[0].id)], found, (demand, people.supply, row), catalogue)
        for row, found in shown
        if (key := UUID(people.supply.ids[row])) in persons and UUID(found[0].id) in bests
    ]
    _note(fits, by=by, at=at)
    return News(fits, len(fitting), len(people.supply), len(demand), number)


def _taken(by: User) -> dict[str, set[str]]:
    """Return what the coach's people are proposed for already."""
    standing = Proposal.objects.filter(participant__in=own_people(by).rows, state__in=TAKEN_STATES)
    taken: defaultdict[str, set[str]] = defaultdict(set)
    for person, opening in standing.order_by().values_list("participant_id", "opening_id"):
        taken[str(person)].add(str(opening))
    return taken


def _fitting(
    demand: Demand, supply: Supply, catalogue: Catalogue, *, taken: dict[str, set[str]]
) -> list[tuple[int, list[Candidate]]]:
    """Return the rows of those whom something fits, the longest waiting first, with what fits them."""
    if not len(demand):
        return []
    found = ((row, _fits_of(row, demand, supply, catalogue, taken)) for row in range(len(supply)))
    return [(row, fits) for row, fits in found if fits]


def _fits_of(
    row: int, demand: Demand, supply: Supply, catalogue: Catalogue, taken: dict[str, set[str]]
) -> list[Candidate]:
    out: Collection[int] = [
        demand.row_of[key] for key in taken.get(supply.ids[row], ()) if key in demand.row_of
    ]
    ranking = rank_openings(demand, supply, row, catalogue.relations, limit=LOOKED_AT, exclude=out)
    return [each for each in ranking.rows if each.points >= FLOOR]


def _new_fit(
    person: Participant,
    opening: Opening,
    found: Sequence[Candidate],
    where: tuple[Demand, Supply, int],
    catalogue: Catalogue,
) -> NewFit:
    demand, supply, row = where
    explained = explain(demand, found[0].row, supply, row, catalogue.relations)
    match = as_match(
        opening, explained, catalogue, demand.openings[found[0].row], {"name": person.first_name}
    )
    return NewFit(person, match, len(found) - 1)


def _note(fits: Sequence[NewFit], *, by: User, at: datetime) -> None:
    RankingShown.objects.bulk_create(
        RankingShown(
            about="participant",
            subject_id=fit.person.pk,
            by=by,
            at=at,
            rows=[[str(fit.match.subject.pk), fit.match.percent]],
        )
        for fit in fits
    )
