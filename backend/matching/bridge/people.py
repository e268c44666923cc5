"""People as the matching engine takes them, read in two queries or taken from a row that is read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import DateField, SmallIntegerField, Value

from backend.matching.bridge.values import columns, levels, meaning
from backend.matching.engine import Evidence, Level, Person, Point, Source, Span
from backend.participants.enums import EvidenceSource, SkillLevel
from backend.participants.models import OccupationWish, Participant, ParticipantQuerySet, SkillEvidence

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


def read_people(participants: ParticipantQuerySet) -> list[Person]:
    """Read participants in two queries, however many they are."""
    evidence = _evidence(participants)
    rows = participants.order_by("pk").values_list(*PERSON)
    return [_person(row, evidence.get(row[0], ())) for row in rows]


def person_of(participant: Participant) -> Person:
    """Return a participant that the caller has read, with what is known of their skills: one query."""
    evidence = _evidence(Participant.objects.filter(pk=participant.pk))
    return _person(columns(participant, PERSON), evidence.get(participant.pk, ()))


def _person(row: tuple[Any, ...], evidence: Sequence[Evidence]) -> Person:
    pk, lat, lon, travel, least, most, licences, languages, adaptations, free_from, waiting = row
    return Person(
        id=str(pk),
        evidence=evidence,
        place=None if lat is None else Point(lat, lon),
        travel_km=travel,
        hours=Span(float(least), float(most)),
        licences=frozenset(licences),
        languages=levels(languages),
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
