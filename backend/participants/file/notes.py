"""Free text about a new participant, put into the rows of the form: done, wished, spoken, held."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from backend.participants import worked
from backend.participants.enums import EvidenceSource, SkillLevel
from backend.skills.enums import Licence, Tells
from backend.skills.services import Told, read_note
from backend.skills.understanding.languages import language_of
from backend.skills.understanding.licences import licences_named
from backend.skills.understanding.phrases import bare, is_in_another_script
from backend.skills.understanding.private_words import is_private

LONGEST_TEXT = 200
LEVELS = {"little": SkillLevel.BEGINNER, "well": SkillLevel.INDEPENDENT}
Row = dict[str, str]


@dataclass
class Heard:
    """What a text told, as rows of the form by its prefixes, and what became no row.

    `is_private` tells that something about health, family or benefits was passed over; it is not repeated.
    """

    rows: dict[str, list[Row]] = field(
        default_factory=lambda: {"skills": [], "experiences": [], "wishes": [], "languages": []}
    )
    licences: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    is_private: bool = False

    @property
    def count(self) -> int:
        """How many rows and licences there are."""
        return sum(map(len, self.rows.values())) + len(self.licences)


def hear(text: str, *, municipality_id: UUID | None = None) -> Heard:
    """Read `text` as the municipality understands its words; what is unsure becomes a row that asks."""
    heard = Heard()
    for told in read_note(text, municipality_id=municipality_id):
        _PUT.get(told.kind, _leave)(told, heard)
    return heard


def _put_skill(told: Told, heard: Heard) -> None:
    if told.way == "wish":
        _add(heard.rows["wishes"], {"text": _words(told)})
        return
    level = LEVELS.get(told.how, "")
    _add(
        heard.rows["skills"], {"text": _words(told), "level": str(level), "source": EvidenceSource.SELF.value}
    )


def _put_occupation(told: Told, heard: Heard) -> None:
    if told.way == "wish":
        _add(heard.rows["wishes"], {"text": _words(told)})
        return
    how_long = worked.as_written(told.years * worked.MONTHS_A_YEAR if told.years else None)
    _add(heard.rows["experiences"], {"text": _words(told), "how_long": how_long})


def _put_language(told: Told, heard: Heard) -> None:
    stated = language_of(told.name or "")
    if stated is None or stated.code is None:
        _leave(told, heard)
        return
    _add(heard.rows["languages"], {"language": stated.code.value, "level": told.level or ""})


def _put_licence(told: Told, heard: Heard) -> None:
    codes = (
        licences_named(told.name or told.text) or licences_named(told.text) or licences_named(bare(told.text))
    )
    if len(codes) == 1 and told.name:
        heard.licences.append(Licence(codes[0]).value)
    else:
        _leave(told, heard)


def _leave(told: Told, heard: Heard) -> None:
    if is_private(told.text):
        heard.is_private = True
    else:
        (heard.unread if is_in_another_script(told.text) else heard.left).append(told.text)


_PUT: Mapping[Tells, Callable[[Told, Heard], None]] = {
    Tells.SKILL: _put_skill,
    Tells.OCCUPATION: _put_occupation,
    Tells.LANGUAGE: _put_language,
    Tells.LICENCE: _put_licence,
}


def _words(told: Told) -> str:
    """Return what is kept as written, without what only leads to it."""
    return bare(told.text)[:LONGEST_TEXT]


def _add(rows: list[Row], row: Row) -> None:
    """Add a row unless one is there that begins with the same words."""
    if _first(row) not in map(_first, rows):
        rows.append(row)


def _first(row: Row) -> str:
    return next(iter(row.values())).casefold()
