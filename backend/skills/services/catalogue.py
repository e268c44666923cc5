"""Brings a catalogue into the database: only what differs is written, all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Model, Q, QuerySet

from backend.accounts.models import User
from backend.core.text.keys import search_key, sound_key
from backend.core.text.sorting import sort_key
from backend.core.writing.transactions import one_write
from backend.skills.enums import RelationKind
from backend.skills.importers import Catalogue, read_catalogue
from backend.skills.importers.catalogue import ConceptFact
from backend.skills.models import CatalogueVersion, Concept, ConceptGroup, Label, Relation
from backend.skills.services.relating import Relations, relate

KEYS_AT_ONCE = 500
CONCEPT_COLUMNS = (*ConceptFact._fields, "scheme", "sort_key", "search_key", "sound_key", "retired_at")
LABEL_COLUMNS = ("concept_id", "language", "text", "kind", "search_key")


@dataclass(frozen=True)
class ImportReport:
    """How many concepts were added, changed and retired, and how many labels and relations there are now."""

    scheme: str
    added: int
    changed: int
    retired: int
    labels: int
    relations: int

    def __str__(self) -> str:
        return (
            f"{self.scheme}: {self.added} added, {self.changed} changed, {self.retired} retired; "
            f"{self.labels} labels, {self.relations} relations"
        )


@one_write
def import_catalogue(
    *, source: str, directory: Path | None = None, by: User | None, at: datetime
) -> ImportReport:
    """Bring the catalogue `source` (one of importers.SOURCES) up to what its files say; repeatable.

    A concept that the files no longer have is retired, never deleted: somebody may have it. Relations that
    a coach has set stay. Raises BrokenCatalogue, and then nothing has been imported.
    """
    catalogue = read_catalogue(source, directory)
    stored = {each.uri: each for each in Concept.objects.filter(scheme=catalogue.scheme)}
    added, changed, retired = _merge_concepts(catalogue, stored, at=at)
    current = Concept.objects.current().filter(scheme=catalogue.scheme)
    key_of = dict(current.order_by("pk").values_list("uri", "pk"))
    touched = _merge_facts(catalogue, key_of)
    changed |= {uri for uri, key in key_of.items() if key in touched} - added
    has_new_relations = _merge_relations(relate(catalogue, key_of), catalogue.scheme)
    if added or changed or retired or has_new_relations:
        CatalogueVersion.objects.create(
            scheme=catalogue.scheme,
            imported_at=at,
            by=by,
            added=len(added),
            changed=len(changed),
            retired=len(retired),
        )
    return ImportReport(
        catalogue.scheme,
        len(added),
        len(changed),
        len(retired),
        Label.objects.filter(concept__scheme=catalogue.scheme).count(),
        Relation.objects.filter(target__scheme=catalogue.scheme).count(),
    )


def _merge_concepts(
    catalogue: Catalogue, stored: Mapping[str, Concept], *, at: datetime
) -> tuple[set[str], set[str], set[str]]:
    """Write new and different concepts, retire the missing; return the URIs added, changed and retired."""
    added = set(catalogue.concepts) - set(stored)
    changed = {uri for uri, each in stored.items() if uri in catalogue.concepts and _differs(each, catalogue)}
    gone = [each for uri, each in stored.items() if uri not in catalogue.concepts and not each.retired_at]
    _insert(Concept, CONCEPT_COLUMNS, [_row(catalogue, uri) for uri in sorted(added)])
    for uri in changed:
        for column, value in zip(CONCEPT_COLUMNS, _row(catalogue, uri), strict=True):
            setattr(stored[uri], column, value)
    for each in gone:
        each.retired_at = at
    touched = [*(stored[uri] for uri in sorted(changed)), *gone]
    Concept.objects.bulk_update(touched, CONCEPT_COLUMNS[1:], batch_size=KEYS_AT_ONCE)
    return added, changed, {each.uri for each in gone}


def _differs(row: Concept, catalogue: Catalogue) -> bool:
    stored = ConceptFact(row.uri, row.kind, row.name_sv, row.name_en, row.ssyk)  # type: ignore[arg-type]
    return stored != catalogue.concepts[row.uri] or row.retired_at is not None


def _row(catalogue: Catalogue, uri: str) -> tuple[Any, ...]:
    fact = catalogue.concepts[uri]
    names = [fact.name_sv, fact.name_en]
    return (*fact, catalogue.scheme, sort_key(fact.name_sv), search_key(names), sound_key(names), None)


def _merge_facts(catalogue: Catalogue, key_of: Mapping[str, int]) -> set[int]:
    """Write the labels and groups that differ; return the keys of the concepts that they belong to."""
    of_current = {"concept__scheme": catalogue.scheme, "concept__retired_at__isnull": True}
    labels = {
        (key_of[label.uri], label.language, label.text, str(kind), search_key([label.text]))
        for label, kind in catalogue.labels.items()
    }
    groups = {(key_of[uri], group) for uri, group in catalogue.groups}
    touched = _merge(Label.objects.filter(**of_current), LABEL_COLUMNS, labels)
    touched |= _merge(ConceptGroup.objects.filter(**of_current), ["concept_id", "group"], groups)
    return {key for key, *_ in touched}


def _merge_relations(wanted: Relations, scheme: str) -> bool:
    """Write the relations with an end in `scheme` that differ; tell whether there were any."""
    rows = Relation.objects.filter(
        Q(source__scheme=scheme) | Q(target__scheme=scheme),
        source__retired_at__isnull=True,
        target__retired_at__isnull=True,
    ).exclude(kind=RelationKind.OVERRIDE)
    facts = {(*ends, degree) for ends, degree in wanted.items()}
    return bool(_merge(rows, ["source_id", "target_id", "kind", "degree"], facts))


def _merge(rows: QuerySet[Any], columns: Sequence[str], wanted: set[Any]) -> set[Any]:
    """Make `rows` hold exactly the `wanted` values of `columns`; return the values that came or went."""
    stored = {tuple(values): pk for pk, *values in rows.order_by("pk").values_list("pk", *columns)}
    gone, new = stored.keys() - wanted, wanted - stored.keys()
    keys = sorted(stored[values] for values in gone)
    for first in range(0, len(keys), KEYS_AT_ONCE):
        rows.model._default_manager.filter(pk__in=keys[first : first + KEYS_AT_ONCE]).delete()
    _insert(rows.model, columns, sorted(new))
    return gone | new


def _insert(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert plain values: a quarter of a million of them as objects would take the longest by far."""
    quote = connection.ops.quote_name
    table = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            # Otherwise it is planned for as few rows as there were before, and joins take minutes.
            cursor.execute(f"ANALYZE {quote(model._meta.db_table)}")
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 - our own names
