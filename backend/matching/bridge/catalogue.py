"""The catalogue as the matcher needs it, kept in this process until the catalogue changes.

Readers never wait for a new import: while one thread reads the new version, the others go on with the old.
They do wait for what a coach has set by hand, because the coach looks at once whether it helped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language

from backend.core.kept import Held, Kept
from backend.matching.bridge.spoken import CONCEPTS as LANGUAGES
from backend.matching.bridge.spoken import Languages, languages_among
from backend.matching.engine import Edge, Membership, Relations
from backend.skills.models import SET_BY_HAND, CatalogueVersion, Concept
from backend.skills.relations.graph import read_graph

Version = tuple[int, datetime]
"""Key and moment of the newest import; the moment too, because a rolled-back key is given again."""


@dataclass(frozen=True)
class Catalogue:
    """Relations for the engine, names of the concepts, and which are languages.

    `version` is None before the first import.
    """

    version: Version | None
    relations: Relations
    names: Mapping[str, tuple[str, str]]
    languages: Languages

    @property
    def number(self) -> int | None:
        """The number of the version; None before the first import."""
        return self.version[0] if self.version else None

    def name(self, concept: str) -> str:
        """Return a concept's name in the reader's language, in Swedish where there is none."""
        swedish, english = self.names[concept]
        return (english if (get_language() or "sv").startswith("en") else "") or swedish

    def named(self, concepts: Sequence[str]) -> list[str]:
        """Return the names of the concepts that are known."""
        return [self.name(each) for each in concepts if each in self.names]


KEPT = 4
"""Municipalities whose relations are kept at a time."""
_kept: Kept[Version, Catalogue] = Kept(most=KEPT)


def current(municipality: UUID | None) -> Catalogue:
    """Return the relations that hold in `municipality`: the newest, or those at hand while newer are read.

    Without a municipality nothing holds that somebody has set by hand.
    """
    return current_at(versions().values_list("id", "imported_at").first(), municipality)


def current_at(version: Version | None, municipality: UUID | None) -> Catalogue:
    """Return what `current` does for a reader who has asked already which `version` is the newest."""
    if version is None:
        return _read(None, municipality)
    held = _kept.at_hand(municipality)
    if held is not None and held.version == version:
        return held.item
    return _kept.get(
        municipality,
        is_current=lambda built: built == version,
        make=lambda: Held(version, _read(version, municipality)),
        old_will_do=settings.LABEL_INDEX_IN_BACKGROUND and not _is_set_by_hand(version),
    )


def forget() -> None:
    """Let go of the relations, so that the next reader reads them."""
    _kept.forget()


def versions() -> QuerySet[CatalogueVersion]:
    """Return the imports, the newest first."""
    return CatalogueVersion.objects.order_by("-id")


def _is_set_by_hand(version: Version) -> bool:
    return CatalogueVersion.objects.filter(pk=version[0], scheme=SET_BY_HAND).exists()


def _read(version: Version | None, municipality: UUID | None) -> Catalogue:
    graph = read_graph(municipality)
    relations = Relations.build(
        concepts=[*graph.concepts, *LANGUAGES],
        edges=starmap(Edge, graph.edges),
        memberships=starmap(Membership, graph.memberships),
        kin=starmap(Edge, graph.kin),
    )
    rows = Concept.objects.order_by("pk").values_list("pk", "name_sv", "name_en")
    names = {str(pk): (sv, en) for pk, sv, en in rows}
    return Catalogue(version, relations, names, languages_among(names))
