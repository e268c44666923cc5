"""Who of a coach's own people fits anything new."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.employers.models import Opening
from backend.employers.scopes import recent_openings
from backend.matching.bridge import pools
from backend.matching.bridge.keys import Key, rows_of
from backend.matching.bridge.pools import Pool
from backend.matching.engine import Band, Candidate
from backend.matching.enums import TAKEN_STATES
from backend.matching.models import Proposal
from backend.matching.rankings.matches import as_match
from backend.matching.rankings.ranked import Match
from backend.matching.services.rankings_shown import ShownList, note_shown
from backend.participants.models import Participant
from backend.participants.scopes import People, own_people

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


Fitting = tuple[Key, Sequence[Candidate]]
"""A person, and the openings that fit, the best first."""


def news_for(by: User, *, at: datetime, days: int, page: int = 1) -> News:
    """Return who of the coach's own people fits an opening of the last `days` days, and note what was shown.

    Never among them: protected identities. What a person is proposed for already is left out.
    """
    today, people = day_of(at), own_people(by)
    openings = recent_openings(by, today=today, days=days)
    pool = pools.people_and_openings(people, openings, today=today)
    fitting = _fitting(pool, taken=_taken(people))
    number = max(1, min(page, -(-len(fitting) // PAGE_SIZE)))
    shown = fitting[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    persons = rows_of(people.rows, [person for person, _ in shown])
    best = rows_of(openings.rows.select_related("workplace__employer"), [found[0].id for _, found in shown])
    fits = [
        _new_fit(pool, persons[person], best[found[0].id], more=len(found) - 1)
        for person, found in shown
        if person in persons and found[0].id in best
    ]
    _note(fits, pool, by=by, at=at)
    return News(fits, len(fitting), len(pool.matcher.people), len(pool.matcher.openings), number)


def _taken(people: People) -> Mapping[Key, set[Key]]:
    """Return what the coach's people are proposed for already."""
    proposed = Proposal.objects.filter(participant__in=people.rows, state__in=TAKEN_STATES)
    taken: defaultdict[Key, set[Key]] = defaultdict(set)
    for person, opening in proposed.order_by().values_list("participant_id", "opening_id"):
        taken[str(person)].add(str(opening))
    return taken


def _fitting(pool: Pool, *, taken: Mapping[Key, set[Key]]) -> list[Fitting]:
    """Return those whom something fits, the longest waiting first, with what fits them."""
    found = ((person, _fits_of(person, pool, taken)) for person in pool.matcher.people)
    return [(person, fits) for person, fits in found if fits]


def _fits_of(person: Key, pool: Pool, taken: Mapping[Key, set[Key]]) -> list[Candidate]:
    ranking = pool.matcher.rank_openings(person, limit=LOOKED_AT, exclude=taken.get(person, ()))
    return [each for each in ranking.rows if each.band is Band.FITS]


def _new_fit(pool: Pool, person: Participant, opening: Opening, *, more: int) -> NewFit:
    explained = pool.matcher.explain(str(person.pk), str(opening.pk))
    return NewFit(person, as_match(opening, explained, pool, {"name": person.first_name}), more)


def _note(fits: Sequence[NewFit], pool: Pool, *, by: User, at: datetime) -> None:
    shown = [ShownList("participant", fit.person.pk, [(fit.match.key, fit.match.percent)]) for fit in fits]
    note_shown(lists=shown, version=pool.catalogue.number, by=by, at=at)
