"""Rankings as plain text, for a terminal."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from backend.matching.rankings.ranked import Match, Ranked
from backend.matching.rankings.wording import Mark

SIGNS = {"met": "✓", "near": "≈", "ask": "?", "missing": "–"}


class Writer(Protocol):
    def write(self, text: str, /) -> object: ...


def print_ranking(out: Writer, title: str, ranked: Ranked[Any], *, name: Callable[[Any], str]) -> None:
    """Write the rows with their reasons, and how many each hard condition removed."""
    out.write(f"{title}: {ranked.total} of {ranked.considered}")
    for number, match in enumerate(ranked.matches, start=1):
        for line in _row(number, match, name):
            out.write(line)
    for removed in ranked.removed:
        out.write(f"{removed.condition}: {removed.count} left out, {removed.only} by this alone")
    for km, count in ranked.further:
        out.write(f"{count} more within {km} km")


def _row(number: int, match: Match[Any], name: Callable[[Any], str]) -> Iterator[str]:
    distance = "" if match.distance_km is None else f", {match.distance_km:.1f} km"
    waited = "" if match.waiting_days is None else f", {match.waiting_days} days"
    yield f"{number:>3}. {match.percent:>3}  {name(match.subject)}{distance}{waited}"
    for mark in match.marks:
        yield f"          {SIGNS[mark.mark]} {_words(mark)}"


def _words(mark: Mark) -> str:
    essential = "*" if mark.essential else ""
    via = f" (through {mark.via}, {mark.degree:.0%})" if mark.via else ""
    return f"{mark.text}{essential}{via}: {mark.points} of {mark.possible}"
