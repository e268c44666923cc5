"""Rankings of people for an opening and of openings for a person: the only bridge from rows to the engine."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.employers.models import Opening, OpeningQuerySet
from backend.matching import engine
from backend.matching.bridge import catalogue as kept_catalogue
from backend.matching.bridge import pools
from backend.matching.bridge import rows as engine_rows
from backend.matching.bridge.catalogue import Catalogue
from backend.matching.engine.demand import Demand
from backend.matching.engine.doors import what_opens_doors
from backend.matching.engine.explain import explain
from backend.matching.engine.index import Index
from backend.matching.engine.rank import Candidate, rank_people
from backend.matching.engine.reverse import rank_openings
from backend.matching.engine.supply import Supply
from backend.matching.enums import TAKEN_STATES
from backend.matching.models import Proposal, RankingShown
from backend.matching.rankings import judged, wording
from backend.matching.rankings.ranked import Door, Match, Ranked, Removed, Subject, Wanted
from backend.matching.rankings.wording import Mark
from backend.participants.models import Participant, ParticipantQuerySet
from backend.participants.scopes import listed_people

DEPTH = 200
"""How far down a ranking goes; what comes after is not worth reading."""
NEAR_MISSES = 8
MOST_DOORS = 5
LEAST_PERCENT = 10
"""A weaker match says only that two words are distantly related; nobody should be proposed on it."""


def rank_for_opening(
    opening: Opening, *, by: User, at: datetime, wanted: Wanted | None = None
) -> Ranked[Participant]:
    """Rank who of the reader's units may be proposed for `opening`, and note down what was shown.

    Never among them: protected identities, those who wait for no place, and those already proposed here.
    """
    people = listed_people(by)
    rows = judged.with_words(people.rows, opening, by=by)
    ranked = rank_people_among(rows, opening, whose=people.key, at=at, wanted=wanted)
    _note("opening", opening.pk, ranked, by=by, at=at)
    return ranked


def rank_for_participant(
    participant: Participant, *, by: User, at: datetime, wanted: Wanted | None = None
) -> Ranked[Opening]:
    """Rank the openings, standing capacity included, that `participant` may be proposed for.

    The caller has made sure that the file is open to `by`; a protected identity is never matched. What was
    shown is noted down.
    """
    tenants = frozenset(by.municipality_ids())
    ranked = rank_openings_among(
        Opening.objects.decidable_by(by), participant, whose=tenants, at=at, wanted=wanted
    )
    _note("participant", participant.pk, ranked, by=by, at=at)
    return ranked


def rank_people_among(
    participants: ParticipantQuerySet,
    opening: Opening,
    *,
    whose: Hashable,
    at: datetime,
    wanted: Wanted | None = None,
) -> Ranked[Participant]:
    """Rank those of `participants` who wait for a place; `whose` names the choice.

    The choice must leave out protected identities.
    """
    today = day_of(at)
    catalogue, people = pools.people_among(participants, whose=whose, today=today)
    asked = [engine_rows.opening_of(opening)]
    demand = Demand.of(asked, catalogue.relations, codes=deepcopy(people.supply.codes))
    proposed = Proposal.objects.filter(opening=opening.pk, state__in=TAKEN_STATES)
    return _ranked(
        _Case(catalogue, demand, people.supply, people.index),
        wanted or Wanted(),
        out=set(proposed.values_list("participant_id", flat=True)),
        fetch=participants.matchable().select_related("unit", "coach").in_bulk,
        row=lambda subject: {"name": subject.first_name, "waiting_days": subject.days_waited(today)},
    )


def rank_openings_among(
    openings: OpeningQuerySet,
    participant: Participant,
    *,
    whose: Hashable,
    at: datetime,
    wanted: Wanted | None = None,
) -> Ranked[Opening]:
    """Rank the published ones of `openings` for one person; `whose` names the choice."""
    case = _case_of(participant, openings, whose=whose, at=at)
    proposed = Proposal.objects.filter(participant=participant.pk, state__in=TAKEN_STATES)
    return _ranked(
        case,
        wanted or Wanted(),
        out=set(proposed.values_list("opening_id", flat=True)),
        fetch=openings.select_related("workplace__employer", "capacity").in_bulk,
        row=lambda subject: {"name": participant.first_name},
    )


def doors_for(participant: Participant, *, by: User, at: datetime) -> list[Door]:
    """Return which single skills would bring most openings of the municipality within reach."""
    openings = Opening.objects.decidable_by(by)
    case = _case_of(participant, openings, whose=frozenset(by.municipality_ids()), at=at)
    if not len(case.supply):
        return []
    doors = what_opens_doors(case.demand, case.supply, 0, case.catalogue.relations, limit=MOST_DOORS)
    keys = {UUID(each.opening) for door in doors for each in door.opens[:MOST_DOORS]}
    rows = openings.select_related("workplace__employer").in_bulk(keys)
    return [
        Door(
            skill=case.catalogue.name(door.concept),
            openings=[
                rows[UUID(each.opening)] for each in door.opens[:MOST_DOORS] if UUID(each.opening) in rows
            ],
            count=len(door.opens),
        )
        for door in doors
        if door.opens
    ]


def _case_of(
    participant: Participant, openings: OpeningQuerySet, *, whose: Hashable, at: datetime
) -> "_Case":
    catalogue, demand = pools.openings_among(openings, whose=whose)
    people = [engine_rows.person_of(participant)] if participant.is_findable else []
    supply = Supply.of(people, catalogue.relations, today=day_of(at), codes=deepcopy(demand.codes))
    return _Case(catalogue, demand, supply)


def match_of(opening: Opening, participant: Participant, *, at: datetime) -> Match[Participant]:
    """Explain one pair, proposed or not; both must be open to whoever reads it."""
    catalogue, today = kept_catalogue.current(), day_of(at)
    people = engine_rows.read_people(Participant.objects.filter(pk=participant.pk))
    supply = Supply.of(people, catalogue.relations, today=today)
    asked = engine_rows.read_openings(Opening.objects.filter(pk=opening.pk))
    demand = Demand.of(asked, catalogue.relations, codes=supply.codes)
    explained = _Case(catalogue, demand, supply).explained(0)
    row = {"name": participant.first_name, "waiting_days": participant.days_waited(today)}
    return as_match(participant, explained, catalogue, demand.openings[0], row)


def marks_of_told(opening: Opening, told: Sequence[engine.Evidence], *, at: datetime) -> list[Mark]:
    """Hold what an employer has been told, and nothing else, against the requirements of `opening`."""
    catalogue = kept_catalogue.current()
    person = engine.Person(id="", evidence=told)
    supply = Supply.of([person], catalogue.relations, today=day_of(at))
    asked = engine_rows.read_openings(Opening.objects.filter(pk=opening.pk))
    demand = Demand.of(asked, catalogue.relations, codes=supply.codes)
    explained = _Case(catalogue, demand, supply).explained(0)
    return wording.marks_of(explained, catalogue, occupation=_occupation(asked[0], catalogue))


@dataclass(frozen=True)
class _Case:
    """Many rows beside one: people where there is an `index`, openings where there is none."""

    catalogue: Catalogue
    demand: Demand
    supply: Supply
    index: Index | None = None

    @property
    def row_of(self) -> Mapping[str, int]:
        return self.demand.row_of if self.index is None else self.supply.row_of

    def ranking(self, *, out: Collection[int], limit: int, near: bool = False) -> engine.Ranking:
        if self.index is None:
            relations = self.catalogue.relations
            return rank_openings(self.demand, self.supply, 0, relations, limit=limit, exclude=out, near=near)
        return rank_people(self.demand, 0, self.index, limit=limit, exclude=out, near=near)

    def opening(self, row: int) -> engine.Opening:
        return self.demand.openings[row if self.index is None else 0]

    def explained(self, row: int) -> engine.Explanation:
        opening, person = (row, 0) if self.index is None else (0, row)
        return explain(self.demand, opening, self.supply, person, self.catalogue.relations)


Fetch = Callable[[Collection[UUID]], Mapping[UUID, Subject]]
Row = Callable[[Subject], dict[str, Any]]


def _ranked(
    case: _Case, wanted: Wanted, *, out: Collection[UUID], fetch: Fetch[Subject], row: Row[Subject]
) -> Ranked[Subject]:
    if not case.row_of or not len(case.demand) or not len(case.supply):
        return Ranked(matches=[], total=0, considered=0, removed=[])
    rows = _rows_out(case, wanted, out)
    found = case.ranking(out=rows, limit=DEPTH)
    missed = case.ranking(out=rows, limit=NEAR_MISSES, near=True)
    fitting = [each for each in found.rows if _fits(case, each, wanted)]
    number = max(1, min(wanted.page, -(-len(fitting) // wanted.size)))
    page: Sequence[Candidate] = fitting[(number - 1) * wanted.size : number * wanted.size]
    near: Sequence[Candidate] = [each for each in missed.rows if number == 1 and _fits(case, each, Wanted())]
    subjects = fetch([UUID(each.id) for each in (*page, *near)])

    def matches(candidates: Sequence[Candidate]) -> Iterator[Match[Subject]]:
        for each in candidates:
            subject = subjects.get(UUID(each.id))
            if subject is not None:
                explained = case.explained(each.row)
                yield as_match(subject, explained, case.catalogue, case.opening(each.row), row(subject))

    return Ranked(
        matches=list(matches(page)),
        total=len(fitting),
        considered=found.considered - len(rows),
        removed=[_removed(found, condition) for condition in found.removed],
        near=list(matches(near)),
        further=list(islice(found.within_km.items(), 2)),
        page=number,
        size=wanted.size,
        version=case.catalogue.version[0] if case.catalogue.version else None,
    )


def _rows_out(case: _Case, wanted: Wanted, out: Collection[UUID]) -> list[int]:
    """Return the rows that are out for reasons that the engine does not know."""
    gone = {str(key) for key in out}
    if wanted.among is None:
        return [case.row_of[key] for key in gone if key in case.row_of]
    kept = {str(key) for key in wanted.among} - gone
    return [row for key, row in case.row_of.items() if key not in kept]


def _fits(case: _Case, candidate: Candidate, wanted: Wanted) -> bool:
    if candidate.points * 100 < LEAST_PERCENT * engine.TOTAL:
        return False
    too_far = wanted.max_km is not None and (candidate.distance_km or 0) > wanted.max_km
    if too_far or not wanted.only_essentials:
        return not too_far
    return not case.explained(candidate.row).essential_gaps


def as_match(
    subject: Subject,
    explained: engine.Explanation,
    catalogue: Catalogue,
    opening: engine.Opening,
    row: dict[str, Any],
) -> Match[Subject]:
    """Put an explained pair in words; `row` has the person's `name` and, for a person, `waiting_days`."""
    marks = wording.marks_of(explained, catalogue, occupation=_occupation(opening, catalogue))
    return Match(
        subject=subject,
        percent=round(100 * explained.score),
        marks=marks,
        sentence=wording.sentence(row["name"], marks),
        distance_km=explained.distance_km,
        failed=[wording.REMOVED[condition] for condition in explained.failed],
        would_change=wording.would_change(explained, catalogue),
        waiting_days=row.get("waiting_days"),
    )


def _occupation(opening: engine.Opening, catalogue: Catalogue) -> str:
    """Return the name of the kind of work, as understood or as written."""
    names = [
        catalogue.name(each.concept) if each.concept and each.concept in catalogue.names else each.text
        for each in opening.occupations
    ]
    return ", ".join(names)


def _removed(found: engine.Ranking, condition: engine.Condition) -> Removed:
    only = found.removed_only.get(condition, 0)
    return Removed(condition.value, wording.REMOVED[condition], found.removed[condition], only)


def _note(about: str, key: UUID, ranked: Ranked[Any], *, by: User, at: datetime) -> None:
    """Keep what was shown to whom, so that it can be audited for fairness."""
    RankingShown.objects.create(
        about=about,
        subject_id=key,
        by=by,
        at=at,
        rows=[[str(match.subject.pk), match.percent] for match in ranked.matches],
        removed={each.condition: each.count for each in ranked.removed},
        index_version=ranked.version,
    )
