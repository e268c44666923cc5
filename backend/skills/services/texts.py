"""What a text that somebody wrote means in the catalogue."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from backend.skills import index
from backend.skills.enums import ConceptKind, Resolution
from backend.skills.label_index import Decision, Hit, decide
from backend.skills.models import Concept

MOST_MEANINGS = 5
RESOLUTIONS: dict[Decision, Resolution] = {
    "accept": Resolution.ACCEPTED,
    "ask": Resolution.ASK,
    "none": Resolution.NONE,
}


class Meaning(NamedTuple):
    """A concept that a text may mean, how sure that is (0–1), and why: a value of label_index.Why."""

    concept: Concept
    degree: float
    why: str


def resolve_texts(texts: Sequence[str], *, kind: ConceptKind) -> list[dict[str, Any]]:
    """Return, for each text, the columns of `models.ResolvedText` besides the text itself.

    A sure meaning is accepted; an unsure one is kept for a person to confirm; otherwise the text stands.
    """
    catalogue = index.current(wait=True)
    answers = catalogue.search(texts, kind, limit=2)
    version = catalogue.version[0] if catalogue.version else None
    return [_columns(hits) | {"index_version": version} for hits in answers]


def meanings_of(
    texts: Sequence[str], *, kind: ConceptKind, limit: int = MOST_MEANINGS
) -> dict[str, list[Meaning]]:
    """List for each text what it may mean, the surest first, for a person to choose from."""
    answers = dict(zip(texts, index.current().search(texts, kind, limit=limit), strict=True))
    keys = {int(hit.concept_id) for hits in answers.values() for hit in hits}
    concepts = Concept.objects.current().in_bulk(keys)
    return {
        text: [
            Meaning(concepts[int(hit.concept_id)], hit.degree, hit.why)
            for hit in hits
            if int(hit.concept_id) in concepts
        ]
        for text, hits in answers.items()
    }


def _columns(hits: Sequence[Hit]) -> dict[str, Any]:
    decision = decide(hits)
    if decision == "none":
        return {
            "concept_id": None,
            "degree": None,
            "margin": None,
            "why": "",
            "resolution": Resolution.NONE,
        }
    best = hits[0]
    return {
        "concept_id": int(best.concept_id),
        "degree": best.degree,
        "margin": best.margin,
        "why": best.why,
        "resolution": RESOLUTIONS[decision],
    }
