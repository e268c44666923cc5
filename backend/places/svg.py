"""Maps of municipalities as SVG: pure functions from values and points to paths and coordinates.

Numbers are ready-made strings, because a template would write 1.5 as "1,5" in Swedish. Every map carries the
rows of its table, so that nothing is said by colour or position alone.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import cos, radians
from pathlib import Path
from typing import Any

from backend.places.distance import Point

OUTLINES = Path(__file__).parent / "data" / "outlines.json"
SHADES = 5
# Of the longer side, kept free around the drawing so that no line or mark is cut.
MARGIN = 0.03


@dataclass(frozen=True)
class Area:
    """One municipality on a map. `shade` counts from 1 (least) to SHADES; 0 means no value."""

    code: str
    path: str
    label: str
    value: float | None = None
    shade: int = 0

    @property
    def opacity(self) -> str:
        """How strongly the area is filled; the weakest shade is still seen beside an area without a value."""
        return f"{0.15 * self.shade + 0.05:.2f}"


@dataclass(frozen=True)
class Mark:
    """One point on a map, in drawing units, with its words."""

    x: str
    y: str
    label: str


@dataclass(frozen=True)
class Map:
    """What the template draws and tabulates; `mark_radius` and `line_width` suit the size of the drawing."""

    view_box: str
    areas: Sequence[Area]
    marks: Sequence[Mark]
    mark_radius: str
    line_width: str


def choropleth(values: Mapping[str, float | None], names: Mapping[str, str]) -> Map:
    """Draw the municipalities of `names` (code to name), shaded by value in equal steps up to the largest."""
    largest = max((value for value in values.values() if value is not None), default=0)
    areas = [
        Area(code, paths()[code], name, values.get(code), _shade(values.get(code), largest))
        for code, name in names.items()
        if code in paths()
    ]
    return _framed(areas, [])


def point_map(names: Mapping[str, str], points: Iterable[tuple[str, Point]]) -> Map:
    """Draw the municipalities of `names` (code to name) and a mark for each (label, point)."""
    areas = [Area(code, paths()[code], name) for code, name in names.items() if code in paths()]
    marks = [_mark(label, *drawn(point)) for label, point in points]
    return _framed(areas, marks)


def counted_map(
    values: Mapping[str, float | None], names: Mapping[str, str], points: Iterable[tuple[str, Point]]
) -> Map:
    """Draw the municipalities of `names`, shaded by value, and a mark for each (label, point)."""
    areas = choropleth(values, names).areas
    return _framed(areas, [_mark(label, *drawn(point)) for label, point in points])


def drawn(point: Point) -> tuple[float, float]:
    """Give the drawing units of a point, in the projection that scripts/build_gazetteer.py drew with."""
    outlines = _outlines()
    east = (point.longitude - outlines["central_meridian"]) * cos(radians(point.latitude))
    south = outlines["northernmost"] - point.latitude
    scale = outlines["units_per_degree"]
    return east * scale - outlines["left"], south * scale


def paths() -> Mapping[str, str]:
    """Give the outline of each municipality, by code, as SVG path data."""
    found: dict[str, str] = _outlines()["paths"]
    return found


@cache
def _outlines() -> dict[str, Any]:
    outlines: dict[str, Any] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return outlines


@cache
def corners(path: str) -> list[tuple[int, int]]:
    """List the corners of path data as the outlines have it: absolute M, then relative l, then z."""
    found: list[tuple[int, int]] = []
    for ring in path.removesuffix("z").split("z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        steps = zip(numbers[::2], numbers[1::2], strict=True)
        found.extend(accumulate(steps, lambda at, step: (at[0] + step[0], at[1] + step[1])))
    return found


def _mark(label: str, x: float, y: float) -> Mark:
    return Mark(_text(x), _text(y), label)


def _shade(value: float | None, largest: float) -> int:
    if value is None or largest <= 0:
        return 0
    return max(1, min(SHADES, -int(-value * SHADES // largest)))


def _framed(areas: Sequence[Area], marks: Sequence[Mark]) -> Map:
    at = [corner for area in areas for corner in corners(area.path)]
    at += [(round(float(mark.x)), round(float(mark.y))) for mark in marks]
    xs, ys = [x for x, _ in at] or [0], [y for _, y in at] or [0]
    size = max(max(xs) - min(xs), max(ys) - min(ys), 1)
    free = size * MARGIN
    frame = (min(xs) - free, min(ys) - free, max(xs) - min(xs) + 2 * free, max(ys) - min(ys) + 2 * free)
    return Map(
        view_box=" ".join(map(_text, frame)),
        areas=areas,
        marks=marks,
        mark_radius=_text(size * 0.012),
        line_width=_text(size * 0.0016),
    )


def _text(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
