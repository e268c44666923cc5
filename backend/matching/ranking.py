"""Rankings of people for an opening and of openings for a person: the only bridge from rows to the engine."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.utils.functional import Promise

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.employers.models import Opening
from backend.matching import engine, pools, relations, wording
from backend.matching.engine.demand import Demand
from backend.matching.engine.explain import explain
from backend.matching.engine.index import Index
from backend.matching.engine.rank import Candidate, rank_people
from backend.matching.engine.reverse import rank_openings
from backend.matching.engine.supply import Supply
from backend.matching.enums import TAKEN_STATES
from backend.matching.models import Proposal, RankingShown
from backend.matching.relations import Catalogue
from backend.matching.wording import Mark
from backend.participants.models import Participant

PAGE_SIZE = 20
DEPTH = 200
"""How far down a ranking goes; what comes after is not worth reading."""
NEAR_MISSES = 8

Subject = TypeVar("Subject", Participant, Opening)


@dataclass(frozen=True)
class Match(Generic[Subject]):
    """One row: the person or opening, and why it stands where it stands.

    `percent` is the match in whole hundredths, which the points of `marks` add up to; `failed` the hard
    conditions that a near miss does not meet; `would_change` what would lift the match most.
    """

    subject: Subject
    percent: int
    marks: Sequence[Mark]
    sentence: str
    distance_km: float | None
    failed: Sequence[Promise] = ()
    would_change: Sequence[str] = ()
    waiting_days: int | None = None

    @property
    def meets_essentials(self) -> bool:
        """Whether nothing essential is missing; nearly met counts."""
        return all(mark.mark != "missing" for mark in self.marks if mark.essential)

    def as_data(self) -> dict[str, Any]:
        """Return the row for JSON."""
        return {
            "id": str(self.subject.pk),
            "match": self.percent,
            "sentence": self.sentence,
            "distance_km": None if self.distance_km is None else round(self.distance_km, 1),
            "waiting_days": self.waiting_days,
            "marks": [mark.as_data() for mark in self.marks],
            "would_change": list(self.would_change),
            "fails": [str(words) for words in self.failed],
        }


@dataclass(frozen=True)
class Removed:
    """How many a hard condition took away, and how many of them fail nothing else."""

    condition: str
    words: Promise
    count: int
    only: int


@dataclass(frozen=True)
class Ranked(Generic[Subject]):
    """A page of a ranking, and what became of the rest.

    `total` rows meet the hard conditions and the reader's filters (at most DEPTH are ranked); `considered`
    were looked at. `further` has (km, how many more) for those who only have too far.
    """

    matches: Sequence[Match[Subject]]
    total: int
    considered: int
    removed: Sequence[Removed]
    near: Sequence[Match[Subject]] = ()
    further: Sequence[tuple[int, int]] = ()
    page: int = 1
    size: int = PAGE_SIZE

    def as_data(self) -> dict[str, Any]:
        """Return the ranking for JSON."""
        return {
            "total": self.total,
            "considered": self.considered,
            "rows": [match.as_data() for match in self.matches],
            "near_misses": [match.as_data() for match in self.near],
            "removed": {each.condition: each.count for each in self.removed},
            "within_km": {str(km): count for km, count in self.further},
        }


@dataclass(frozen=True)
class Wanted:
    """What the reader narrows a ranking to. `among` are keys; None is everybody."""

    among: Collection[UUID] | None = None
    max_km: float | None = None
    only_essentials: bool = False
    page: int = 1
    size: int = PAGE_SIZE


def rank_for_opening(
    opening: Opening, *, by: User, at: datetime, wanted: Wanted | None = None
) -> Ranked[Participant]:
    """Rank who of the reader's units may be proposed for `opening`, and note down what was shown.

    Never among them: protected identities, those who wait for no place, and those already proposed here.
    """
    catalogue, today = relations.current(), day_of(at)
    people = pools.people_for(by, catalogue, today=today)
    asked = pools.read_openings(Opening.objects.filter(pk=opening.pk))
    demand = Demand.of(asked, catalogue.relations, codes=deepcopy(people.supply.codes))
    case = _Case(catalogue, demand, people.supply, people.index)
    proposed = Proposal.objects.filter(opening=opening.pk, state__in=TAKEN_STATES)
    visible = Participant.objects.listed_for(by).matchable().select_related("unit", "coach")
    ranked = _ranked(
        case,
        wanted or Wanted(),
        out=set(proposed.values_list("participant_id", flat=True)),
        fetch=visible.in_bulk,
        row=lambda subject: {"name": subject.first_name, "waiting_days": subject.days_waited(today)},
    )
    _note("opening", opening.pk, ranked, catalogue, by=by, at=at)
    return ranked


def rank_for_participant(
    participant: Participant, *, by: User, at: datetime, wanted: Wanted | None = None
) -> Ranked[Opening]:
    """Rank the openings, standing capacity included, that `participant` may be proposed for.

    The caller has made sure that the file is open to `by`; a protected identity is never matched. What was
    shown is noted down.
    """
    catalogue, today = relations.current(), day_of(at)
    demand = pools.openings_for(by, catalogue)
    people = pools.read_people(Participant.objects.filter(pk=participant.pk, is_protected=False))
    supply = Supply.of(people, catalogue.relations, today=today, codes=deepcopy(demand.codes))
    proposed = Proposal.objects.filter(participant=participant.pk, state__in=TAKEN_STATES)
    visible = Opening.objects.decidable_by(by).select_related("workplace__employer", "capacity")
    ranked = _ranked(
        _Case(catalogue, demand, supply),
        wanted or Wanted(),
        out=set(proposed.values_list("opening_id", flat=True)),
        fetch=visible.in_bulk,
        row=lambda subject: {"name": participant.first_name},
    )
    _note("participant", participant.pk, ranked, catalogue, by=by, at=at)
    return ranked


def match_of(opening: Opening, participant: Participant, *, at: datetime) -> Match[Participant]:
    """Explain one pair, proposed or not; both must be open to whoever reads it."""
    catalogue, today = relations.current(), day_of(at)
    people = pools.read_people(Participant.objects.filter(pk=participant.pk))
    supply = Supply.of(people, catalogue.relations, today=today)
    asked = pools.read_openings(Opening.objects.filter(pk=opening.pk))
    demand = Demand.of(asked, catalogue.relations, codes=supply.codes)
    explained = _Case(catalogue, demand, supply).explained(0)
    row = {"name": participant.first_name, "waiting_days": participant.days_waited(today)}
    return _match(participant, explained, catalogue, demand.openings[0], row)


def marks_of_told(opening: Opening, told: Sequence[engine.Evidence], *, at: datetime) -> list[Mark]:
    """Hold what an employer has been told, and nothing else, against the requirements of `opening`."""
    catalogue = relations.current()
    person = engine.Person(id="", evidence=told)
    supply = Supply.of([person], catalogue.relations, today=day_of(at))
    asked = pools.read_openings(Opening.objects.filter(pk=opening.pk))
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
    near: Sequence[Candidate] = missed.rows if number == 1 else []
    subjects = fetch([UUID(each.id) for each in (*page, *near)])

    def matches(candidates: Sequence[Candidate]) -> Iterator[Match[Subject]]:
        for each in candidates:
            subject = subjects.get(UUID(each.id))
            if subject is not None:
                explained = case.explained(each.row)
                yield _match(subject, explained, case.catalogue, case.opening(each.row), row(subject))

    return Ranked(
        matches=list(matches(page)),
        total=len(fitting),
        considered=found.considered - len(rows),
        removed=[_removed(found, condition) for condition in found.removed],
        near=list(matches(near)),
        further=list(islice(found.within_km.items(), 2)),
        page=number,
        size=wanted.size,
    )


def _rows_out(case: _Case, wanted: Wanted, out: Collection[UUID]) -> list[int]:
    """Return the rows that are out for reasons that the engine does not know."""
    gone = {str(key) for key in out}
    if wanted.among is None:
        return [case.row_of[key] for key in gone if key in case.row_of]
    kept = {str(key) for key in wanted.among} - gone
    return [row for key, row in case.row_of.items() if key not in kept]


def _fits(case: _Case, candidate: Candidate, wanted: Wanted) -> bool:
    too_far = wanted.max_km is not None and (candidate.distance_km or 0) > wanted.max_km
    if too_far or not wanted.only_essentials:
        return not too_far
    return not case.explained(candidate.row).essential_gaps


def _match(
    subject: Subject,
    explained: engine.Explanation,
    catalogue: Catalogue,
    opening: engine.Opening,
    row: dict[str, Any],
) -> Match[Subject]:
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


def _note(
    about: str, key: UUID, ranked: Ranked[Any], catalogue: Catalogue, *, by: User, at: datetime
) -> None:
    """Keep what was shown to whom, so that it can be audited for fairness."""
    RankingShown.objects.create(
        about=about,
        subject_id=key,
        by=by,
        at=at,
        rows=[[str(match.subject.pk), match.percent] for match in ranked.matches],
        removed={each.condition: each.count for each in ranked.removed},
        index_version=catalogue.version[0] if catalogue.version else None,
    )
