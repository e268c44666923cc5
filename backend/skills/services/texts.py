"""What a text that somebody wrote means in the catalogue."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from backend.skills.enums import ConceptKind, Resolution
from backend.skills.label_index import Decision, Verdict
from backend.skills.models import Concept
from backend.skills.understanding import index
from backend.skills.understanding.index import CatalogueIndex
from backend.skills.understanding.phrases import bare
from backend.skills.understanding.statements import language_named, names_licence, trait_named

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
    version = catalogue.version[0] if catalogue.version else None
    return [_columns(verdict_on(text, kind, catalogue)) | {"index_version": version} for text in texts]


def meanings_of(
    texts: Sequence[str], *, kind: ConceptKind, limit: int = MOST_MEANINGS
) -> dict[str, list[Meaning]]:
    """List for each text what it may mean, the surest first, for a person to choose from."""
    catalogue = index.current()
    answers = {text: verdict_on(text, kind, catalogue).hits[:limit] for text in texts}
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


def verdict_on(text: str, kind: ConceptKind, catalogue: CatalogueIndex) -> Verdict:
    """Decide whether `text` means, or may mean, concepts of `kind`, the surest first.

    A licence is always asked about, for it has a field of its own; so have languages, and traits are only
    words: neither is asked about as something else.
    """
    verdict = catalogue.understand(text, kind, limit=MOST_MEANINGS)
    if verdict.decision != "accept" and bare(text) != text:
        verdict = min(verdict, catalogue.understand(bare(text), kind, limit=MOST_MEANINGS), key=_order)
    if names_licence(text):
        cards = [hit for hit in verdict.hits if names_licence(hit.label)]
        return Verdict("ask" if cards else "leave", cards)
    if verdict.decision == "accept":
        return verdict._replace(decision="ask") if names_licence(verdict.hits[0].label) else verdict
    if language_named(text) or trait_named(text):
        return Verdict("leave", [])
    return verdict


def _order(verdict: Verdict) -> int:
    return list(RESOLUTIONS).index(verdict.decision)


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
        "margin": max(best.degree - max((hit.degree for hit in others), default=0.0), 0.0),
        "why": best.why,
        "resolution": RESOLUTIONS[verdict.decision],
    }
