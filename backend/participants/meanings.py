"""The bridge to the catalogue: how a text that somebody wrote is understood, and what else it may mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from backend.skills.enums import ConceptKind, Resolution, Tells
from backend.skills.models import Concept
from backend.skills.services import meanings_of, resolve_texts
from backend.skills.understanding.languages import language_named
from backend.skills.understanding.licences import names_licence

MOST_CANDIDATES = 3


@dataclass(frozen=True)
class Reading:
    """What the catalogue makes of a text: `resolution`, and the concepts that it is or may be.

    `tells` names what it is instead, where it has a field of its own: a licence or a language.
    """

    text: str
    resolution: str
    candidates: Sequence[Concept]
    tells: str

    @property
    def is_recognised(self) -> bool:
        """Whether the catalogue knows what is meant."""
        return self.resolution == Resolution.ACCEPTED

    @property
    def asks(self) -> bool:
        """Whether a person should say which of the candidates is meant."""
        return self.resolution == Resolution.ASK

    @property
    def hint(self) -> str:
        """Where else it is to be written, as what it is; empty where it stands well."""
        if self.tells == Tells.LICENCE:
            return _(
                "This is a licence. Tick it among the licences too: places that need it are found by that."
            )
        if self.tells and not self.is_recognised:
            return _("This is a language. State it among the languages, with its level.")
        return ""


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


def candidates_for(texts: Sequence[str], kind: ConceptKind) -> dict[str, Sequence[Concept]]:
    """Return for each text the concepts that it may mean, the surest first, at most three."""
    meanings = meanings_of(texts, kind=kind, limit=MOST_CANDIDATES) if texts else {}
    return {text: [meaning.concept for meaning in found] for text, found in meanings.items()}


def read_aloud(text: str, kind: ConceptKind) -> Reading | None:
    """Return how `text` would be understood, for the one who is writing it; None for no text."""
    text = " ".join(text.split())
    if not text:
        return None
    [columns] = understand([text], kind)
    return Reading(text, columns["resolution"], candidates_for([text], kind)[text], _tells(text))


def _tells(text: str) -> str:
    if names_licence(text):
        return Tells.LICENCE
    return Tells.LANGUAGE if language_named(text) else ""
