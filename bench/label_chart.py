"""A chart of quality against time, as SVG, without a plotting library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 60, 190, 24, 50
NAME, LINE = 120, 16
OURS, THEIRS = "#0f5c73", "#1a1a1a"
Point = tuple[str, float, float]


def draw(points: Sequence[Point]) -> str:
    """Draw (name, milliseconds, share) points, ours first: time to the right (logarithmic), share upwards."""
    low, high = (edge(log10(ms) for _, ms, _ in points) for edge in (_floor, _ceil))
    bottom, top = (edge(10 * share for _, _, share in points) / 10 for edge in (_floor, _ceil))

    def place(ms: float, share: float) -> tuple[float, float]:
        x = LEFT + (log10(ms) - low) / (high - low) * (WIDTH - LEFT - RIGHT)
        return x, HEIGHT - BOTTOM - (share - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM)

    lines = [_text(LEFT, HEIGHT - 8, "median milliseconds for one text among 100,000 labels")]
    for power in range(low, high + 1):
        x, y = place(10.0**power, bottom)
        lines += [_line(x, TOP, x, y), _text(x - 8, y + 18, f"{10.0**power:g}")]
    for step in range(round(10 * bottom), round(10 * top) + 1):
        x, y = place(10.0**low, step / 10)
        lines += [_line(x, y, WIDTH - RIGHT, y), _text(x - 34, y + 4, f"{step / 10:.1f}")]
    lines.append(_text(LEFT, TOP - 6, "share of names linked right at first"))
    named: list[tuple[float, float]] = []
    for number, (name, ms, share) in enumerate(points):
        x, y = place(ms, share)
        crowded = any(abs(x - other) < NAME and abs(y - height) < LINE for other, height in named)
        lines += [_dot(x, y, OURS if not number else THEIRS), _text(x + 9, y + 4 - LINE * crowded, name)]
        named.append((x, y - LINE * crowded))
    body = "\n".join(lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="12" fill="#1a1a1a" stroke="none">\n'
        f"<title>Share of names linked right at first, against time</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _floor(values: Iterable[float]) -> int:
    return floor(min(values))


def _ceil(values: Iterable[float]) -> int:
    return ceil(max(values))


def _dot(x: float, y: float, colour: str) -> str:
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{7 if colour == OURS else 5}" fill="{colour}"/>'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}" stroke="#ddd"/>'


def _text(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}">{escape(text)}</text>'
