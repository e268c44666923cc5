"""Geometry of the charts that templates draw as SVG: pure functions from numbers to coordinates.

Coordinates are ready-made strings, because a template would write 1.5 as "1,5" in Swedish.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 100.0
HEIGHT = 100.0


@dataclass(frozen=True)
class Bar:
    """One bar: its words, its number, and its length as a share of the longest possible, in percent."""

    label: str
    value: float
    length: str
    note: str = ""
    is_muted: bool = False


@dataclass(frozen=True)
class BarChart:
    """Bars that share one scale."""

    bars: Sequence[Bar]
    largest: float


@dataclass(frozen=True)
class Point:
    """One point of a trend: its words and its number; `value` is None where nothing was measured."""

    label: str
    value: float | None
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True)
class Series:
    """One line of a trend chart: `line` and `dots` are SVG path data, `number` counts from 1."""

    name: str
    number: int
    points: Sequence[Point]
    line: str
    dots: str


@dataclass(frozen=True)
class TrendChart:
    """Lines over the same moments, with the marks of both axes."""

    series: Sequence[Series]
    labels: Sequence[str]
    ticks: Sequence[float]
    grid: str
    rows: Sequence[tuple[str, Sequence[float | None]]]


def bar_chart(
    rows: Sequence[tuple[str, float] | tuple[str, float, str]], *, largest: float | None = None
) -> BarChart:
    """Return horizontal bars for (label, value[, note]) rows, scaled to `largest` or the largest value."""
    top = largest or max((row[1] for row in rows), default=0) or 1
    bars = [
        Bar(row[0], row[1], _text(WIDTH * min(row[1] / top, 1)), note=row[2] if len(row) > 2 else "")
        for row in rows
    ]
    return BarChart(bars=bars, largest=top)


def trend_chart(
    lines: Sequence[tuple[str, Sequence[Point]]], *, largest: float | None = None, labelled: int = 6
) -> TrendChart:
    """Return lines for (name, points) over the same moments, about `labelled` of which get a label."""
    values = [point.value for _, points in lines for point in points if point.value is not None]
    ticks = nice_ticks(largest if largest is not None else max(values, default=0))
    series = [
        _series(name, points, number, ticks[-1]) for number, (name, points) in enumerate(lines, start=1)
    ]
    moments = [point.label for point in lines[0][1]] if lines else []
    rows = [(label, [points[i].value for _, points in lines]) for i, label in enumerate(moments)]
    return TrendChart(
        series=series,
        labels=thinned(moments, labelled),
        ticks=ticks[::-1],
        grid=" ".join(f"M0 {_text(_height(tick, ticks[-1]))}H{_text(WIDTH)}" for tick in ticks),
        rows=rows,
    )


def nice_ticks(largest: float, *, steps: int = 5) -> list[float]:
    """Return round numbers from 0 to at least `largest`, about `steps` of them apart from 0."""
    if largest <= 0:
        return [0, 1]
    magnitude = 1.0
    while largest / magnitude > 10 * steps:
        magnitude *= 10
    while largest / magnitude < steps:
        magnitude /= 10
    step = magnitude * next(nice for nice in (1, 2, 5, 10) if largest / (nice * magnitude) <= steps)
    count = next(n for n in range(1, steps + 2) if n * step >= largest - 1e-9)
    return [round(n * step, 6) for n in range(count + 1)]


def thinned(labels: Sequence[str], wanted: int) -> list[str]:
    """Return about `wanted` of `labels`, evenly spread, always with the first and the last."""
    if len(labels) <= wanted:
        return list(labels)
    last = len(labels) - 1
    gaps = next((n for n in range(wanted - 1, 1, -1) if last % n == 0), 1)
    return [labels[i * last // gaps] for i in range(gaps + 1)]


def share_x(share: float) -> str:
    """Return where `share` (0-1) lies on a line of 100, as a string for an SVG attribute."""
    return _text(WIDTH * min(max(share, 0), 1))


def _series(name: str, points: Sequence[Point], number: int, top: float) -> Series:
    places = [
        (_text(_across(i, len(points))), _text(_height(point.value, top)), i)
        for i, point in enumerate(points)
        if point.value is not None
    ]
    return Series(name, number, points, _line(places), " ".join(f"M{x} {y}h0" for x, y, _ in places))


def _line(places: Sequence[tuple[str, str, int]]) -> str:
    """Return path data that lifts the pen where a moment has no number."""
    parts, before = [], None
    for x, y, i in places:
        parts.append(f"{'L' if before is not None and i == before + 1 else 'M'}{x} {y}")
        before = i
    return " ".join(parts)


def _across(i: int, count: int) -> float:
    return WIDTH / 2 if count == 1 else WIDTH * i / (count - 1)


def _height(value: float, top: float) -> float:
    return HEIGHT - HEIGHT * value / top


def _text(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
