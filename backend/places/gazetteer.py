"""Makes rows of the gazetteer's tables out of rows of files, or says why one cannot be used."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model

from backend.core.text.sorting import sort_key
from backend.places.distance import Point, great_circle_km
from backend.places.enums import Source
from backend.places.files import Row, Skipped
from backend.places.models import EAST, NORTH, SOUTH, WEST, Locality, MunicipalityArea, Postcode
from backend.places.names import match_key

# Homonyms are the commonest fault of open place files: a village gets the coordinates of another of its name.
FARTHEST_MOVE_KM = 50
# No place in Kiruna, the largest municipality, is farther than this from the town.
FARTHEST_FROM_CENTRE_KM = 200

Made = TypeVar("Made", bound=Model)


class Unusable(Exception):
    """A row cannot be used; the message says why."""


@dataclass(frozen=True)
class Chart:
    """What a row is checked against: municipalities by code, and localities by municipality and name."""

    municipalities: Mapping[str, MunicipalityArea]
    localities: Mapping[tuple[str, str], Point]

    @classmethod
    def current(cls) -> "Chart":
        """Read the gazetteer as it is in the database."""
        rows = Locality.objects.values_list("municipality_id", "name", "latitude", "longitude")
        return cls(
            municipalities=MunicipalityArea.objects.in_bulk(),
            localities={(code, name): Point(north, east) for code, name, north, east in rows},
        )

    def municipality(self, code: str) -> MunicipalityArea:
        """Give the municipality of `code`. Raises Unusable."""
        if code not in self.municipalities:
            raise Unusable(f"there is no municipality {code!r}")
        return self.municipalities[code]


@dataclass
class Batch(Generic[Made]):
    """The rows of one file: those that can be used, and those that cannot with the reason."""

    made: list[Made]
    skipped: list[Skipped]


def make_all(
    file: str, rows: Iterable[Row], make: Callable[[Row], Made], key: Callable[[Made], object]
) -> Batch[Made]:
    """Make a model of each row; of rows with the same `key` only the first is used."""
    made: dict[object, Made] = {}
    skipped = []
    for number, row in enumerate(rows, start=1):
        try:
            one = make(row)
            if key(one) in made:
                raise Unusable(f"{one} is listed twice")
            made[key(one)] = one
        except Unusable as reason:
            skipped.append(Skipped(file, number, str(reason)))
    return Batch(list(made.values()), skipped)


def make_municipality(row: Row) -> MunicipalityArea:
    """Make a municipality of a row of the starter table."""
    at = coordinates(row["latitude"], row["longitude"], of=row["name"])
    return MunicipalityArea(
        code=row["code"],
        name=row["name"],
        county_code=row["county_code"],
        county_name=row["county_name"],
        latitude=at.latitude,
        longitude=at.longitude,
        sort_key=sort_key(row["name"]),
        match_key=match_key(row["name"]),
    )


def make_renamed(row: Row, chart: Chart) -> MunicipalityArea:
    """Make a known municipality again with the name that a row of municipalities.csv gives it."""
    known = chart.municipality(row["municipality_code"])
    name = named(row["municipality_name_short"])
    return MunicipalityArea(
        code=known.code,
        name=name,
        county_code=known.county_code,
        county_name=known.county_name,
        latitude=known.latitude,
        longitude=known.longitude,
        sort_key=sort_key(name),
        match_key=match_key(name),
    )


def make_locality(row: Row, chart: Chart) -> Locality:
    """Make a locality of a row of the starter table."""
    return _locality(
        chart,
        name=row["name"],
        code=row["municipality_code"],
        at=coordinates(row["latitude"], row["longitude"], of=row["name"]),
        population=int(row["population"]),
        source=Source.STARTER,
    )


def make_imported_locality(row: Row, chart: Chart) -> Locality:
    """Make a locality of an object of platser.json, unless it lies where it cannot be."""
    name, code = named(row["label"]), row["kommunkod"]
    at = coordinates(row["latitud"], row["longitud"], of=name)
    known, centre = chart.localities.get((code, name)), chart.municipality(code).point
    for other, farthest in ((known, FARTHEST_MOVE_KM), (centre, FARTHEST_FROM_CENTRE_KM)):
        if other and great_circle_km(at, other) > farthest:
            away = round(great_circle_km(at, other))
            raise Unusable(f"{name} in {code} would lie {away} km from where it is known to be")
    return _locality(chart, name=name, code=code, at=at, population=0, source=Source.IMPORT)


def make_postcode(row: Row, chart: Chart, *, source: Source) -> Postcode:
    """Make a postcode of a row of the starter table or of postal_to_municipality.csv.

    Columns `latitude` and `longitude` may be absent or empty.
    """
    code = row["postal_code"].replace(" ", "")
    if not (len(code) == 5 and code.isascii() and code.isdigit()):
        raise Unusable(f"{row['postal_code']!r} is not a postcode")
    north, east = row.get("latitude", ""), row.get("longitude", "")
    at = coordinates(north, east, of=code) if north or east else None
    name = named(row["locality"])
    return Postcode(
        code=code,
        locality_name=name,
        municipality=chart.municipality(row["municipality_code"]),
        latitude=at.latitude if at else None,
        longitude=at.longitude if at else None,
        match_key=match_key(name),
        source=source,
    )


def coordinates(latitude: str, longitude: str, *, of: str) -> Point:
    """Read the WGS 84 degrees of a place. Raises Unusable for what is no number or not in Sweden."""
    try:
        at = Point(float(latitude), float(longitude))
    except ValueError:
        raise Unusable(f"{of}: {latitude!r}, {longitude!r} are not coordinates") from None
    if at == (0, 0):
        raise Unusable(f"{of} has no coordinates")
    if not (SOUTH <= at.latitude <= NORTH and WEST <= at.longitude <= EAST):
        raise Unusable(f"{of}: {latitude}, {longitude} is not in Sweden")
    return at


def named(name: str) -> str:
    """Give a usable name. Raises Unusable for one that is empty, too long or without a letter."""
    if not match_key(name) or len(name) > 100:
        raise Unusable(f"{name[:40]!r} is not a name")
    return name


def _locality(chart: Chart, *, name: str, code: str, at: Point, population: int, source: Source) -> Locality:
    return Locality(
        name=name,
        municipality=chart.municipality(code),
        latitude=at.latitude,
        longitude=at.longitude,
        population=population,
        sort_key=sort_key(name),
        match_key=match_key(name),
        source=source,
    )
