"""What the catalogue knows of an occupation: the skills that are part of it, and which skills are rare."""

from collections.abc import Collection
from typing import Any, Final

from django.db.models import Count, QuerySet

from backend.skills.enums import ConceptKind, RelationKind, Resolution
from backend.skills.models import Concept, ConceptGroup, Relation
from backend.skills.services import resolve_texts

MOST_OFFERED: Final = 8
RARE: Final = 1
"""A skill that so many groups of occupations use, or fewer, is rare; one of the work itself is not."""


def occupation_meant(text: str) -> int | None:
    """Return the concept that an occupation is read as, also where it would be asked about."""
    text = " ".join(text.split())
    if not text:
        return None
    [understood] = resolve_texts([text], kind=ConceptKind.OCCUPATION)
    found: int | None = understood["concept_id"] if understood["resolution"] != Resolution.NONE else None
    return found


def usual_skills(occupation: int, *, without: Collection[str] = ()) -> list[str]:
    """Return the names of skills that are part of an occupation, what matters most first, at most eight.

    Where the catalogue states none for the occupation itself it is those of its group, the rarest first.
    """
    stated = Relation.objects.filter(
        source=occupation, kind=RelationKind.OCCUPATION_SKILL, municipality=None
    ).order_by("-degree", "target")
    keys = list(stated.values_list("target", flat=True)[: MOST_OFFERED * 2])
    skills = _in_order(keys) if keys else _of_its_group(occupation)
    taken = {text.casefold() for text in without}
    return [each.name for each in skills if each.name.casefold() not in taken][:MOST_OFFERED]


def rare_among(skills: Collection[int], *, occupation: int | None) -> set[int]:
    """Return which of `skills` no more than one group of occupations uses, save those of this work."""
    if not skills:
        return set()
    groups = ConceptGroup.objects.filter(concept__in=skills)
    uses = dict(groups.values_list("concept").annotate(count=Count("group")))
    own = set(groups.filter(group__in=_groups_of(occupation)).values_list("concept", flat=True))
    stated = Relation.objects.filter(source=occupation, target__in=skills, kind=RelationKind.OCCUPATION_SKILL)
    own |= set(stated.values_list("target", flat=True))
    return {skill for skill in skills if uses.get(skill, 0) <= RARE} - own


def _groups_of(occupation: int | None) -> QuerySet[Any]:
    return ConceptGroup.objects.filter(concept=occupation).values("group")


def _in_order(keys: list[int]) -> list[Concept]:
    found = Concept.objects.current().filter(kind=ConceptKind.SKILL).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _of_its_group(occupation: int) -> list[Concept]:
    skills = Concept.objects.current().filter(kind=ConceptKind.SKILL)
    members = ConceptGroup.objects.filter(group__in=_groups_of(occupation)).values("concept")
    by_use = skills.filter(pk__in=members).annotate(uses=Count("groups")).order_by("uses", "pk")
    return list(by_use[: MOST_OFFERED * 2])
