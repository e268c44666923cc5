"""The line of an opening in a list; one that says the same as before is not drawn again."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from backend.core.ui.fragments import Fragments
from backend.employers.enums import OpeningKind, OpeningState, promise_of
from backend.employers.models import Opening
from backend.employers.presenting import away, room_for, when
from backend.skills import wording

SHOWN: Final = (
    *("kind", "intent", "title", "state", "places", "places_taken"),
    *("starts_on", "ends_on", "hours_min", "hours_max"),
    *("workplace__locality_name", "workplace__place_text", "workplace__employer__name"),
)
"""The columns that a line is made of."""


class Line(NamedTuple):
    """All that a line says, before it is put into words: nothing else reaches its template."""

    address: str
    title: str
    kind: str
    intent: str
    employer: str
    state: str
    place: str
    km: str
    starts_on: date | None
    ends_on: date | None
    hours_min: Decimal
    hours_max: Decimal
    places: int
    places_left: int


_lines: Final = Fragments()


def lines(openings: Iterable[Opening], *, own: bool = False, with_state: bool = False) -> list[SafeString]:
    """Return the lines of `openings`; `own` leaves the employer's name out, `with_state` shows the state."""
    found = [line_of(opening, own=own, with_state=with_state) for opening in openings]
    return [_lines.piece(line, partial(_drawn, line)) for line in found]


def line_of(opening: Opening, *, own: bool = False, with_state: bool = False) -> Line:
    """Return what the line of an opening says."""
    workplace = opening.workplace
    return Line(
        address=opening.get_absolute_url(),
        title=opening.title,
        kind=opening.kind,
        intent=opening.intent,
        employer="" if own else workplace.employer.name,
        state=opening.state if with_state else "",
        place=workplace.locality_name or workplace.place_text,
        km=away(opening),
        starts_on=opening.starts_on,
        ends_on=opening.ends_on,
        hours_min=opening.hours_min,
        hours_max=opening.hours_max,
        places=opening.places,
        places_left=opening.places_left,
    )


def _drawn(line: Line) -> SafeString:
    said = {
        "line": line,
        "kind": OpeningKind(line.kind).label,
        "promise": promise_of(line.kind, line.intent),
        "state": OpeningState(line.state).label if line.state else "",
        "facts": facts_of(line),
    }
    return render_to_string("employers/_opening_row.html", said)


def facts_of(line: Line) -> Sequence[dict[str, str]]:
    """Return the facts on a line: where, when, how much of the week and for how many."""
    facts = [
        {"icon": "place", "text": line.place + line.km},
        {"icon": "calendar", "text": when(line.starts_on, line.ends_on)},
        {"icon": "clock", "text": wording.hours_a_week(line.hours_min, line.hours_max)},
        {"icon": "people", "text": room_for(line.places, line.places_left)},
    ]
    return [fact for fact in facts if fact["text"]]
