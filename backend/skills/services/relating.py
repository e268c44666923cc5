"""Works out which concepts of the whole catalogue stand in for which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np

from backend.skills.enums import ConceptKind, RelationKind
from backend.skills.importers import Catalogue
from backend.skills.label_index import Comparison, LabelIndex, Likeness, everyday_words
from backend.skills.label_index.normalise import key_of
from backend.skills.models import Concept, ConceptGroup
from backend.skills.relations.relatedness import Pairs, Reason, pairs, related_concepts
from backend.skills.understanding.vocabulary import read_labels, twins_among

KIND_OF_REASON = {
    Reason.SYNONYM: RelationKind.SYNONYM,
    Reason.NARROWER: RelationKind.NARROWER,
    Reason.BROADER: RelationKind.BROADER,
    Reason.SUBSTITUTABLE: RelationKind.SUBSTITUTE,
    Reason.SAME_GROUP: RelationKind.SAME_GROUP,
    Reason.SHARED_OCCUPATIONS: RelationKind.SHARED_OCCUPATIONS,
    Reason.SIMILAR_LABEL: RelationKind.SIMILAR_LABEL,
}
ALIKE = 0.6
"""Least degree of a search hit at which labels of two catalogues count as alike."""

Relations = dict[tuple[int, int, str], float]
"""(source, target, kind) and its degree: that credit has who has `source` where `target` is asked for."""


@dataclass(frozen=True)
class Numbers:
    """The current concepts in one order, numbered from 0, and the number of each by key."""

    concepts: list[Concept]
    number: Mapping[int, int]

    @classmethod
    def of_current(cls) -> "Numbers":
        concepts = list(Concept.objects.current().order_by("pk"))
        return cls(concepts, {concept.pk: number for number, concept in enumerate(concepts)})

    def pairs(self, keys: Iterable[tuple[int, int]]) -> Pairs:
        known = self.number
        return pairs([(known[a], known[b]) for a, b in keys if a in known and b in known])


def relate(catalogue: Catalogue, key_of: Mapping[str, int]) -> Relations:
    """Find the relations with an end in `catalogue`; `key_of` gives the key of each of its concepts.

    Related concepts of other catalogues are found too: by name, by the words of their labels, and by the
    occupations that they are used in.
    """
    numbers = Numbers.of_current()
    keys = {numbers.number[key_of[uri]] for uri in catalogue.concepts}
    relations = {
        (source, target, kind): degree
        for source, target, kind, degree in _computed(catalogue, key_of, numbers)
        if numbers.number[source] in keys or numbers.number[target] in keys
    }
    return relations | _stated(catalogue, key_of, relations)


def _computed(
    catalogue: Catalogue, key_of: Mapping[str, int], numbers: Numbers
) -> Iterable[tuple[int, int, str, float]]:
    substitutes = sorted(catalogue.substitutes)
    twins = numbers.pairs(sorted(twins_among(numbers.concepts, read_labels()).items()))
    same, alike = _by_words(catalogue.scheme, numbers)
    found = related_concepts(
        broader=numbers.pairs((key_of[a], key_of[b]) for a, b in sorted(catalogue.broader)),
        substitutes=numbers.pairs((key_of[each.occupation], key_of[each.stand_in]) for each in substitutes),
        substitute_share=np.array([each.share for each in substitutes], dtype=np.float32),
        synonyms=np.concatenate([twins, numbers.pairs(same)]),
        similar_labels=numbers.pairs(alike),
        similarity=np.array(list(alike.values()), dtype=np.float32),
        skills_in_groups=_in_groups(ConceptKind.SKILL, numbers),
        occupations_in_groups=_in_groups(ConceptKind.OCCUPATION, numbers),
    )
    key = [concept.pk for concept in numbers.concepts]
    columns = (column.tolist() for column in found)
    for target, source, degree, reason in zip(*columns, strict=True):
        yield key[source], key[target], KIND_OF_REASON[Reason(reason)].value, round(degree, 3)


def _stated(catalogue: Catalogue, key_of: Mapping[str, int], computed: Relations) -> Relations:
    """The relations that the file itself gives a degree, where they are worth more than the computed ones."""
    best: dict[tuple[int, int], float] = {}
    for (source, target, _), degree in computed.items():
        best[source, target] = max(best.get((source, target), 0.0), degree)
    stated = chain(
        ((each, RelationKind.SHARED_OCCUPATIONS) for each in catalogue.used_together),
        ((each, RelationKind.OCCUPATION_SKILL) for each in catalogue.skills_of_occupations),
    )
    return {
        (source, target, kind.value): each.degree
        for each, kind in stated
        for source, target in [(key_of[each.source], key_of[each.target])]
        if each.degree > best.get((source, target), 0.0)
    }


def _in_groups(kind: ConceptKind, numbers: Numbers) -> Pairs:
    rows = ConceptGroup.objects.filter(concept__retired_at__isnull=True, concept__kind=kind)
    found = sorted(rows.values_list("concept_id", "group"))
    groups = {group: number for number, group in enumerate(sorted({group for _, group in found}))}
    return pairs([(numbers.number[concept_id], groups[group]) for concept_id, group in found])


def _by_words(scheme: str, numbers: Numbers) -> tuple[list[tuple[int, int]], dict[tuple[int, int], float]]:
    """Find the pairs whose names are the same words, and those whose names are only alike, with a degree.

    Names that are alike by chance ("kassör" and "massör", "snickare" and "stickare") are no relation.
    """
    names = {concept.pk: key_of(concept.name_sv) for concept in numbers.concepts}
    same, alike = [], {}
    for (one, other), degree in _alike(scheme, numbers).items():
        comparison = Comparison(everyday_words())
        likeness = {
            comparison.likeness(names[one], names[other]),
            comparison.likeness(names[other], names[one]),
        }
        if Likeness.SAME_WORDS in likeness:
            same.append((one, other))
        elif Likeness.BY_CHANCE not in likeness:
            alike[one, other] = degree
    return same, alike


def _alike(scheme: str, numbers: Numbers) -> dict[tuple[int, int], float]:
    """Search the names of the smaller side, this scheme or all the others, among the labels of the larger."""
    alike: dict[tuple[int, int], float] = {}
    for kind in ConceptKind:
        own = [each for each in numbers.concepts if each.kind == kind and each.scheme == scheme]
        others = [each for each in numbers.concepts if each.kind == kind and each.scheme != scheme]
        few, many = sorted((own, others), key=len)
        index = LabelIndex([(str(each.pk), each.name_sv) for each in many]) if few else None
        answers = index.search([each.name_sv for each in few], limit=1) if index else []
        for each, hits in zip(few, answers, strict=False):
            if hits and hits[0].degree >= ALIKE:
                alike[each.pk, int(hits[0].concept_id)] = hits[0].degree
    return alike
