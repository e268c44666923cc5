"""People and openings as the matching engine takes them, read in few queries or taken from what is read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import DateField, Model, SmallIntegerField, Value

from backend.core.clock import day_of
from backend.employers.enums import OpeningState, Standing
from backend.employers.models import Opening, OpeningQuerySet, SkillRequirement
from backend.matching import engine
from backend.matching.engine import Evidence, Level, Mention, Person, Point, Requirement, Source, Span
from backend.participants.enums import EvidenceSource, SkillLevel
from backend.participants.models import OccupationWish, Participant, ParticipantQuerySet, SkillEvidence
from backend.skills.enums import LanguageLevel, Resolution

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
PERSON = (
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
EVIDENCE = ("participant_id", "id", "concept_id", "resolution", "text", "level", "source", "recorded_on")
OPENING = (
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
CEFR = {level: step for step, level in enumerate(LanguageLevel.values, start=1)}
UNDERSTOOD = (Resolution.ACCEPTED, Resolution.CONFIRMED)


def read_people(participants: ParticipantQuerySet) -> list[Person]:
    """Read participants in two queries, however many they are."""
    evidence = _evidence(participants)
    rows = participants.order_by("pk").values_list(*PERSON)
    return [_person(row, evidence.get(row[0], ())) for row in rows]


def person_of(participant: Participant) -> Person:
    """Return a participant that the caller has read, with what is known of their skills: one query."""
    evidence = _evidence(Participant.objects.filter(pk=participant.pk))
    return _person(_columns(participant, PERSON), evidence.get(participant.pk, ()))


def _columns(row: Model, names: Iterable[str]) -> tuple[Any, ...]:
    """Return what `values_list` would of a row that is read; None where a row is missing on the way."""

    def column(path: str) -> Any:
        found: Any = row
        for name in path.split("__"):
            found = getattr(found, name, None)
        return found

    return tuple(map(column, names))


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
    """Return what participants can, and after it what they have worked as or want to."""
    whose = participants.order_by().values("pk")
    skills = SkillEvidence.objects.order_by().filter(participant__in=whose)
    wishes = OccupationWish.objects.order_by().filter(participant__in=whose)
    wishes = wishes.annotate(level=Value(None, SmallIntegerField()), source=Value(""))
    wishes = wishes.annotate(recorded_on=Value(None, DateField()))
    rows = skills.values_list(*EVIDENCE).union(wishes.values_list(*EVIDENCE), all=True)
    found: dict[UUID, list[Evidence]] = defaultdict(list)
    # A wish has no source; the rows of each table stay in the order of their keys.
    for pk, _key, concept, resolution, text, level, source, on in sorted(
        rows.order_by("id"), key=lambda row: not row[6]
    ):
        known = (LEVELS[level], SOURCES[source], on) if source else ()
        found[pk].append(Evidence(meaning(concept, resolution), text, *known))
    return found


def read_openings(openings: OpeningQuerySet) -> list[engine.Opening]:
    """Read openings in two queries, however many they are."""
    requirements = _requirements(openings)
    rows = openings.order_by("pk").values_list(*OPENING)
    return [_opening(row, requirements.get(row[0], ())) for row in rows]


def opening_of(opening: Opening) -> engine.Opening:
    """Return an opening that the caller has read with its workplace, employer and occupation: one query."""
    requirements = _requirements(Opening.objects.filter(pk=opening.pk))
    return _opening(_columns(opening, OPENING), requirements.get(opening.pk, ()))


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
