"""Adds a crowd to a demo database: copies of its people and openings, each with the skills of two mixed.

Rows are written in bulk and past the services: they are only there to be read and ranked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import Any
from uuid import uuid4

from django.db import models, transaction

from backend.employers.enums import OpeningState
from backend.employers.models import OccupationOfOpening, Opening, SkillRequirement
from backend.employers.searching import index, shelf
from backend.matching.bridge import pools
from backend.participants.enums import MATCHABLE_STATES
from backend.participants.models import OccupationExperience, OccupationWish, Participant, SkillEvidence
from bench.visits import coach

AT_A_TIME = 500
SPREAD = 0.15  # degrees, about 15 km


def size() -> dict[str, int]:
    """How many may be matched."""
    people = Participant.objects.matchable().count()
    return {"people": people, "openings": Opening.objects.filter(state=OpeningState.PUBLISHED).count()}


@transaction.atomic
def add(*, people: int, openings: int) -> None:
    """Fill up to `people` people of the coach's unit and `openings` published openings."""
    rng, now = Random(1), size()
    unit = coach().current_assignments[0].unit
    source = list(Participant.objects.filter(is_protected=False).order_by("pk"))
    for number in range(max(0, people - now["people"])):
        _copy_person(source, number, unit, rng)
    _Later.write()
    offered = list(Opening.objects.filter(capacity=None, state=OpeningState.PUBLISHED).order_by("pk"))
    for _ in range(max(0, openings - now["openings"])):
        _copy_opening(offered, rng)
    _Later.write()
    # Written past the services, so that no audit row tells of them.
    pools.forget()
    index.forget()
    shelf.forget()


class _Later:
    """Rows to be written, and what the demo's rows have, read once."""

    rows: defaultdict[type[models.Model], list[Any]] = defaultdict(list)
    parts: dict[tuple[type[models.Model], str], dict[Any, list[Any]]] = {}

    @classmethod
    def write(cls) -> None:
        for model, rows in cls.rows.items():
            model._default_manager.bulk_create(rows, batch_size=AT_A_TIME)
        cls.rows.clear()

    @classmethod
    def parts_of(cls, model: type[models.Model], owner: str, key: Any) -> list[Any]:
        if (model, owner) not in cls.parts:
            found = defaultdict(list)
            for row in model._default_manager.all():
                found[getattr(row, f"{owner}_id")].append(row)
            cls.parts[model, owner] = found
        return cls.parts[model, owner].get(key, [])

    @classmethod
    def copy(cls, row: Any, **changes: Any) -> Any:
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        values.pop("id")
        new = type(row)(**values | ({"id": uuid4()} if isinstance(row._meta.pk, models.UUIDField) else {}))
        for name, value in changes.items():
            setattr(new, name, value)
        cls.rows[type(row)].append(new)
        return new


def _copy_person(source: Sequence[Participant], number: int, unit: Any, rng: Random) -> None:
    one, other = rng.choice(source), rng.choice(source)
    place = {"latitude": one.latitude, "longitude": one.longitude}
    person = _Later.copy(
        one,
        unit=unit,
        coach=coach(),
        user=None,
        email="",
        state=min(MATCHABLE_STATES),
        reference=f"B{number:06}",
        **{name: value + rng.gauss(0, SPREAD) for name, value in place.items() if value is not None},
    )
    _mix(SkillEvidence, "participant", (one, other), person, rng)
    for occupations in (OccupationExperience, OccupationWish):
        _mix(occupations, "participant", (one, one), person, rng)


def _copy_opening(source: Sequence[Opening], rng: Random) -> None:
    one, other = rng.choice(source), rng.choice(source)
    opening = _Later.copy(one, workplace=other.workplace, places_taken=0)
    _mix(SkillRequirement, "opening", (one, other), opening, rng)
    for occupation in _Later.parts_of(OccupationOfOpening, "opening", one.pk):
        _Later.copy(occupation, opening=opening)


def _mix(model: type[models.Model], owner: str, sources: tuple[Any, Any], new: Any, rng: Random) -> None:
    """Copy all of the first source's texts, and some of the other's."""
    own = _Later.parts_of(model, owner, sources[0].pk)
    more = [row for row in _Later.parts_of(model, owner, sources[1].pk) if rng.random() < 0.2]
    for row in {row.text: row for row in (*more, *own)}.values():
        _Later.copy(row, **{owner: new})
