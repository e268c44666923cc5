"""What words mean in a municipality, as its job coaches have said; read before the catalogue."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from backend.accounts.models import Municipality
from backend.skills.enums import ConceptKind
from backend.skills.label_index.normalise import key_of
from backend.skills.models import Wording
from backend.skills.understanding import index
from backend.skills.understanding.choices import Choice
from backend.skills.understanding.index import CatalogueIndex, Remembered
from backend.skills.understanding.phrases import bare


def remember_meaning(*, text: str, choice: Choice, municipality: Municipality, at: datetime) -> Wording:
    """Let `text` mean `choice` in the municipality from now on; an earlier meaning is replaced.

    To be called inside the write that it follows from.
    """
    is_concept = choice.kind in ConceptKind.values
    meaning = {
        "kind": choice.kind,
        "concept_id": int(choice.value) if is_concept else None,
        "code": "" if is_concept else choice.value,
        "said_at": at,
    }
    words = key_of(bare(text))
    wording, _made = Wording.objects.update_or_create(
        municipality=municipality, words=words, defaults=meaning
    )
    return wording


def catalogue_for(municipality_id: UUID | None) -> CatalogueIndex:
    """Return the index of the newest catalogue, with what the municipality means by some words."""
    catalogue = index.current(wait=True)
    if municipality_id is None:
        return catalogue
    rows = Wording.objects.filter(municipality=municipality_id).values_list(
        "words", "kind", "concept_id", "code"
    )
    remembered = {words: Remembered(kind, code or str(concept_id)) for words, kind, concept_id, code in rows}
    return replace(catalogue, remembered=remembered)
