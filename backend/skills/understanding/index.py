"""The catalogue in the memory of this process, searched by text, and exchanged when the catalogue changes.

Readers never wait for a new import: while one thread builds the index of the new version, the others go on
with the one they have. Only `current(wait=True)`, which the services that write use, waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.conf import settings

from backend.core.kept import Held, Kept
from backend.skills.label_index import Verdict
from backend.skills.label_index.normalise import key_of
from backend.skills.models import CatalogueVersion
from backend.skills.understanding.phrases import bare
from backend.skills.understanding.vocabulary import (
    MOST_SUGGESTIONS,
    Suggestion,
    Vocabulary,
    read_vocabularies,
)

Version = tuple[int, datetime]
"""Key and moment of the newest import; the moment too, because a rolled-back key is given again."""


class Remembered(NamedTuple):
    """What words mean in a municipality: the key of a concept, or the code of a language or licence."""

    kind: str
    value: str


@dataclass(frozen=True)
class CatalogueIndex:
    """Both vocabularies as of one version of the catalogue; `version` is None before the first import.

    `remembered` has what a municipality means by some words, by those words normalised.
    """

    version: Version | None
    vocabularies: Mapping[str, Vocabulary]
    remembered: Mapping[str, Remembered] = field(default_factory=dict)

    def told_of(self, text: str) -> Remembered | None:
        """Return what a coach has said that `text` means, with or without the words that say nothing."""
        return self.remembered.get(key_of(text)) or self.remembered.get(key_of(bare(text)))

    def understand(self, text: str, kind: str, *, limit: int) -> Verdict:
        """Tell whether `text` means, or may mean, concepts of `kind`: the surest first."""
        return self.vocabularies[kind].understand(text, limit=limit)

    def suggest(self, typed: str, kind: str, *, limit: int = MOST_SUGGESTIONS) -> list[Suggestion]:
        """List the concepts of `kind` for a text that is still being written."""
        return self.vocabularies[kind].suggest(typed, limit=limit)


_kept: Kept[Version, CatalogueIndex] = Kept()


def current(*, wait: bool = False) -> CatalogueIndex:
    """Return the index of the catalogue, built at first use and again after each import.

    With `wait`, always that of the newest version; otherwise the one at hand while a newer one is built.
    """
    version = newest_version()
    if version is None:
        return CatalogueIndex(None, read_vocabularies())
    return _kept.get(
        is_current=lambda built: built == version,
        make=lambda: Held(version, CatalogueIndex(version, read_vocabularies())),
        old_will_do=settings.LABEL_INDEX_IN_BACKGROUND and not wait,
    )


def forget() -> None:
    """Let go of the index, so that the next reader builds it."""
    _kept.forget()


def newest_version() -> Version | None:
    """Return the version of the newest import; None before the first."""
    return CatalogueVersion.objects.imports().order_by("-id").values_list("id", "imported_at").first()
