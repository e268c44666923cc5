"""The catalogue as a matcher takes it: plain tuples, with the relations that coaches have set in force."""

from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import QuerySet

from backend.skills.enums import ConceptKind, RelationKind
from backend.skills.models import Concept, ConceptGroup, Relation
from backend.skills.relations.relatedness import Reason, kindred_groups, pairs

REASONS = {
    RelationKind.SYNONYM.value: Reason.SYNONYM,
    RelationKind.BROADER.value: Reason.BROADER,
    RelationKind.NARROWER.value: Reason.NARROWER,
    RelationKind.SAME_GROUP.value: Reason.SAME_GROUP,
    RelationKind.SUBSTITUTE.value: Reason.SUBSTITUTABLE,
    RelationKind.SHARED_OCCUPATIONS.value: Reason.SHARED_OCCUPATIONS,
    RelationKind.SIMILAR_LABEL.value: Reason.SIMILAR_LABEL,
    RelationKind.OCCUPATION_SKILL.value: Reason.OCCUPATION_SKILL,
    RelationKind.OVERRIDE.value: Reason.OVERRIDE,
}

Edge = tuple[str, str, float, Reason]
"""(asked for, related, degree 0–1, reason): whoever has the related one is worth that degree."""


class CatalogueGraph(NamedTuple):
    """Keys of concepts as text, edges between them, (concept, group) pairs, and edges between groups."""

    concepts: list[str]
    edges: list[Edge]
    memberships: list[tuple[str, str]]
    kin: list[Edge]


def read_graph(municipality: UUID | None) -> CatalogueGraph:
    """Read the whole catalogue as it holds in `municipality`, retired concepts too: somebody may have them.

    Where a coach there has set the degree of a pair, nothing else is said of it; a degree of 0 takes it away.
    """
    concepts = Concept.objects.order_by("pk").values_list("pk", flat=True)
    memberships = sorted(ConceptGroup.objects.values_list("concept_id", "group"))
    relations = sorted(_holding(municipality).values_list("source_id", "target_id", "kind", "degree"))
    return CatalogueGraph(
        concepts=[str(key) for key in concepts],
        edges=_edges(relations),
        memberships=[(str(key), group) for key, group in memberships],
        kin=_kin(memberships, relations),
    )


def _holding(municipality: UUID | None) -> QuerySet[Relation]:
    return Relation.objects.holding_in([municipality] if municipality else [])


def _edges(relations: list[tuple[int, int, str, float]]) -> list[Edge]:
    set_by_hand = {(a, b) for a, b, kind, _ in relations if kind == RelationKind.OVERRIDE}
    return [
        (str(target), str(source), degree, REASONS[kind])
        for source, target, kind, degree in relations
        if kind == RelationKind.OVERRIDE or (source, target) not in set_by_hand
    ]


def _kin(memberships: list[tuple[int, str]], relations: list[tuple[int, int, str, float]]) -> list[Edge]:
    occupations = set(
        Concept.objects.filter(kind=ConceptKind.OCCUPATION).order_by("pk").values_list("pk", flat=True)
    )
    groups = sorted({group for _, group in memberships})
    number = {group: place for place, group in enumerate(groups)}
    parents = sorted({group[:-1] for group in groups})
    parent_number = {parent: place for place, parent in enumerate(parents)}
    substitutes = [(target, source, d) for source, target, kind, d in relations if kind == "substitute"]
    found = kindred_groups(
        occupations_in_groups=pairs(
            [(key, number[group]) for key, group in memberships if key in occupations]
        ),
        substitutes=pairs([(occupation, stand_in) for occupation, stand_in, _ in substitutes]),
        substitute_share=np.array([degree for *_, degree in substitutes], dtype=np.float32),
        group_parents=pairs([(number[group], parent_number[group[:-1]]) for group in groups]),
    )
    columns = zip(*(column.tolist() for column in found), strict=True)
    return [(groups[a], groups[b], degree, Reason(reason)) for a, b, degree, reason in columns]
