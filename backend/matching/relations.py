"""The catalogue as the matcher needs it, kept in this process until the catalogue changes.

Readers never wait for a new import: while one thread reads the new version, the others go on with the old.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock, Thread

import numpy as np
from django.conf import settings
from django.db import connections
from django.utils.translation import get_language

from backend.matching.engine import Edge, Membership, Reason, Relations
from backend.skills.enums import ConceptKind, RelationKind
from backend.skills.models import CatalogueVersion, Concept, ConceptGroup, Relation
from backend.skills.relatedness import kindred_groups, pairs

Version = tuple[int, datetime]
"""Key and moment of the newest import; the moment too, because a rolled-back key is given again."""

REASON_OF_KIND = {
    RelationKind.BROADER: Reason.BROADER,
    RelationKind.NARROWER: Reason.NARROWER,
    RelationKind.SAME_GROUP: Reason.SAME_GROUP,
    RelationKind.SUBSTITUTE: Reason.SUBSTITUTABLE,
    RelationKind.SHARED_OCCUPATIONS: Reason.SHARED_OCCUPATIONS,
    RelationKind.SIMILAR_LABEL: Reason.SIMILAR_LABEL,
    RelationKind.OCCUPATION_SKILL: Reason.SHARED_OCCUPATIONS,
    RelationKind.OVERRIDE: Reason.OVERRIDE,
}
SSYK_DIGITS = 4


@dataclass(frozen=True)
class Catalogue:
    """Relations for the engine, and the names of the concepts; `version` is None before the first import."""

    version: Version | None
    relations: Relations
    names: Mapping[str, tuple[str, str]]

    def name(self, concept: str) -> str:
        """Return a concept's name in the reader's language, in Swedish where there is none."""
        swedish, english = self.names[concept]
        return (english if (get_language() or "sv").startswith("en") else "") or swedish

    def named(self, concepts: Sequence[str]) -> list[str]:
        """Return the names of the concepts that are known."""
        return [self.name(each) for each in concepts if each in self.names]


class _Memory:
    """What this process holds. A reader takes `built` once and keeps it; nobody changes it in place."""

    built: Catalogue | None = None
    building = Lock()


def current() -> Catalogue:
    """Return the catalogue's relations: the newest, or those at hand while newer ones are being read."""
    version, built = _newest_version(), _Memory.built
    if version is None:
        return _read(None)
    if built is not None and built.version == version:
        return built
    if built is None or not settings.LABEL_INDEX_IN_BACKGROUND:
        return _rebuilt(version)
    Thread(target=_rebuild_unless_somebody_does, args=[version], daemon=True).start()
    return built


def _newest_version() -> Version | None:
    return CatalogueVersion.objects.order_by("-id").values_list("id", "imported_at").first()


def _rebuilt(version: Version) -> Catalogue:
    with _Memory.building:
        if _Memory.built is None or _Memory.built.version != version:
            _Memory.built = _read(version)
        return _Memory.built


def _rebuild_unless_somebody_does(version: Version) -> None:
    if _Memory.building.acquire(blocking=False):
        try:
            _Memory.built = _read(version)
        finally:
            _Memory.building.release()
            connections.close_all()


def _read(version: Version | None) -> Catalogue:
    """Read every concept, the retired too: somebody may have them still."""
    concepts = list(Concept.objects.order_by("pk").values_list("pk", "kind", "name_sv", "name_en"))
    occupations = {pk for pk, kind, _, _ in concepts if kind == ConceptKind.OCCUPATION}
    memberships = list(ConceptGroup.objects.order_by("pk").values_list("concept_id", "group"))
    edges = list(Relation.objects.order_by("pk").values_list("target_id", "source_id", "degree", "kind"))
    relations = Relations.build(
        concepts=[str(pk) for pk, _, _, _ in concepts],
        edges=(
            Edge(str(asked), str(had), degree, REASON_OF_KIND[RelationKind(kind)])
            for asked, had, degree, kind in edges
        ),
        memberships=[Membership(str(concept), group) for concept, group in memberships],
        kin=_kin([pair for pair in memberships if pair[0] in occupations], edges),
    )
    return Catalogue(version, relations, {str(pk): (sv, en) for pk, _, sv, en in concepts})


def _kin(belongs: Sequence[tuple[int, str]], edges: Sequence[tuple[int, int, float, str]]) -> Iterator[Edge]:
    """Yield which occupation groups stand in for which, by their occupations and by their numbers."""
    groups = sorted({group for _, group in belongs})
    number = {group: at for at, group in enumerate(groups)}
    parents = {group: at for at, group in enumerate(sorted({group[:-1] for group in groups}))}
    substitutes = [edge for edge in edges if edge[3] == RelationKind.SUBSTITUTE]
    found = kindred_groups(
        occupations_in_groups=pairs([(concept, number[group]) for concept, group in belongs]),
        substitutes=pairs([(asked, had) for asked, had, _, _ in substitutes]),
        substitute_share=np.array([degree for _, _, degree, _ in substitutes], dtype=np.float32),
        group_parents=pairs(
            [(number[each], parents[each[:-1]]) for each in groups if len(each) == SSYK_DIGITS]
        ),
    )
    for asked, had, degree, reason in zip(*(column.tolist() for column in found), strict=True):
        yield Edge(groups[asked], groups[had], degree, Reason(reason))
