"""Openings as the matching engine takes them, read in two queries or taken from a row that is read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q

from backend.core.clock import day_of
from backend.employers.enums import LISTED_STATES
from backend.employers.models import Employer, Opening, OpeningQuerySet, SkillRequirement
from backend.employers.work_facts import can_be_had, in_force
from backend.matching import engine
from backend.matching.bridge.spoken import requirement_of
from backend.matching.bridge.values import columns, levels, meaning
from backend.matching.engine import Kind, Mention, Point, Requirement, Span

OPENING = (
    "pk",
    "kind",
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
    "workplace__adaptations_offered",
    "workplace__adaptations_refused",
    "facts_present",
    "facts_absent",
    "workplace__facts_present",
    "workplace__facts_absent",
    "starts_on",
    "ends_on",
    "places",
    "places_taken",
    "state",
    "published_at",
)


def read_openings(openings: OpeningQuerySet, *, today: date) -> list[engine.Opening]:
    """Read openings in two queries, however many they are, as their employers stand on `today`."""
    good = Employer.objects.in_good_standing(today)
    is_received = ExpressionWrapper(Q(workplace__employer__in=good), output_field=BooleanField())
    requirements = _requirements(openings)
    rows = openings.annotate(is_received=is_received).order_by("pk").values_list(*OPENING, "is_received")
    return [_opening(row, requirements.get(row[0], ())) for row in rows]


def opening_of(opening: Opening, *, today: date) -> engine.Opening:
    """Return an opening that the caller has read with its workplace, employer and occupation: one query."""
    requirements = _requirements(Opening.objects.filter(pk=opening.pk))
    is_received = opening.is_received_on(today)
    return _opening((*columns(opening, OPENING), is_received), requirements.get(opening.pk, ()))


def _opening(row: tuple[Any, ...], requirements: Sequence[Requirement]) -> engine.Opening:
    pk, kind, occupation, concept, resolution, lat, lon, least, most = row[:9]
    licences, languages, offered, offered_there, refused_there = row[9:14]
    present, absent, present_there, absent_there = row[14:18]
    starts_on, ends_on, places, taken, state, published_at, is_received = row[18:]
    facts = in_force(present_there, absent_there, own_present=present, own_absent=absent)
    had, not_had = can_be_had(facts, offered_here=offered, offered=offered_there, refused=refused_there)
    return engine.Opening(
        id=str(pk),
        kind=Kind(kind),
        requirements=requirements,
        occupations=[Mention(meaning(concept, resolution), occupation)] if occupation else [],
        place=None if lat is None else Point(lat, lon),
        hours=Span(float(least), float(most)),
        licences=frozenset(licences),
        languages=levels(languages),
        adaptations_offered=had,
        adaptations_refused=not_had,
        starts_on=starts_on,
        ends_on=ends_on,
        places_left=places - taken,
        is_open=state in LISTED_STATES and is_received,
        published_on=day_of(published_at) if published_at else None,
    )


def _requirements(openings: OpeningQuerySet) -> Mapping[UUID, list[Requirement]]:
    asked = SkillRequirement.objects.filter(opening__in=openings.order_by().values("pk"))
    found: dict[UUID, list[Requirement]] = defaultdict(list)
    for pk, concept, resolution, text, essential in asked.order_by(
        "-essential", "position", "pk"
    ).values_list("opening_id", "concept_id", "resolution", "text", "essential"):
        found[pk].append(requirement_of(meaning(concept, resolution), text, essential=essential))
    return found
