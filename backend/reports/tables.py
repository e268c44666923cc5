"""The figures of the overview as tables."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.templatetags.ui import day, days_waited, number, percent
from backend.core.ui.tables import Column, Table
from backend.internships.enums import AnswerWay
from backend.participants.models import Participant
from backend.reports.figures import Arrivals, Queue, UnitNow

PER_UNIT = (
    Column(_("Unit")),
    Column(_("Wait for a place"), is_number=True),
    Column(_("The longest since")),
    Column(_("Internships started"), is_number=True),
    Column(_("Paid jobs begun"), is_number=True),
)
EVALUATIONS = (
    Column(_("From")),
    Column(_("Asked for"), is_number=True),
    *(Column(label, is_number=True) for label in AnswerWay.labels),
    Column(_("Share that arrived"), is_number=True),
)
QUEUES = (
    Column(_("Waits for")),
    Column(_("Number"), is_number=True),
    Column(_("The oldest since")),
)
LONGEST = (
    Column(_("Participant")),
    Column(_("Job coach")),
    Column(_("Waited"), is_number=True),
)
OPENINGS = (
    Column(_("State")),
    Column(_("Number"), is_number=True),
    Column(_("Places"), is_number=True),
    Column(_("Free places"), is_number=True),
)


def of_evaluations(sides: Iterable[Arrivals]) -> Table:
    """Return how many evaluations were asked for and how they arrived, side by side."""
    rows = (
        (
            each.side,
            number(each.asked),
            *(number(each.arrived[way]) for way in AnswerWay.values),
            percent(each.share.value),
        )
        for each in sides
    )
    return Table.of(EVALUATIONS, rows)


def of_units(units: Iterable[UnitNow]) -> Table:
    """Return who waits, and what has begun, unit by unit."""
    rows = (
        (each.name, number(each.waiting), day(each.longest), number(each.starts), number(each.jobs))
        for each in units
    )
    return Table.of(PER_UNIT, rows)


def of_queues(queues: Iterable[Queue]) -> Table:
    """Return who waits for whose answer."""
    return Table.of(QUEUES, ((each.label, number(each.count), day(each.oldest)) for each in queues))


def of_longest_waiting(people: Sequence[Participant]) -> Table:
    """Return who has waited longest."""
    rows = ((each, each.coach, days_waited(each.waiting_since)) for each in people)
    return Table.of(LONGEST, rows, urls=[each.get_absolute_url() for each in people])


def of_openings(states: Iterable[dict[str, Any]]) -> Table:
    """Return how many places there are in openings of each state."""
    rows = (
        (each["label"], number(each["openings"]), number(each["all_places"]), number(each["left"]))
        for each in states
    )
    return Table.of(OPENINGS, rows)
