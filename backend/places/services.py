"""Fills the gazetteer. It is nobody's data, so no audit row is written: the commands print what they did."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.db import models

from backend.core.writing.transactions import one_write
from backend.places import gazetteer
from backend.places.enums import Source
from backend.places.files import BrokenFile, Report, Row, read_list, read_table
from backend.places.models import Locality, MunicipalityArea, Postcode

DATA = Path(__file__).parent / "data"
MUNICIPALITIES, PLACES, POSTCODES = "municipalities.csv", "platser.json", "postal_to_municipality.csv"


@dataclass(frozen=True)
class _Table:
    """A table to merge into: what identifies a row, and what is compared and overwritten."""

    name: str
    model: type[models.Model]
    key: Sequence[str]
    facts: Sequence[str]


_MUNICIPALITIES = _Table(
    "municipalities",
    MunicipalityArea,
    ["code"],
    ["name", "county_code", "county_name", "latitude", "longitude", "sort_key", "match_key"],
)
_STARTER_LOCALITIES = _Table(
    "localities",
    Locality,
    ["municipality_id", "name"],
    ["latitude", "longitude", "population", "sort_key", "match_key", "source"],
)
# A place file knows no populations; those of the starter table stay.
_IMPORTED_LOCALITIES = _Table(
    "localities",
    Locality,
    ["municipality_id", "name"],
    ["latitude", "longitude", "sort_key", "match_key", "source"],
)
_POSTCODES = _Table(
    "postcodes",
    Postcode,
    ["code"],
    ["locality_name", "municipality_id", "latitude", "longitude", "match_key", "source"],
)


@one_write
def load_gazetteer() -> list[Report]:
    """Load the starter tables that come with the project; repeatable, and what was imported stays."""
    municipalities = _merge(_MUNICIPALITIES, *_starter("municipalities.tsv"), gazetteer.make_municipality)
    chart = gazetteer.Chart.current()
    make_locality = partial(gazetteer.make_locality, chart=chart)
    make_postcode = partial(gazetteer.make_postcode, chart=chart, source=Source.STARTER)
    return [
        municipalities,
        _merge(_STARTER_LOCALITIES, *_starter("localities.tsv"), make_locality),
        _merge(_POSTCODES, *_starter("postcodes.tsv"), make_postcode),
    ]


@one_write
def import_places(*, directory: Path) -> list[Report]:
    """Import those of municipalities.csv, platser.json and postal_to_municipality.csv that `directory` has.

    Repeatable. Raises BrokenFile, and then nothing of any file has been imported. A municipality that the
    gazetteer does not know is skipped: its outline and centre come from scripts/build_gazetteer.py.
    """
    importers = {
        MUNICIPALITIES: _import_municipalities,
        PLACES: _import_localities,
        POSTCODES: _import_postcodes,
    }
    present = [name for name in importers if (directory / name).is_file()]
    if not present:
        raise BrokenFile(f"{directory} has none of {', '.join(importers)}")
    return [importers[name](directory / name, gazetteer.Chart.current()) for name in present]


def _import_municipalities(path: Path, chart: gazetteer.Chart) -> Report:
    rows = read_table(path, ("municipality_code", "municipality_name_short"))
    return _merge(_MUNICIPALITIES, path.name, rows, partial(gazetteer.make_renamed, chart=chart))


def _import_localities(path: Path, chart: gazetteer.Chart) -> Report:
    rows = read_list(path, ("label", "latitud", "longitud", "kommunkod"))
    return _merge(
        _IMPORTED_LOCALITIES, path.name, rows, partial(gazetteer.make_imported_locality, chart=chart)
    )


def _import_postcodes(path: Path, chart: gazetteer.Chart) -> Report:
    rows = read_table(path, ("postal_code", "locality", "municipality_code"))
    make = partial(gazetteer.make_postcode, chart=chart, source=Source.IMPORT)
    return _merge(_POSTCODES, path.name, rows, make)


def _starter(name: str) -> tuple[str, list[Row]]:
    return name, read_table(DATA / name, (), delimiter="\t")


def _merge(table: _Table, file: str, rows: Iterable[Row], make: Callable[[Row], models.Model]) -> Report:
    """Write the rows that are new or different, and count them."""
    batch = gazetteer.make_all(file, rows, make, key=lambda row: _values(row, table.key))
    stored = _stored(table)
    report = Report(table.name, skipped=batch.skipped)
    to_write = []
    for row in batch.made:
        before = stored.get(_values(row, table.key))
        if before is None:
            report.added += 1
        elif before == _values(row, table.facts) or _is_superseded(row, table, before):
            report.unchanged += 1
            continue
        else:
            report.changed += 1
        to_write.append(row)
    _write(table, to_write)
    return report


def _stored(table: _Table) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    width = len(table.key)
    rows = table.model._default_manager.values_list(*table.key, *table.facts)
    return {row[:width]: row[width:] for row in rows.iterator()}


def _values(row: models.Model, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _is_superseded(row: models.Model, table: _Table, before: tuple[Any, ...]) -> bool:
    stored = dict(zip(table.facts, before, strict=True)).get("source")
    return stored == Source.IMPORT and getattr(row, "source", None) == Source.STARTER


def _write(table: _Table, rows: Sequence[models.Model]) -> None:
    table.model._default_manager.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=[name.removesuffix("_id") for name in table.key],
        update_fields=[name.removesuffix("_id") for name in table.facts],
    )
