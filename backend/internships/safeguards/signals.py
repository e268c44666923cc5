"""What the database tells of how people are placed: one expression each, for the gate and for the alarm.

A gate asks it of one placement before it is planned or extended (`gates`), the nightly alarm of all that are
or were at an employer (`backend.safeguarding`). So nothing is a gate that is no signal to somebody else.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Coalesce, Lower

from backend.employers.enums import PlacementKind
from backend.internships.enums import (
    BEGAN,
    NEVER_BEGAN,
    OPEN_INTERNSHIPS,
    UNDER_WAY,
    InternshipState,
    Measure,
    Programme,
    Side,
)
from backend.internships.models import Employment, Extension, Internship, PlacementRule

DAY = timedelta(days=1)
YEAR = timedelta(days=365)
# A school or a summer sends one after another, and nobody means to hire them.
NOT_MEANT_TO_HIRE = (PlacementKind.PRAO, PlacementKind.APL, PlacementKind.FERIEPRAKTIK)
FIRST, LAST = Coalesce("started_on", "starts_on"), Coalesce("ended_on", "ends_on")
LENGTH = ExpressionWrapper(LAST - FIRST, output_field=DurationField())
"""The days of a placement but the last, in SQL."""

Rows = QuerySet[Internship]
Found = Any  # rows as dictionaries: workplace__employer, number, and what it is about


def without_hire(came: Rows, *, at_opening: bool) -> Rows:
    """Keep who came since anybody was last hired from the same opening, or the same work without one."""
    job = Employment.objects.filter(struck_at=None, starts_on__gte=OuterRef("starts_on"))
    if at_opening:
        hired = job.filter(internship__opening=OuterRef("opening"))
    else:
        hired = job.filter(
            internship__workplace=OuterRef("workplace"),
            internship__opening=None,
            internship__work__iexact=OuterRef("work"),
        )
    return came.filter(~Exists(hired), state__in=BEGAN).exclude(kind__in=NOT_MEANT_TO_HIRE).order_by()


def began_at_employer(rows: Rows) -> Rows:
    """Keep what counts among somebody's days at an employer."""
    return rows.exclude(state__in=NEVER_BEGAN)


def one_after_another(*, most: int, by_opening: bool) -> Found:
    """Return the openings, or works, to which `most` or more have come one after another without a hire."""
    came = without_hire(Internship.objects.filter(opening__isnull=not by_opening), at_opening=by_opening)
    if by_opening:
        came = came.annotate(about=F("opening__title"), key=F("opening"))
    else:
        came = came.exclude(work="").annotate(about=Lower("work"), key=F("workplace"))
    found = came.values("workplace__employer", "key", "about")
    return found.annotate(number=Count("participant", distinct=True)).filter(number__gte=most).order_by("key")


def for_one_supervisor(*, most: int) -> Found:
    """Return the supervisors who have more than `most` at once."""
    now = Internship.objects.filter(state__in=UNDER_WAY).annotate(about=Lower("supervisor_name"))
    found = now.values("workplace__employer", "about").annotate(number=Count("pk"))
    return found.filter(number__gt=most).order_by("workplace__employer", "about")


def for_its_employees(*, for_ten: int) -> Found:
    """Return the employers with more at once than `for_ten` for ten employees; two are never many."""
    now = Internship.objects.filter(state__in=UNDER_WAY, workplace__employer__employees__isnull=False)
    found = now.values("workplace__employer").annotate(number=Count("pk"))
    is_many = Q(number__gt=F("workplace__employer__employees") * for_ten / 10.0)
    return found.filter(is_many, number__gt=2).order_by("workplace__employer")


def ended_early(*, most: int, on: date) -> Found:
    """Return the workplaces where `most` or more ended early within a year for the workplace's sake."""
    ended = Internship.objects.filter(
        state=InternshipState.ENDED_EARLY, ended_by_side=Side.EMPLOYER, ended_on__gt=on - YEAR
    )
    found = ended.values("workplace__employer", about=F("workplace__name"), key=F("workplace"))
    return found.annotate(number=Count("pk")).filter(number__gte=most).order_by("key")


def long_at_employer(*, on: date) -> list[dict[str, Any]]:
    """Return the employers with somebody who has more days there than the rule of the kind allows, with them.

    `number` is the days of whoever has most. It says nothing of who that is.
    """
    longest = PlacementRule.objects.in_force(on).filter(
        measure=Measure.AT_EMPLOYER, programme=Programme.NONE, longest_days__isnull=False
    )
    limits = dict(longest.order_by("valid_from").values_list("kind", "longest_days"))
    here = began_at_employer(Internship.objects.filter(workplace__employer__isnull=False)).order_by()
    spent = here.values("workplace__employer", "participant").annotate(
        days=Sum(LENGTH), placements=Count("pk")
    )
    days = {
        (row["workplace__employer"], row["participant"]): row["days"].days + row["placements"]
        for row in spent
    }
    found: dict[object, dict[str, Any]] = {}
    now = Internship.objects.filter(state__in=OPEN_INTERNSHIPS)
    for employer, person, kind in now.order_by("pk").values_list(
        "workplace__employer", "participant", "kind"
    ):
        most, so_far = limits.get(kind), days.get((employer, person), 0)
        if most and so_far > most and so_far > found.get(employer, {}).get("number", 0):
            found[employer] = {"workplace__employer": employer, "number": so_far, "threshold": most}
    return list(found.values())


def with_nothing_new(*, most: int) -> Found:
    """Return the employers where somebody has been longer than `most` days, extended with nothing new."""
    longer = Extension.objects.filter(internship=OuterRef("pk"))
    stayed = Internship.objects.filter(state__in=UNDER_WAY).annotate(length=LENGTH)
    stayed = stayed.filter(Exists(longer), ~Exists(longer.exclude(new_content="")), length__gt=DAY * most)
    found = stayed.values("workplace__employer").annotate(number=Count("pk"))
    return found.order_by("workplace__employer")


def written_late(*, most: int, on: date) -> Found:
    """Return the employers with `most` or more placements of the last year that were written afterwards."""
    late = Internship.objects.exclude(backdated_why="").filter(starts_on__gt=on - YEAR)
    found = late.values("workplace__employer").annotate(number=Count("pk"))
    return found.filter(number__gte=most).order_by("workplace__employer")


def without_time_to_seek(*, on: date) -> Found:
    """Return the employers where people have more hours a week than the municipality's own rule allows."""
    rule = PlacementRule.objects.in_force(on).filter(
        kind=OuterRef("kind"),
        measure=Measure.ASSIGNMENT,
        programme=OuterRef("programme"),
        is_statute=False,
        most_hours_a_week__lt=OuterRef("hours_per_week"),
    )
    now = Internship.objects.filter(Exists(rule.order_by()), state__in=UNDER_WAY)
    found = now.values("workplace__employer").annotate(number=Count("pk"))
    return found.order_by("workplace__employer")
