"""People as the matching engine takes them, read in two queries or taken from a row that is read."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, Field, QuerySet, SmallIntegerField, Value

from backend.matching.bridge.spoken import Languages, spoken, told_of_language
from backend.matching.bridge.values import columns, levels, meaning
from backend.matching.bridge.wishes import wish_of
from backend.matching.engine import Evidence, Level, Person, Point, Source, Span, Wish
from backend.participants.enums import EvidenceSource, SkillLevel
from backend.participants.models import (
    OccupationExperience,
    OccupationWish,
    Participant,
    ParticipantQuerySet,
    SkillEvidence,
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
WRITTEN = ("participant_id", "id", "concept_id", "resolution", "text")
ABOUT_SKILLS: "dict[str, Field[Any, Any]]" = {
    "level": SmallIntegerField(),
    "source": CharField(),
    "recorded_on": DateField(),
}
ABOUT_EXPERIENCE: "dict[str, Field[Any, Any]]" = {"last_year": SmallIntegerField()}
SKILL, EXPERIENCE, WISH = range(3)


@dataclass
class _Written:
    """What is written about one person: what they can and have done, and what they want."""

    evidence: list[Evidence] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)


def read_people(participants: ParticipantQuerySet, among: Languages) -> list[Person]:
    """Read participants in two queries, however many they are; `among` are the catalogue's languages."""
    written = _written(participants, among)
    rows = participants.order_by("pk").values_list(*PERSON)
    return [_person(row, written.get(row[0], _Written()), among) for row in rows]


def person_of(participant: Participant, among: Languages) -> Person:
    """Return a participant that the caller has read, with what is written about them: one query."""
    written = _written(Participant.objects.filter(pk=participant.pk), among)
    return _person(columns(participant, PERSON), written.get(participant.pk, _Written()), among)


def _person(row: tuple[Any, ...], written: _Written, among: Languages) -> Person:
    pk, lat, lon, travel, least, most, licences, languages, adaptations, free_from, waiting = row
    return Person(
        id=str(pk),
        evidence=[*written.evidence, *spoken(languages, among)],
        wishes=written.wishes,
        place=None if lat is None else Point(lat, lon),
        travel_km=travel,
        hours=None if least is None else Span(float(least), float(most)),
        licences=frozenset(licences),
        languages=levels(languages),
        adaptations_needed=frozenset(adaptations),
        available_from=free_from,
        waiting_since=waiting,
    )


def _written(participants: ParticipantQuerySet, among: Languages) -> Mapping[UUID, _Written]:
    """Return what is written about participants; the rows of each table stay in the order of their keys."""
    whose = participants.order_by().values("pk")
    skills, experiences, wishes = (
        model._default_manager.order_by().filter(participant__in=whose)
        for model in (SkillEvidence, OccupationExperience, OccupationWish)
    )
    rows = _rows(skills, SKILL, ABOUT_SKILLS).union(
        _rows(experiences, EXPERIENCE, ABOUT_EXPERIENCE), _rows(wishes, WISH, {}), all=True
    )
    found: dict[UUID, _Written] = defaultdict(_Written)
    for table, pk, _key, concept, resolution, text, level, source, on, year in rows.order_by("table", "id"):
        means = meaning(concept, resolution)
        if table == WISH:
            found[pk].wishes.append(wish_of(means, text))
        elif table == EXPERIENCE:
            used_on = date(year, 12, 31) if year else None
            found[pk].evidence.append(Evidence(means, text, used_on=used_on))
        else:
            known = LEVELS.get(level, Level.UNKNOWN), SOURCES[source], on
            found[pk].evidence.append(Evidence(means, text, *known))
            found[pk].evidence += told_of_language(text, among) if means is None else ()
    return found


def _rows(rows: "QuerySet[Any]", table: int, own: "Mapping[str, Field[Any, Any]]") -> "QuerySet[Any, Any]":
    """Return rows of one table with the columns of all: null where a column is another table's."""
    other = {name: kind for name, kind in (ABOUT_SKILLS | ABOUT_EXPERIENCE).items() if name not in own}
    rows = rows.annotate(
        table=Value(table, SmallIntegerField()), **{name: Value(None, kind) for name, kind in other.items()}
    )
    return rows.values_list("table", *WRITTEN, *ABOUT_SKILLS, *ABOUT_EXPERIENCE)
