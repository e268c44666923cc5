"""What a text that somebody wrote means in the catalogue."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from backend.skills.enums import ConceptKind, Resolution
from backend.skills.label_index import Decision, Hit, Verdict
from backend.skills.label_index.normalise import normalise
from backend.skills.models import Concept
from backend.skills.services.wordings import catalogue_for
from backend.skills.understanding import index
from backend.skills.understanding.empty_words import PARTICLES
from backend.skills.understanding.index import CatalogueIndex
from backend.skills.understanding.languages import languages_stated
from backend.skills.understanding.licences import names_licence
from backend.skills.understanding.phrases import Part, bare
from backend.skills.understanding.plausible import plausible
from backend.skills.understanding.scanning import is_of_others, scan
from backend.skills.understanding.traits import trait_named

MOST_MEANINGS = 5
SURE_OF_PHRASE = 0.9
"""Degree of a label that stands among words that say nothing."""
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


def resolve_texts(
    texts: Sequence[str], *, kind: ConceptKind, municipality_id: UUID | None = None
) -> list[dict[str, Any]]:
    """Return, for each text, the columns of `models.ResolvedText` besides the text itself.

    A sure meaning is accepted; an unsure one is kept for a person to confirm; otherwise the text stands.
    What the municipality means by its words goes before what the catalogue says.
    """
    catalogue = catalogue_for(municipality_id)
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
    if told := catalogue.told_of(text):
        is_known = told.kind == kind and told.value in catalogue.vocabularies[kind].names
        return (
            Verdict("accept", [Hit(told.value, text, 1.0, "exact", 1.0)])
            if is_known
            else Verdict("leave", [])
        )
    verdict = _of_whole(text, kind, catalogue)
    if names_licence(text):
        cards = [hit for hit in verdict.hits if names_licence(hit.label)]
        return Verdict("ask" if cards else "leave", cards)
    if verdict.decision == "accept":
        return verdict._replace(decision="ask") if names_licence(verdict.hits[0].label) else verdict
    if languages_stated(text) or trait_named(text):
        return Verdict("leave", [])
    return _of_phrase(text, kind, catalogue) or verdict


def _of_whole(text: str, kind: ConceptKind, catalogue: CatalogueIndex) -> Verdict:
    """Judge the text as it stands, and without the words that say nothing."""
    verdict = catalogue.understand(text, kind, limit=MOST_MEANINGS)
    if verdict.decision != "accept" and (core := bare(text)) != text:
        verdict = min(verdict, catalogue.understand(core, kind, limit=MOST_MEANINGS), key=_order)
    if verdict.decision == "ask":
        hits = plausible(text, verdict.hits)
        return verdict._replace(hits=hits) if hits else Verdict("leave", [])
    return verdict


def _of_phrase(text: str, kind: ConceptKind, catalogue: CatalogueIndex) -> Verdict | None:
    """Judge by the one label of `kind` that stands in the text, where nothing else tells anything in it."""
    words = Part(text).words
    if not words or normalise(words[-1]) in PARTICLES:
        return None
    found, left = scan(words, {kind: catalogue.vocabularies[kind].phrases}, kind)
    if len(found) != 1 or left or found[0].is_licence or found[0].language or is_of_others(words, found[0]):
        return None
    hits = [
        Hit(key, label, SURE_OF_PHRASE, "words", SURE_OF_PHRASE) for key, label in found[0].concepts.items()
    ]
    return Verdict("accept" if len(hits) == 1 else "ask", hits[:MOST_MEANINGS])


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
