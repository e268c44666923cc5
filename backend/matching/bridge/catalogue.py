"""The catalogue as the matcher needs it, kept in this process until the catalogue changes.

Readers never wait for a new import: while one thread reads the new version, the others go on with the old.
They do wait for what a coach has set by hand, because the coach looks at once whether it helped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap
from threading import Lock, Thread

from django.conf import settings
from django.db import connections
from django.db.models import QuerySet
from django.utils.translation import get_language

from backend.matching.engine import Edge, Membership, Relations
from backend.skills.facts import read_facts
from backend.skills.models import SET_BY_HAND, CatalogueVersion, Concept

Version = tuple[int, datetime]
"""Key and moment of the newest import; the moment too, because a rolled-back key is given again."""


@dataclass(frozen=True)
class Catalogue:
    """Relations for the engine, and the names of the concepts; `version` is None before the first import."""

    version: Version | None
    relations: Relations
    names: Mapping[str, tuple[str, str]]

    def name(self, concept: str) -> str:
        """Return a concept's name in the reader's language, in Swedish where there is none."""
        swedish, english = self.names[concept]
        return (english if (get_language() or "sv").startswith("en") else "") or swedish

    def named(self, concepts: Sequence[str]) -> list[str]:
        """Return the names of the concepts that are known."""
        return [self.name(each) for each in concepts if each in self.names]


class _Memory:
    """What this process holds. A reader takes `built` once and keeps it; nobody changes it in place."""

    built: Catalogue | None = None
    building = Lock()


def current() -> Catalogue:
    """Return the catalogue's relations: the newest, or those at hand while newer ones are being read."""
    return current_at(versions().values_list("id", "imported_at").first())


def current_at(version: Version | None) -> Catalogue:
    """Return what `current` does for a reader who has asked already which `version` is the newest."""
    built = _Memory.built
    if version is None:
        return _read(None)
    if built is not None and built.version == version:
        return built
    if built is None or not settings.LABEL_INDEX_IN_BACKGROUND or _is_set_by_hand(version):
        return _rebuilt(version)
    Thread(target=_rebuild_unless_somebody_does, args=[version], daemon=True).start()
    return built


def forget() -> None:
    """Let go of the relations, so that the next reader reads them."""
    _Memory.built = None


def versions() -> QuerySet[CatalogueVersion]:
    """Return the imports, the newest first."""
    return CatalogueVersion.objects.order_by("-id")


def at_hand() -> Version | None:
    """Return the version that this process holds; it need not be the newest."""
    return _Memory.built.version if _Memory.built else None


def _is_set_by_hand(version: Version) -> bool:
    return CatalogueVersion.objects.filter(pk=version[0], scheme=SET_BY_HAND).exists()


def _rebuilt(version: Version) -> Catalogue:
    with _Memory.building:
        if _Memory.built is None or _Memory.built.version != version:
            _Memory.built = _read(version)
        return _Memory.built


def _rebuild_unless_somebody_does(version: Version) -> None:
    if _Memory.building.acquire(blocking=False):
        try:
            _Memory.built = _read(version)
        finally:
            _Memory.building.release()
            connections.close_all()


def _read(version: Version | None) -> Catalogue:
    facts = read_facts()
    relations = Relations.build(
        concepts=facts.concepts,
        edges=starmap(Edge, facts.edges),
        memberships=starmap(Membership, facts.memberships),
        kin=starmap(Edge, facts.kin),
    )
    names = Concept.objects.order_by("pk").values_list("pk", "name_sv", "name_en")
    return Catalogue(version, relations, {str(pk): (sv, en) for pk, sv, en in names})
