"""Lines that ask for a language, and which level is enough. Plain Python, for Swedish.

"Svenska i tal", "goda kunskaper i arabiska", "språk: somaliska" and "vardagsengelska" ask for what a person's
level in that language says. Which level the words mean is ours, by the self-assessment grid of the Common
European Framework (Council of Europe, 2001): without any such word B1, enough for most of an ordinary day.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from backend.skills.enums import Language, LanguageLevel
from backend.skills.label_index.normalise import normalise
from backend.skills.understanding.languages import language_of

WORDS = Path(__file__).resolve().parents[1] / "data" / "language_lines.tsv"
LEVELS = list(LanguageLevel)
ENOUGH = LanguageLevel.B1
_SFI = re.compile(r"^sfi ?(?:kurs )?([a-d])?$")
_AFTER_SFI = {
    "a": LanguageLevel.A1,
    "b": LanguageLevel.A1,
    "c": LanguageLevel.A2,
    "d": LanguageLevel.B1,
}
"""What a finished course of Swedish for immigrants comes to, by the syllabus of the National Agency."""


class Asked(NamedTuple):
    """A language and the least level of it."""

    language: Language
    least: LanguageLevel

    def is_met_by(self, level: str) -> bool:
        """Whether somebody at `level` has enough."""
        return LEVELS.index(LanguageLevel(level)) >= LEVELS.index(self.least)


@lru_cache(maxsize=20_000)
def language_asked(text: str) -> Asked | None:
    """Return the one language that `text` asks for, and nothing beside; None for anything else."""
    words = normalise(text).split()
    if course := _SFI.match(" ".join(words)):
        return Asked(Language.SWEDISH, _AFTER_SFI.get(course[1] or "", LanguageLevel.A2))
    languages: list[Language] = []
    levels: list[LanguageLevel] = []
    for word in words:
        if word in _words():
            levels += filter(None, [_words()[word]])
        elif word.upper() in LanguageLevel.values:
            return _with_level(words, word)
        elif found := _language(word):
            languages.append(found.language)
            levels += [found.least] if found.least != ENOUGH else []
        else:
            return None
    if len(languages) != 1:
        return None
    return Asked(languages[0], max(levels, key=LEVELS.index, default=ENOUGH))


def _with_level(words: list[str], level: str) -> Asked | None:
    """Return what is asked for where a level of the framework is named, which counts before other words."""
    rest = language_asked(" ".join(word for word in words if word != level))
    return rest and Asked(rest.language, LanguageLevel(level.upper()))


def _language(word: str) -> Asked | None:
    """Return the language of a word: its name, or one that begins with how much ("skolengelska")."""
    named = language_of(word)
    if named is not None and named.code is not None:
        return Asked(named.code, ENOUGH)
    for beginning, level in _words().items():
        if beginning.endswith("-") and level and word.startswith(beginning[:-1]):
            named = language_of(word.removeprefix(beginning[:-1]))
            if named is not None and named.code is not None:
                return Asked(named.code, level)
    return None


@cache
def _words() -> dict[str, LanguageLevel | None]:
    """Return the words that may stand in such a line, with what they say of the level."""
    _head, *lines = WORDS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return {word: LanguageLevel(level) if level else None for words, level in rows for word in words.split()}
