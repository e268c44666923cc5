"""Notes about a person, piece by piece: what each tells, as the fields of the file understand it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.utils.translation import override

from backend.skills.enums import ConceptKind, Tells
from backend.skills.label_index import Decision, Verdict
from backend.skills.services.texts import verdict_on
from backend.skills.understanding import index
from backend.skills.understanding.index import CatalogueIndex
from backend.skills.understanding.phrases import bare, parts_of, pieces_of, tells_occupation
from backend.skills.understanding.statements import language_named, licences_named, names_licence, trait_named

MOST_OFFERED = 3
DECISIONS: tuple[Decision, ...] = ("accept", "ask", "leave")
"""The surest first."""


@dataclass(frozen=True)
class Told:
    """One piece of a note: what it tells, under which name, and whether a person should be asked.

    `offered` has the names to choose from when it is asked about, `level` that of a language.
    """

    text: str
    kind: Tells
    name: str | None
    decision: Decision
    offered: Sequence[str] = ()
    level: str | None = None


class _Choice(TypedDict):
    kind: ConceptKind
    verdict: Verdict


def read_note(line: str) -> list[Told]:
    """Tell what each piece of `line` says, in its order."""
    catalogue = index.current(wait=True)
    return [told for piece in pieces_of(line) for told in _told(piece, catalogue)]


def _told(piece: str, catalogue: CatalogueIndex) -> Iterator[Told]:
    """Read a piece as a whole where that makes sense, otherwise each part between its "och"."""
    whole, parts = _read(piece, catalogue), parts_of(piece)
    if whole.decision == "accept" or whole.kind == Tells.LICENCE or len(parts) < 2:
        yield whole
    else:
        yield from (_read(part, catalogue) for part in parts)


def _read(piece: str, catalogue: CatalogueIndex) -> Told:
    if names_licence(piece):
        names = _names_of_licences(piece)
        return Told(piece, Tells.LICENCE, names[0] if len(names) == 1 else None, "ask", names)
    found = {kind: verdict_on(piece, kind, catalogue) for kind in ConceptKind}
    kind = min(found, key=lambda kind: _order(piece, kind, found))
    verdict = found[kind]
    if verdict.decision != "accept":
        if language := language_named(bare(piece)) or language_named(piece):
            return Told(piece, Tells.LANGUAGE, language.name, "accept", (), language.level)
        if trait := trait_named(bare(piece)):
            return Told(piece, Tells.TRAIT, trait, "accept")
    names = [catalogue.vocabularies[kind].names[hit.concept_id][0] for hit in verdict.hits[:MOST_OFFERED]]
    if verdict.decision == "leave":
        return Told(piece, Tells.NONE, None, "leave")
    if names_licence(verdict.hits[0].label) and verdict.decision == "ask":
        return Told(piece, Tells.LICENCE, None, "ask", names)
    return Told(
        piece, Tells(kind.value), names[0], verdict.decision, () if verdict.decision == "accept" else names
    )


def _order(piece: str, kind: ConceptKind, found: Mapping[ConceptKind, Verdict]) -> tuple[int, bool, float]:
    """Prefer what is surer; of equals what the words before it say, then the likelier."""
    verdict = found[kind]
    said_otherwise = tells_occupation(piece) != (kind == ConceptKind.OCCUPATION)
    degree = verdict.hits[0].degree if verdict.hits else 0.0
    if verdict.decision == "ask" and not tells_occupation(piece):
        said_otherwise = False
    return DECISIONS.index(verdict.decision), said_otherwise, -degree


def _names_of_licences(piece: str) -> list[str]:
    with override("sv"):
        return [str(licence.label) for licence in licences_named(piece)]
