"""What is remarked on in the words of an opening, at which field. Nothing is refused for it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _

from backend.employers.enums import OpeningKind
from backend.employers.writing.grounds import WHY, Ground
from backend.employers.writing.instead import INSTEAD
from backend.employers.writing.personal import of_somebody
from backend.employers.writing.rules import rules
from backend.skills.enums import Language, LanguageLevel, Licence

_BLANKS: Final = re.compile(r"[^\S\n]+")
_DRIVING: Final = frozenset(
    {
        Licence.DRIVING_AM,
        Licence.DRIVING_B,
        Licence.DRIVING_BE,
        Licence.DRIVING_C,
        Licence.DRIVING_CE,
        Licence.DRIVING_D,
    }
)
_MUCH: Final = frozenset({LanguageLevel.C1, LanguageLevel.NATIVE})


@dataclass(frozen=True)
class Texts:
    """What is written in an opening: each text under the name of its field, and what was ticked."""

    kind: str
    texts: Mapping[str, Sequence[str]]
    licences: Sequence[str] = ()
    languages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Remark:
    """One warning at one field: the words as they stand there, why, and how to say it instead."""

    at: str
    words: str
    ground: Ground
    instead: Promise | str

    @property
    def about(self) -> str:
        """The ground in words."""
        return str(self.ground.label)

    @property
    def why(self) -> str:
        """Why the words are remarked on."""
        return str(WHY[self.ground])


def remarks_on(written: Texts) -> list[Remark]:
    """Return all that is remarked on, field by field; of one ground only the first at each field."""
    found: dict[tuple[str, Ground, str], Remark] = {}
    for remark in _all(written):
        found.setdefault((remark.at, remark.ground, str(remark.instead)), remark)
    return list(found.values())


def _all(written: Texts) -> Iterator[Remark]:
    is_internship = written.kind != OpeningKind.JOB
    for name, texts in written.texts.items():
        for text in texts:
            yield from _in(name, _BLANKS.sub(" ", normalize_newlines(text)), is_internship=is_internship)
    if is_internship and _DRIVING & {*written.licences}:
        licence = next(code for code in written.licences if code in _DRIVING)
        yield Remark("licences", str(Licence(licence).label), Ground.BEYOND, INSTEAD["licence"])
    if is_internship and written.languages.get(Language.SWEDISH) in _MUCH:
        level = LanguageLevel(written.languages[Language.SWEDISH]).label
        words = _("Swedish: %(level)s") % {"level": level}
        yield Remark("languages", words, Ground.BEYOND, INSTEAD["swedish"])


def _in(name: str, text: str, *, is_internship: bool) -> Iterator[Remark]:
    for rule in rules():
        if rule.of_internships and not is_internship:
            continue
        if hit := rule.pattern.search(text):
            yield Remark(name, hit[0], rule.ground, rule.instead)
    if whose := of_somebody(text):
        yield Remark(name, whose, Ground.PERSONAL, INSTEAD["personal"])
