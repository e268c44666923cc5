"""The bridge to the catalogue: how a text that somebody wrote is understood."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.skills.enums import ConceptKind, Resolution
from backend.skills.services import resolve_texts


def understand(
    texts: Sequence[str], kind: ConceptKind, *, municipality_id: UUID | None = None
) -> list[dict[str, Any]]:
    """Return the columns of `ResolvedText` for each of `texts`, as a municipality understands them."""
    answers = resolve_texts(texts, kind=kind, municipality_id=municipality_id) if texts else []
    return [{"text": text, **columns} for text, columns in zip(texts, answers, strict=True)]


def concepts_meant_by(text: str, kind: ConceptKind) -> list[int]:
    """Return the key of the concept that a search for `text` surely means; none when nothing is sure."""
    [columns] = understand([text], kind)
    return [columns["concept_id"]] if columns["resolution"] == Resolution.ACCEPTED else []
