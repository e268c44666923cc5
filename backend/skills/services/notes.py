"""Notes about a person, part by part: what each tells, as the fields of the file understand it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from backend.skills.enums import ConceptKind, Tells
from backend.skills.label_index import Decision, Verdict
from backend.skills.services.texts import SURE_OF_PHRASE, verdict_on
from backend.skills.services.wordings import catalogue_for
from backend.skills.understanding.choices import choice_of
from backend.skills.understanding.index import CatalogueIndex
from backend.skills.understanding.languages import LanguageStated, languages_stated
from backend.skills.understanding.licences import classes_named, licence_names, names_licence
from backend.skills.understanding.phrases import (
    Part,
    bare,
    is_in_another_script,
    parts_of,
    pieces_of,
    says_nothing,
    tells_occupation,
)
from backend.skills.understanding.private_words import is_private
from backend.skills.understanding.scanning import Found, hyphened, is_of_others, scan
from backend.skills.understanding.traits import trait_named

MOST_OFFERED = 3
DECISIONS: tuple[Decision, ...] = ("accept", "ask", "leave")
"""The surest first."""
SHORTEST_HEAD = 5
"""Letters of the occupation that a longer word ends in ("engelsklärare")."""


@dataclass(frozen=True)
class Told:
    """One reading of a note: what its piece tells, under which name, and whether a person should be asked.

    `offered` has the names to choose from when it is asked about, `level` that of a language. `way` is
    "wish" or "done", `years` how long, `how` "little" or "well", each where the words say so.
    """

    text: str
    kind: Tells
    name: str | None
    decision: Decision
    offered: Sequence[str] = ()
    level: str | None = None
    way: str = ""
    years: int | None = None
    how: str = ""


def read_note(text: str, *, municipality_id: UUID | None = None) -> list[Told]:
    """Tell what each part of `text` says, in its order, as the municipality understands its words."""
    catalogue = catalogue_for(municipality_id)
    return _once([told for piece in pieces_of(text) for told in _told(piece, catalogue)])


def _once(told: Sequence[Told]) -> list[Told]:
    """Leave out what was surely told before; the first keeps what a later one adds about it."""
    found: list[Told] = []
    for each in told:
        same = next((one for one in found if one.name and _is_same(one, each)), None)
        if same is None:
            found.append(each)
        else:
            found[found.index(same)] = replace(
                same,
                level=same.level or each.level,
                way=same.way or each.way,
                years=same.years or each.years,
                how=same.how or each.how,
            )
    return found


def _is_same(one: Told, other: Told) -> bool:
    return (one.kind, one.name, one.decision) == (other.kind, other.name, "accept")


def _told(piece: Part, catalogue: CatalogueIndex) -> Iterator[Told]:
    """Read a piece as a whole where that makes sense, otherwise each of its parts."""
    parts = parts_of(piece)
    if not piece.is_denied and not is_private(piece.text) and not _has_aside(piece):
        whole = _sure(piece, catalogue, is_one=len(parts) < 2)
        if whole:
            yield from whole
            return
    for part in parts:
        yield from (_heard(told, part) for told in _read(part, catalogue))


def _has_aside(piece: Part) -> bool:
    """Tell whether brackets hold something besides a language and its level."""
    return "(" in piece.text and not languages_stated(piece.text)


def _read(part: Part, catalogue: CatalogueIndex) -> list[Told]:
    """Read one part: what is surely meant by all of it, what stands in it, what it may mean."""
    if part.is_denied or is_private(part.text):
        return [_nothing(part)]
    return (
        _sure(part, catalogue)
        or _standing_in(part, catalogue)
        or _asked(part, catalogue)
        or _by_head(part, catalogue)
        or [_nothing(part)]
    )


def _sure(part: Part, catalogue: CatalogueIndex, *, is_one: bool = True) -> list[Told]:
    """Read a part that is one thing as a whole; licences are asked about, as everywhere.

    Unless it `is_one`, a label that stands somewhere in it is not the whole.
    """
    text = part.text
    told = catalogue.told_of(text)
    if told and (coded := choice_of(f"{told.kind}:{told.value}")) and told.kind not in ConceptKind.values:
        return [Told(text, Tells(told.kind), coded.text, "accept")]
    if names_licence(text) or names_licence(bare(text)):
        return [_licence(text, part)]
    if classes := classes_named(text):
        return [Told(text, Tells.LICENCE, name, "ask", [name]) for name in classes]
    if languages := languages_stated(text):
        return [_language(text, language) for language in languages]
    found = {kind: verdict_on(text, kind, catalogue) for kind in ConceptKind}
    kind = min(found, key=lambda kind: _order(part, kind, found))
    if found[kind].decision == "accept" and (is_one or found[kind].hits[0].degree != SURE_OF_PHRASE):
        return [
            _heard(Told(text, Tells(kind.value), _names(found[kind], kind, catalogue)[0], "accept"), part)
        ]
    if trait := trait_named(text) or trait_named(bare(text)):
        return [Told(text, Tells.TRAIT, trait, "accept")]
    return []


def _standing_in(part: Part, catalogue: CatalogueIndex) -> list[Told]:
    """Read the labels, licences and languages that stand among the words of a part."""
    words = list(hyphened(part.words))
    tells = tells_occupation(part.text) or part.way == "wish"
    first = ConceptKind.OCCUPATION if tells else ConceptKind.SKILL
    books = {kind: catalogue.vocabularies[kind].phrases for kind in ConceptKind}
    found, left = scan(words, books, first)
    return [_of_found(words, one, left, part, catalogue) for one in found]


def _of_found(
    words: Sequence[str], found: Found, left: Sequence[str], part: Part, catalogue: CatalogueIndex
) -> Told:
    text = " ".join(words[found.start : found.end])
    if found.is_licence:
        return _licence(text, part)
    if found.language:
        return _language(text, found.language)
    kind = found.kind or ConceptKind.SKILL
    names = [catalogue.vocabularies[kind].names[key][0] for key in found.concepts][:MOST_OFFERED]
    is_clear = not left or " " in text or (kind == ConceptKind.OCCUPATION and _is_first(words, found))
    is_sure = len(names) == 1 and is_clear and not is_of_others(words, found)
    return Told(text, Tells(kind.value), names[0], "accept" if is_sure else "ask", () if is_sure else names)


def _is_first(words: Sequence[str], found: Found) -> bool:
    """Tell whether only words that say nothing come before: what follows tells more of it."""
    return all(map(says_nothing, words[: found.start]))


def _asked(part: Part, catalogue: CatalogueIndex) -> list[Told]:
    if all(map(says_nothing, part.words)) or is_in_another_script(part.text):
        return []
    found = {kind: verdict_on(part.text, kind, catalogue) for kind in ConceptKind}
    kind = min(found, key=lambda kind: _order(part, kind, found))
    if found[kind].decision == "leave":
        return []
    names = _names(found[kind], kind, catalogue)
    if names_licence(found[kind].hits[0].label):
        return [Told(part.text, Tells.LICENCE, None, "ask", names)]
    return [Told(part.text, Tells(kind.value), names[0], "ask", names)]


def _by_head(part: Part, catalogue: CatalogueIndex) -> list[Told]:
    """Ask about the occupation that one long word ends in: an "engelsklärare" is a kind of "lärare"."""
    book = catalogue.vocabularies[ConceptKind.OCCUPATION].phrases
    for word in (word.casefold() for word in part.words if not says_nothing(word)):
        for start in range(3, len(word) - SHORTEST_HEAD + 1):
            if concepts := book.find([word[start:]]):
                names = [catalogue.vocabularies[ConceptKind.OCCUPATION].names[key][0] for key in concepts]
                return [Told(part.text, Tells.OCCUPATION, names[0], "ask", names[:MOST_OFFERED])]
    return []


def _order(
    part: Part, kind: ConceptKind, found: Mapping[ConceptKind, Verdict]
) -> tuple[int, bool, bool, float]:
    """Prefer what is surer, then the very words, then what the words before it say, then the likelier."""
    verdict = found[kind]
    tells = tells_occupation(part.text) or part.way == "wish"
    said_otherwise = tells != (kind == ConceptKind.OCCUPATION)
    is_found = verdict.decision == "accept" and verdict.hits[0].why not in ("exact", "synonym")
    degree = verdict.hits[0].degree if verdict.hits else 0.0
    if verdict.decision == "ask" and not tells:
        said_otherwise = False
    return DECISIONS.index(verdict.decision), is_found, said_otherwise, -degree


def _names(verdict: Verdict, kind: ConceptKind, catalogue: CatalogueIndex) -> list[str]:
    names = catalogue.vocabularies[kind].names
    return [names[hit.concept_id][0] for hit in verdict.hits[:MOST_OFFERED]]


def _licence(text: str, part: Part) -> Told:
    names = licence_names(text) or licence_names(bare(text))
    return _heard(Told(text, Tells.LICENCE, names[0] if len(names) == 1 else None, "ask", names), part)


def _language(text: str, stated: LanguageStated) -> Told:
    return Told(text, Tells.LANGUAGE, stated.name, "accept", (), stated.level)


def _nothing(part: Part) -> Told:
    return Told(part.text, Tells.NONE, None, "leave")


def _heard(told: Told, part: Part) -> Told:
    """Add what the words around say of a skill or an occupation."""
    if told.kind not in (Tells.SKILL, Tells.OCCUPATION):
        return told
    return replace(told, way=part.way, years=part.years, how=part.how)
