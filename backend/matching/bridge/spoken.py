"""Languages as the engine's skills: a level in a language is evidence for every line that it covers.

A line that the catalogue knows ("Svenska i tal") keeps its concept, and whoever reaches its level has that.
One that it does not ("goda kunskaper i arabiska") gets a concept of ours: the language and its least level.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from backend.matching.engine import Evidence, Level, Requirement, Source
from backend.skills import wording
from backend.skills.enums import Language, LanguageLevel
from backend.skills.understanding.language_lines import Asked, language_asked


@dataclass(frozen=True)
class Languages:
    """What each concept of the catalogue that is a language asks for."""

    asked: Mapping[str, Asked]

    def covered(self, code: str, level: str) -> Sequence[Evidence]:
        """Return what a level in a language is evidence for, worked out once."""
        key = (code, level)
        if key not in self._covered:
            self._covered[key] = tuple(_covered(code, level, self.asked))
        return self._covered[key]

    @cached_property
    def _covered(self) -> dict[tuple[str, str], Sequence[Evidence]]:
        return {}


def concept_of(asked: Asked) -> str:
    """Return our concept for a line that the catalogue does not know."""
    return f"language:{asked.language.value}:{asked.least.value}"


CONCEPTS = [concept_of(Asked(language, level)) for language in Language for level in LanguageLevel]


def languages_among(names: Mapping[str, tuple[str, str]]) -> Languages:
    """Return what those of the concepts with `names` (Swedish, English) that are languages ask for."""
    asked = ((concept, language_asked(swedish)) for concept, (swedish, _english) in names.items())
    return Languages({concept: each for concept, each in asked if each})


def requirement_of(concept: str | None, text: str, *, essential: bool) -> Requirement:
    """Return a line of an opening; one about a language that is not in the catalogue asks for its level."""
    asked = language_asked(text) if concept is None else None
    return Requirement(concept_of(asked) if asked else concept, text, essential=essential)


def spoken(levels: Mapping[str, str], among: Languages) -> Iterator[Evidence]:
    """Yield what `levels` by language are evidence for; a level that is not said is evidence of nothing."""
    for code, level in levels.items():
        if level:
            yield from among.covered(code, level)


def told_of_language(text: str, among: Languages) -> Iterator[Evidence]:
    """Yield what words about a language, ours or somebody's, and nothing beside it, are evidence for."""
    if said := wording.language_said(text):
        yield from among.covered(*said)
    elif asked := language_asked(text):
        yield from among.covered(asked.language, asked.least)


def _covered(code: str, level: str, among: Mapping[str, Asked]) -> Iterator[Evidence]:
    ours = ((concept_of(Asked(Language(code), each)), Asked(Language(code), each)) for each in LanguageLevel)
    for concept, asked in (*among.items(), *ours):
        if asked.language == code and asked.is_met_by(level):
            yield Evidence(concept, level=Level.INDEPENDENT, source=Source.COACH)
