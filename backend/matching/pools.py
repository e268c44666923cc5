"""People and openings as the matcher's arrays, kept in this process until one of them changes.

Every write to a participant or an opening leaves an audit row in its own transaction, so the audit rows tell
whether what is kept is still true: one short query, and a new skill or opening is matched at once.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any
from uuid import UUID

from django.db.models import Count, Max

from backend.core.clock import day_of
from backend.core.models import AuditEntry
from backend.employers.enums import OpeningState, Standing
from backend.employers.models import OpeningQuerySet, SkillRequirement
from backend.matching import engine
from backend.matching.engine import Evidence, Level, Mention, Person, Point, Requirement, Source, Span
from backend.matching.engine.demand import Demand
from backend.matching.engine.index import Index
from backend.matching.engine.supply import Supply
from backend.matching.relations import Catalogue
from backend.participants.enums import EvidenceSource, SkillLevel
from backend.participants.models import OccupationWish, ParticipantQuerySet, SkillEvidence
from backend.skills.enums import LanguageLevel, Resolution

KEPT = 12
"""Pools kept at a time: a coach's units, and a municipality's openings, are one each."""
LATE = 1000
"""Audit keys that are looked at again: a transaction may commit after others with higher keys have."""

PEOPLE_CHANGE_WITH = ("participants.participant",)
OPENINGS_CHANGE_WITH = (
    "employers.opening",
    "employers.employer",
    "employers.workplace",
    "employers.capacity",
)

LEVELS = {
    SkillLevel.BEGINNER: Level.BASIC,
    SkillLevel.WITH_SUPPORT: Level.WORKING,
    SkillLevel.INDEPENDENT: Level.INDEPENDENT,
    SkillLevel.CAN_TEACH: Level.INDEPENDENT,
}
SOURCES = {
    EvidenceSource.SELF: Source.SELF,
    EvidenceSource.COACH: Source.COACH,
    EvidenceSource.SUPERVISOR: Source.SUPERVISOR,
    EvidenceSource.INTERNSHIP: Source.INTERNSHIP,
}
CEFR = {level: step for step, level in enumerate(LanguageLevel.values, start=1)}
UNDERSTOOD = (Resolution.ACCEPTED, Resolution.CONFIRMED)


@dataclass(frozen=True)
class People:
    """Participants by row, and the inverted lists over them."""

    supply: Supply
    index: Index


@dataclass(frozen=True)
class _Stamp:
    """How many audit rows above `floor` tell of a change, and the newest of them."""

    floor: int
    count: int
    newest: int


@dataclass(frozen=True)
class _Kept:
    stamp: _Stamp
    pool: Any


class _Memory:
    pools: OrderedDict[Hashable, _Kept] = OrderedDict()
    lock = Lock()


def people_among(
    participants: ParticipantQuerySet, catalogue: Catalogue, *, whose: Hashable, today: date
) -> People:
    """Return who of `participants` waits for a place, as the matcher sees them; `whose` names the choice.

    The choice must leave out protected identities.
    """

    def load() -> People:
        supply = Supply.of(read_people(participants.matchable()), catalogue.relations, today=today)
        return People(supply, Index(supply, catalogue.relations))

    pool: People = kept(("people", whose, today), catalogue, PEOPLE_CHANGE_WITH, load)
    return pool


def openings_among(openings: OpeningQuerySet, catalogue: Catalogue, *, whose: Hashable) -> Demand:
    """Return the published ones of `openings`, standing capacity included; `whose` names the choice."""

    def load() -> Demand:
        return Demand.of(read_openings(openings.filter(state=OpeningState.PUBLISHED)), catalogue.relations)

    demand: Demand = kept(("openings", whose), catalogue, OPENINGS_CHANGE_WITH, load)
    return demand


def forget() -> None:
    """Let go of every pool, so that the next reader loads it."""
    _Memory.pools.clear()


def read_people(participants: ParticipantQuerySet) -> list[Person]:
    """Read participants in three queries, however many they are."""
    evidence = _evidence(participants)
    rows = participants.order_by("pk").values_list(
        "pk",
        "latitude",
        "longitude",
        "max_travel_km",
        "hours_min",
        "hours_max",
        "licences",
        "languages",
        "adaptations",
        "available_from",
        "waiting_since",
    )
    return [_person(row, evidence.get(row[0], ())) for row in rows]


def _person(row: tuple[Any, ...], evidence: Sequence[Evidence]) -> Person:
    pk, lat, lon, travel, least, most, licences, languages, adaptations, free_from, waiting = row
    return Person(
        id=str(pk),
        evidence=evidence,
        place=None if lat is None else Point(lat, lon),
        travel_km=travel,
        hours=Span(least, most),
        licences=frozenset(licences),
        languages=_levels(languages),
        adaptations_needed=frozenset(adaptations),
        available_from=free_from,
        waiting_since=waiting,
    )


def _evidence(participants: ParticipantQuerySet) -> Mapping[UUID, list[Evidence]]:
    whose = participants.order_by().values("pk")
    skills = SkillEvidence.objects.filter(participant__in=whose).order_by("pk")
    wishes = OccupationWish.objects.filter(participant__in=whose).order_by("pk")
    understood = ("participant_id", "concept_id", "resolution", "text")
    found: dict[UUID, list[Evidence]] = defaultdict(list)
    for pk, concept, resolution, text, level, source, on in skills.values_list(
        *understood, "level", "source", "recorded_on"
    ):
        meant = meaning(concept, resolution)
        found[pk].append(Evidence(meant, text, LEVELS[level], SOURCES[source], on))
    for pk, concept, resolution, text in wishes.values_list(*understood):
        found[pk].append(Evidence(meaning(concept, resolution), text))
    return found


def read_openings(openings: OpeningQuerySet) -> list[engine.Opening]:
    """Read openings in two queries, however many they are."""
    requirements = _requirements(openings)
    rows = openings.order_by("pk").values_list(
        "pk",
        "occupation__text",
        "occupation__concept_id",
        "occupation__resolution",
        "workplace__latitude",
        "workplace__longitude",
        "hours_min",
        "hours_max",
        "licences",
        "languages",
        "adaptations",
        "starts_on",
        "ends_on",
        "places",
        "places_taken",
        "state",
        "workplace__employer__standing",
        "published_at",
    )
    return [_opening(row, requirements.get(row[0], ())) for row in rows]


def _opening(row: tuple[Any, ...], requirements: Sequence[Requirement]) -> engine.Opening:
    pk, occupation, concept, resolution, lat, lon, least, most, licences, languages, adaptations = row[:11]
    starts_on, ends_on, places, taken, state, standing, published_at = row[11:]
    return engine.Opening(
        id=str(pk),
        requirements=requirements,
        occupations=[Mention(meaning(concept, resolution), occupation)] if occupation else [],
        place=None if lat is None else Point(lat, lon),
        hours=Span(least, most),
        licences=frozenset(licences),
        languages=_levels(languages),
        adaptations_offered=frozenset(adaptations),
        starts_on=starts_on,
        ends_on=ends_on,
        places_left=places - taken,
        is_open=state == OpeningState.PUBLISHED and standing == Standing.GOOD,
        published_on=day_of(published_at) if published_at else None,
    )


def _requirements(openings: OpeningQuerySet) -> Mapping[UUID, list[Requirement]]:
    asked = SkillRequirement.objects.filter(opening__in=openings.order_by().values("pk"))
    asked = asked.order_by("-essential", "position", "pk")
    found: dict[UUID, list[Requirement]] = defaultdict(list)
    for pk, concept, resolution, text, essential in asked.order_by(
        "-essential", "position", "pk"
    ).values_list("opening_id", "concept_id", "resolution", "text", "essential"):
        found[pk].append(Requirement(meaning(concept, resolution), text, essential=essential))
    return found


def meaning(concept: int | None, resolution: str) -> str | None:
    """Return the engine's name of a concept that a text was surely understood as; None where it was not."""
    return str(concept) if concept is not None and resolution in UNDERSTOOD else None


def _levels(languages: Mapping[str, str]) -> dict[str, int]:
    return {code: CEFR[level] for code, level in languages.items()}


def kept(what: Hashable, catalogue: Catalogue, types: Iterable[str], load: Callable[[], Any]) -> Any:
    """Return the pool `what` as it is now; loaded anew when an audit row tells of a change.

    `load` must not ask for another pool: one is loaded at a time.
    """
    if catalogue.version is None:
        return load()
    key = (what, catalogue.version)
    kept = _Memory.pools.get(key)
    if kept is not None and _stamp(types, floor=kept.stamp.floor) == kept.stamp:
        return kept.pool
    with _Memory.lock:
        return _loaded(key, types, load)


def _loaded(key: Hashable, types: Iterable[str], load: Callable[[], Any]) -> Any:
    """Load and keep a pool. The stamp is read first: a change in between is then seen by the next reader."""
    newest = AuditEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    stamp = _stamp(types, floor=newest - LATE)
    kept = _Memory.pools.get(key)
    if kept is None or _stamp(types, floor=kept.stamp.floor) != kept.stamp:
        kept = _Memory.pools[key] = _Kept(stamp, load())
    _Memory.pools.move_to_end(key)
    while len(_Memory.pools) > KEPT:
        _Memory.pools.popitem(last=False)
    return kept.pool


def _stamp(types: Iterable[str], *, floor: int) -> _Stamp:
    changes = AuditEntry.objects.filter(pk__gt=floor, subject_type__in=list(types))
    seen = changes.aggregate(count=Count("pk"), newest=Max("pk"))
    return _Stamp(floor, seen["count"], seen["newest"] or 0)
