"""A catalogue as its files state it: every fact once, by URI, before anything of it reaches the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from backend.skills.enums import ConceptKind, LabelKind

LONGEST = 200
"""Characters of a name or label, as many as the tables hold."""


class BrokenCatalogue(Exception):
    """A file is not what it should be; says which file and why. Nothing of the catalogue is used."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file, self.reason = file, reason


class ConceptFact(NamedTuple):
    uri: str
    kind: ConceptKind
    name_sv: str
    name_en: str = ""
    ssyk: str = ""


class LabelFact(NamedTuple):
    uri: str
    language: str
    text: str


class Substitute(NamedTuple):
    """`stand_in` can do `share` (0–1) of what `occupation` does."""

    occupation: str
    stand_in: str
    share: float


class Companion(NamedTuple):
    """Somebody who has `source` is worth `degree` (0–1) where `target` is asked for."""

    source: str
    target: str
    degree: float


@dataclass
class Catalogue:
    """All facts of one scheme; ends of relations that are no concepts of it are left out by `finish`."""

    scheme: str
    concepts: dict[str, ConceptFact] = field(default_factory=dict)
    labels: dict[LabelFact, LabelKind] = field(default_factory=dict)
    groups: set[tuple[str, str]] = field(default_factory=set)
    broader: set[tuple[str, str]] = field(default_factory=set)
    substitutes: set[Substitute] = field(default_factory=set)
    used_together: set[Companion] = field(default_factory=set)
    skills_of_occupations: set[Companion] = field(default_factory=set)

    def add(self, concept: ConceptFact, *, file: str) -> None:
        """Add a concept and its preferred labels. Raises BrokenCatalogue when it is there or has no name."""
        if concept.uri in self.concepts:
            raise BrokenCatalogue(file, f"{concept.uri} is there twice")
        if not concept.name_sv.strip():
            raise BrokenCatalogue(file, f"{concept.uri} has no preferred label")
        self.concepts[concept.uri] = concept
        for language, name in (("sv", concept.name_sv), ("en", concept.name_en)):
            if "\x00" in name:
                raise BrokenCatalogue(file, f"{concept.uri} has a label with a NUL character")
            if len(name) > LONGEST:
                raise BrokenCatalogue(file, f"{concept.uri} has a label of more than {LONGEST} characters")
            if name:
                self.labels[LabelFact(concept.uri, language, name)] = LabelKind.PREFERRED

    def say(self, uri: str, language: str, text: str, kind: LabelKind = LabelKind.ALTERNATIVE) -> None:
        """Add another way to say a concept; one that is empty, too long or said already changes nothing."""
        text = " ".join(text.replace("\x00", " ").split())
        if text and len(text) <= LONGEST:
            self.labels.setdefault(LabelFact(uri, language, text), kind)

    def finish(self, *, file: str) -> "Catalogue":
        """Leave out relations to what is no concept here. Raises BrokenCatalogue when there is no concept."""
        if not self.concepts:
            raise BrokenCatalogue(file, "it has no concepts")
        known: Mapping[str, ConceptFact] = self.concepts
        self.groups = {pair for pair in self.groups if pair[0] in known}
        self.broader = {(a, b) for a, b in self.broader if a in known and b in known and a != b}
        self.substitutes = {
            each
            for each in self.substitutes
            if each.occupation in known and each.stand_in in known and each.occupation != each.stand_in
        }
        self.used_together = self._between_known(self.used_together)
        self.skills_of_occupations = self._between_known(self.skills_of_occupations)
        return self

    def _between_known(self, pairs: set[Companion]) -> set[Companion]:
        return {each for each in pairs if each.source in self.concepts and each.target in self.concepts}
