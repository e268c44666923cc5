"""What a text that somebody wrote means in the catalogue."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from backend.skills import index
from backend.skills.enums import ConceptKind, Resolution
from backend.skills.label_index import Decision, Verdict
from backend.skills.models import Concept

MOST_MEANINGS = 5
RESOLUTIONS: dict[Decision, Resolution] = {
    "accept": Resolution.ACCEPTED,
    "ask": Resolution.ASK,
    "leave": Resolution.NONE,
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
    verdicts = catalogue.understand(texts, kind, limit=2)
    version = catalogue.version[0] if catalogue.version else None
    return [_columns(verdict) | {"index_version": version} for verdict in verdicts]


def meanings_of(
    texts: Sequence[str], *, kind: ConceptKind, limit: int = MOST_MEANINGS
) -> dict[str, list[Meaning]]:
    """List for each text what it may mean, the surest first, for a person to choose from."""
    verdicts = index.current().understand(texts, kind, limit=limit)
    answers = {text: verdict.hits for text, verdict in zip(texts, verdicts, strict=True)}
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


def _columns(verdict: Verdict) -> dict[str, Any]:
    if verdict.decision == "leave":
        return {
            "concept_id": None,
            "degree": None,
            "margin": None,
            "why": "",
            "resolution": Resolution.NONE,
        }
    best, *others = verdict.hits
    return {
        "concept_id": int(best.concept_id),
        "degree": best.degree,
        "margin": best.degree - max((hit.degree for hit in others), default=0.0),
        "why": best.why,
        "resolution": RESOLUTIONS[verdict.decision],
    }
