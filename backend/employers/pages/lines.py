"""The line of an opening in a list; one that says the same as before is not drawn again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from backend.core.ui.addresses import address
from backend.core.ui.fragments import Fragments
from backend.employers.enums import OpeningKind, OpeningState, promise_of
from backend.employers.models import OpeningQuerySet
from backend.employers.pages.presenting import away, room_for, when
from backend.skills import wording

Row = Mapping[str, Any]

COLUMNS: Final = (
    *("pk", "title", "kind", "intent", "state", "places", "places_taken"),
    *("starts_on", "ends_on", "hours_min", "hours_max"),
    *("workplace__locality_name", "workplace__place_text", "workplace__employer__name"),
)
"""What is read of each opening."""


class Line(NamedTuple):
    """All that a line says, before it is put into words: nothing else reaches its template."""

    pk: UUID
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
    why: str = ""
    picked: bool = False


_lines: Final = Fragments()


def read(openings: OpeningQuerySet) -> QuerySet[Any]:
    """Return what lines are made of: the columns alone, with the distance where the list has one."""
    rows: QuerySet[Any] = openings.values(*COLUMNS, *({"km"} & openings.query.annotations.keys()))
    return rows


def drawn(
    rows: Iterable[Row],
    *,
    own: bool = False,
    with_state: bool = False,
    picked: bool = False,
    why: Callable[[UUID], str] = lambda _pk: "",
) -> list[SafeString]:
    """Return lines of what `read` gives; `own` leaves the employer out, `with_state` shows the state.

    `picked` puts a box before each, for a form that does something to several; `why` says of each why it was
    found.
    """
    found = [
        line_of(row, own=own, with_state=with_state)._replace(picked=picked, why=why(row["pk"]))
        for row in rows
    ]
    return [_lines.piece(line, partial(_draw, line)) for line in found]


def line_of(row: Row, *, own: bool = False, with_state: bool = False) -> Line:
    """Return what the line of an opening says."""
    return Line(
        pk=row["pk"],
        address=address("employers:opening_detail", row["pk"]),
        title=row["title"],
        kind=row["kind"],
        intent=row["intent"],
        employer="" if own else row["workplace__employer__name"],
        state=row["state"] if with_state else "",
        place=row["workplace__locality_name"] or row["workplace__place_text"],
        km=away(row.get("km")),
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        hours_min=row["hours_min"],
        hours_max=row["hours_max"],
        places=row["places"],
        places_left=row["places"] - row["places_taken"],
    )


def _draw(line: Line) -> SafeString:
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
