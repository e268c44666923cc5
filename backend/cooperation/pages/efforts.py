"""The map of earlier efforts: a picture of lanes over years, and what stands out.

Moments are months counted from year 0. Where only a year is known, its first and its last month are taken.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from backend.cooperation.enums import InterventionKind
from backend.cooperation.models import Intervention
from backend.cooperation.models.interventions import MONTHS_A_YEAR, month_words

GAP = 12
"""So many months with nothing are a gap."""
WIDTH = 100.0
THINNEST = 1.5
ROOM = 9.0
"""What the number beside a bar takes, in percent of the width; two digits at 320 px."""
ROW, BAR = 24, 14
"""Pixels from one bar to the one under it, and how high a bar is."""
LABELS = 5
"""So many years bear their number at most, evenly apart."""
EDGE = 6.0
"""Nearer an edge than this a year stands to one side of its line."""


@dataclass(frozen=True)
class Bar:
    """One effort: strings for SVG, across in percent and down in pixels; `number` is its row in the table."""

    number: int
    x: str
    width: str
    y: int
    label_x: str
    label_y: int
    anchor: str
    goes_on: bool
    is_within: bool = False
    height: int = BAR


@dataclass(frozen=True)
class Lane:
    """What one body has done, in as many rows of bars as overlap."""

    name: str
    bars: Sequence[Bar]
    height: int


@dataclass(frozen=True)
class Year:
    """A line across all lanes where a year begins; `label` is empty for most where they are many."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True)
class Gap:
    """Months in a row, the first and the last of them given, with no effort known."""

    first: int
    last: int

    @property
    def months(self) -> int:
        """How long it is."""
        return self.last - self.first + 1

    @property
    def words(self) -> str:
        """The gap in a sentence's parts: from when until when, and how long."""
        span = {"first": _month(self.first), "last": _month(self.last), "n": self.months}
        return _("%(first)s – %(last)s, %(n)s months") % span


@dataclass(frozen=True)
class Repetition:
    """A kind of effort that has been made more than once."""

    kind: InterventionKind
    times: int
    bodies: Sequence[str]

    @property
    def words(self) -> str:
        """The repetition in a sentence's parts: what, how often, and by whom."""
        said = {"kind": self.kind.label, "n": self.times, "bodies": ", ".join(self.bodies)}
        return _("%(kind)s, %(n)s times: %(bodies)s") % said


@dataclass(frozen=True)
class EffortMap:
    """The picture, the rows of the table beside it in order with their numbers, and what stands out."""

    rows: Sequence[tuple[int, Intervention]]
    lanes: Sequence[Lane]
    years: Sequence[Year]
    gaps: Sequence[Gap]
    repetitions: Sequence[Repetition]


def effort_map(efforts: Iterable[Intervention], *, today: date) -> EffortMap:
    """Return the map of efforts in any order, as it is on a day."""
    ordered = sorted(
        efforts, key=lambda each: (first_month(each), last_month(each, today=today), str(each.pk))
    )
    rows = list(enumerate(ordered, start=1))
    first = min((each.started_year for each in ordered), default=today.year)
    last = max(today.year, *(each.ended_year or 0 for each in ordered), 0) if ordered else today.year
    scale = Scale(first * MONTHS_A_YEAR, (last + 1) * MONTHS_A_YEAR)
    return EffortMap(
        rows=rows,
        lanes=_lanes(rows, scale, today=today),
        years=_years(first, last + 1, scale),
        gaps=gaps(ordered, today=today),
        repetitions=repetitions(ordered),
    )


def first_month(effort: Intervention) -> int:
    """Return the month in which an effort began, at the earliest."""
    return effort.started_year * MONTHS_A_YEAR + (effort.started_month or 1) - 1


def last_month(effort: Intervention, *, today: date) -> int:
    """Return the month in which an effort ended, at the latest; of one that goes on, this month."""
    now = today.year * MONTHS_A_YEAR + today.month - 1
    if effort.ended_year is None:
        return max(now, first_month(effort))
    last = effort.ended_year * MONTHS_A_YEAR + (effort.ended_month or MONTHS_A_YEAR) - 1
    return max(min(last, now), first_month(effort))


def _span(effort: Intervention, *, today: date) -> tuple[int, int]:
    return first_month(effort), last_month(effort, today=today)


def gaps(efforts: Iterable[Intervention], *, today: date) -> list[Gap]:
    """Return where nothing was going on for GAP months or more, from the first effort until this month."""
    spans = sorted(_span(each, today=today) for each in efforts)
    found: list[Gap] = []
    if not spans:
        return found
    covered = spans[0][1]
    for first, last in [*spans[1:], (today.year * MONTHS_A_YEAR + today.month - 1, 0)]:
        if first - covered - 1 >= GAP:
            found.append(Gap(covered + 1, first - 1))
        covered = max(covered, last)
    return found


def repetitions(efforts: Iterable[Intervention]) -> list[Repetition]:
    """Return the kinds of which there are several efforts; what is something else repeats nothing."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for each in efforts:
        by_kind[each.kind].append(each.body)
    return [
        Repetition(kind, len(by_kind[kind]), sorted(set(by_kind[kind]), key=str.casefold))
        for kind in InterventionKind
        if kind != InterventionKind.OTHER and len(by_kind[kind]) > 1
    ]


@dataclass(frozen=True)
class Scale:
    """Which months the width holds: from the first on, until the last, which is no more in it."""

    first: int
    end: int

    def across(self, month: float) -> float:
        """Return where a month begins, in percent."""
        return WIDTH * (month - self.first) / (self.end - self.first)


def _lanes(rows: Sequence[tuple[int, Intervention]], scale: Scale, *, today: date) -> list[Lane]:
    by_body: defaultdict[str, list[tuple[int, Intervention]]] = defaultdict(list)
    names: dict[str, str] = {}
    for number, each in rows:
        names.setdefault(each.body.casefold(), each.body)
        by_body[each.body.casefold()].append((number, each))
    return [_lane(names[key], mine, scale, today=today) for key, mine in by_body.items()]


def _lane(name: str, rows: Sequence[tuple[int, Intervention]], scale: Scale, *, today: date) -> Lane:
    taken: list[list[tuple[float, float]]] = []
    bars = []
    for number, each in rows:
        left = scale.across(first_month(each))
        right = scale.across(last_month(each, today=today) + 1)
        width = max(right - left, THINNEST)
        left = min(left, WIDTH - width)
        is_before = left + width + ROOM > WIDTH
        span = (left - ROOM, left + width) if is_before else (left, left + width + ROOM)
        is_within = is_before and span[0] < 0
        row = _free_row(taken, (left, left + width) if is_within else span)
        label = left + 1 if is_within else left - 1 if is_before else left + width + 1
        bars.append(
            Bar(
                number=number,
                x=_percent(left),
                width=_percent(width),
                y=row * ROW + (ROW - BAR) // 2,
                label_x=_percent(label),
                label_y=row * ROW + ROW // 2,
                anchor="end" if is_before and not is_within else "start",
                goes_on=each.ended_year is None,
                is_within=is_within,
            )
        )
    return Lane(name, bars, len(taken) * ROW)


def _free_row(taken: list[list[tuple[float, float]]], span: tuple[float, float]) -> int:
    """Return the first row in which nothing stands where `span` is, and take the place."""
    for number, spans in enumerate(taken):
        if all(span[1] <= left or right <= span[0] for left, right in spans):
            spans.append(span)
            return number
    taken.append([span])
    return len(taken) - 1


def _years(first: int, end: int, scale: Scale) -> list[Year]:
    years = [str(year) for year in range(first, end + 1)]
    labelled = set(years[:: -(-len(years) // LABELS)])
    return [_year(year, scale, is_labelled=year in labelled) for year in years]


def _year(year: str, scale: Scale, *, is_labelled: bool) -> Year:
    x = scale.across(int(year) * MONTHS_A_YEAR)
    anchor = "start" if x < EDGE else "end" if x > WIDTH - EDGE else "middle"
    return Year(_percent(x), year if is_labelled else "", anchor)


def _month(month: int) -> str:
    return month_words(month // MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1)


def _percent(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") + "%"
