"""What the database tells of how people are placed: one expression each, for the gate and for the alarm.

Each is asked `on` a day. Without more it tells of every employer: so the nightly alarm asks
(`backend.safeguarding`). With a placement, `of`, it tells of what that one is part of – its opening,
supervisor, workplace or employer – and takes it as it stands in memory: so a gate asks, before it is planned
or extended (`gates`). Thresholds are dated rules. So nothing is a gate that is no signal to somebody else.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Lower

from backend.core import rules as dated
from backend.employers.enums import PlacementKind
from backend.employers.models import Redundancy
from backend.internships.dates import months_after
from backend.internships.enums import (
    BEGAN,
    NEVER_BEGAN,
    OPEN_INTERNSHIPS,
    UNDER_WAY,
    InternshipState,
    Measure,
    Side,
)
from backend.internships.models import Employment, Extension, Internship, PlacementRule
from backend.internships.safeguards import rules

DAY = timedelta(days=1)
YEAR = timedelta(days=365)
# A school or a summer sends one after another, and nobody means to hire them.
NOT_MEANT_TO_HIRE = (PlacementKind.PRAO, PlacementKind.APL, PlacementKind.FERIEPRAKTIK)
FIRST, LAST = Coalesce("started_on", "starts_on"), Coalesce("ended_on", "ends_on")
LENGTH = ExpressionWrapper(LAST - FIRST, output_field=DurationField())
"""The days of a placement but the last, in SQL."""
EMPLOYER: Final = "workplace__employer"

Rows = QuerySet[Internship]
Of = Internship | None


@dataclass(frozen=True)
class Found:
    """What a signal tells of an employer: about what there, how many, and past which threshold by what."""

    employer: UUID
    number: int
    threshold: int
    source: str
    about: str = ""
    key: str = ""
    """By which a second night knows it again."""


Signal = Callable[..., Iterator[Found]]


def same_tasks(*, on: date, of: Of = None) -> Iterator[Found]:
    """Tell to which openings, or works, several have come one after another and nobody was hired.

    Of a placement those count who came before it; the person itself does not.
    """
    most = dated.value_on(rules.SAME_TASKS, on)
    for by_opening in (True, False) if of is None else (of.opening_id is not None,):
        all_of_them = Internship.objects.filter(opening__isnull=not by_opening)
        theirs = all_of_them if of is None else _before(all_of_them, of)
        came: Any = without_hire(theirs, at_opening=by_opening)
        if by_opening:
            came = came.annotate(about=F("opening__title"), key=F("opening"))
        else:
            came = came.exclude(work="").annotate(about=Lower("work"), key=F("workplace"))
        found = came.values(EMPLOYER, "key", "about").annotate(number=Count("participant", distinct=True))
        yield from _told(found.filter(number__gte=most).order_by("key"), rules.SAME_TASKS, on)


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


def for_one_supervisor(*, on: date, of: Of = None) -> Iterator[Found]:
    """Tell which supervisors have more at once, on the day, than the rule says; with the placement."""
    most = dated.value_on(rules.PER_SUPERVISOR, on)
    there = _there(on, of).annotate(about=Lower("supervisor_name"))
    if of is not None:
        there = there.filter(about=Lower(Value(of.supervisor_name.strip())))
    found = there.values(EMPLOYER, "about").annotate(number=Count("pk") + _itself(of))
    yield from _told(found.filter(number__gt=most).order_by(EMPLOYER, "about"), rules.PER_SUPERVISOR, on)


def for_its_employees(*, on: date, of: Of = None) -> Iterator[Found]:
    """Tell which employers have more at once, on the day, than the rule says for ten employees.

    The placement counts. Two are never many.
    """
    for_ten = dated.value_on(rules.PER_TEN_EMPLOYEES, on)
    there = _there(on, of).filter(workplace__employer__employees__isnull=False)
    found = there.values(EMPLOYER).annotate(number=Count("pk") + _itself(of))
    is_many = Q(number__gt=F("workplace__employer__employees") * for_ten / 10.0)
    yield from _told(found.filter(is_many, number__gt=2).order_by(EMPLOYER), rules.PER_TEN_EMPLOYEES, on)


def ended_early(*, on: date, of: Of = None) -> Iterator[Found]:
    """Tell at which workplaces several ended early within a year before the day for the workplace's sake."""
    most = dated.value_on(rules.EARLY_ENDINGS, on)
    ended = Internship.objects.filter(
        state=InternshipState.ENDED_EARLY, ended_by_side=Side.EMPLOYER, ended_on__gt=on - YEAR
    )
    if of is not None:
        ended = ended.filter(workplace=of.workplace_id)
    found = ended.values(EMPLOYER, about=F("workplace__name"), key=F("workplace"))
    found = found.annotate(number=Count("pk")).filter(number__gte=most).order_by("key")
    yield from _told(found, rules.EARLY_ENDINGS, on)


def made_redundant(*, on: date, of: Of = None) -> Iterator[Found]:
    """Tell where people were given notice lately, at the workplace or anywhere, and somebody is placed."""
    months = dated.value_on(rules.REDUNDANCY_MONTHS, on)
    lately = Redundancy.objects.since(months_after(on, -months)).filter(happened_on__lte=on)
    if of is not None:
        here = Q(workplace=None) | Q(workplace=of.workplace_id)
        lately = lately.filter(here, employer=of.workplace.employer_id)
    else:
        placed = Internship.objects.filter(state__in=OPEN_INTERNSHIPS)
        here = Q(Exists(placed.filter(workplace=OuterRef("workplace"))))
        anywhere = Q(Exists(placed.filter(workplace__employer=OuterRef("employer"))), workplace=None)
        lately = lately.filter(here | anywhere)
    found = lately.values(
        number=F("how_many"), workplace__employer=F("employer"), about=F("workplace__name"), key=F("pk")
    )
    yield from _told(found.order_by("happened_on", "pk"), rules.REDUNDANCY_MONTHS, on)


def written_late(*, on: date, of: Of = None) -> Iterator[Found]:
    """Tell which employers have several placements, begun within a year, that were written afterwards.

    Of a placement only where it was so itself, and it is written by then.
    """
    most = dated.value_on(rules.WRITTEN_LATE, on)
    late = Internship.objects.exclude(backdated_why="").filter(starts_on__gt=on - YEAR)
    if of is not None:
        late = late.filter(**{EMPLOYER: of.workplace.employer_id}) if of.backdated_why else late.none()
    found = late.values(EMPLOYER).annotate(number=Count("pk"))
    yield from _told(found.filter(number__gte=most).order_by(EMPLOYER), rules.WRITTEN_LATE, on)


def long_at_employer(*, on: date, of: Of = None) -> Iterator[Found]:
    """Tell at which employers somebody has more days, in whatever kind of placement, than the rule allows.

    The number is the days of whoever has most, with those of the placement. It says nothing of who that is.
    """
    limits = rules.rules_on(
        OuterRef("kind"), on, programme=OuterRef("programme"), measure=Measure.AT_EMPLOYER
    )
    came = Internship.objects.exclude(state__in=NEVER_BEGAN).filter(workplace__employer__isnull=False)
    if of is None:
        now = Internship.objects.filter(state__in=OPEN_INTERNSHIPS).order_by("pk")
        most_days = Subquery(limits.values("longest_days")[:1])
        judged: Iterable[Any] = now.values_list(EMPLOYER, "participant", most_days)
        itself, source = 0, rules.OWN_LENGTHS
    else:
        rule = rules.length_rule(of, Measure.AT_EMPLOYER)
        judged = [(of.workplace.employer_id, of.participant_id, rule and rule.longest_days)]
        came = came.exclude(pk=of.pk).filter(
            participant=of.participant_id, workplace__employer=of.workplace.employer_id
        )
        first, last = of.started_on or of.starts_on, of.ended_on or of.ends_on
        itself, source = (last - first + DAY).days, rule.where if rule else ""
    spent = came.order_by().values(EMPLOYER, "participant").annotate(days=Sum(LENGTH), times=Count("pk"))
    days = {(row[EMPLOYER], row["participant"]): row["days"].days + row["times"] for row in spent}
    found: dict[UUID, Found] = {}
    for employer, person, most in judged:
        number = days.get((employer, person), 0) + itself
        if most and number > most and (employer not in found or number > found[employer].number):
            found[employer] = Found(employer, number, most, source)
    yield from found.values()


def with_nothing_new(*, on: date, of: Of = None, most: int | None = None) -> Iterator[Found]:
    """Tell at which employers somebody has been extended with nothing new, for longer than the rule allows.

    The days are counted from what was new last. A placement is taken as extended so until its last day.
    """
    key = rules.NOTHING_NEW_DAYS if of is None else rules.NOTHING_NEW_ASKED
    most = dated.value_on(key, on) if most is None else most
    versions = Extension.objects.filter(internship=OuterRef("pk"), applied_at__isnull=False)
    news = versions.filter(brings_new=True).order_by("-valid_from", "-applied_at")
    stayed = Internship.objects.annotate(since=Coalesce(Subquery(news.values("valid_from")[:1]), FIRST))
    if of is None:
        same = versions.filter(brings_new=False, valid_from__gte=OuterRef("since"))
        stayed = stayed.filter(Exists(same), state__in=UNDER_WAY).annotate(until=LAST)
    else:
        until = Value(of.ended_on or of.ends_on, output_field=DateField())
        stayed = stayed.filter(pk=of.pk).annotate(until=until)
    idle = ExpressionWrapper(F("until") - F("since"), output_field=DurationField())
    found = stayed.annotate(idle=idle).filter(idle__gt=DAY * most).order_by().values(EMPLOYER)
    yield from _told(found.annotate(number=Count("pk")).order_by(EMPLOYER), key, on)


def without_time_to_seek(*, on: date, of: Of = None) -> Iterator[Found]:
    """Tell at which employers people have more hours a week than the municipality's own rule allows.

    The threshold of a placement is the hours that its rule allows.
    """
    if of is not None:
        rule = _own_rule_broken(on, of.kind, of.programme, of.hours_per_week).first()
        if rule is not None and rule.most_hours_a_week:
            yield Found(of.workplace.employer_id, 1, rule.most_hours_a_week, rule.where)
        return
    kind, programme = OuterRef(OuterRef("kind")), OuterRef(OuterRef("programme"))
    broken = _own_rule_broken(on, kind, programme, OuterRef("hours_per_week"))
    now = Internship.objects.filter(Exists(broken), state__in=UNDER_WAY)
    for row in now.values(EMPLOYER).annotate(number=Count("pk")).order_by(EMPLOYER):
        yield Found(row[EMPLOYER], row["number"], 0, rules.OWN_LENGTHS)


def _own_rule_broken(on: date, kind: Any, programme: Any, hours: Any) -> QuerySet[PlacementRule]:
    """Keep the rule of length that holds, where it is an own one and allows fewer hours a week than these."""
    holds = rules.rules_on(kind, on, programme=programme).values("pk")[:1]
    own = PlacementRule.objects.filter(pk=Subquery(holds), is_statute=False, most_hours_a_week__gt=0)
    return own.filter(most_hours_a_week__lt=hours).order_by()


def _there(on: date, of: Of) -> Rows:
    """Keep who is at a workplace on the day, or is to be there then; beside a placement at its employer."""
    there = Internship.objects.annotate(first=FIRST)
    there = there.filter(first__lte=on, ends_on__gte=on, state__in=OPEN_INTERNSHIPS).order_by()
    if of is None:
        return there
    return there.exclude(pk=of.pk).filter(**{EMPLOYER: of.workplace.employer_id})


def _before(came: Rows, of: Internship) -> Rows:
    """Keep who else came before a placement, to its opening, or for its work where there is none."""
    if of.kind in NOT_MEANT_TO_HIRE:
        return came.none()
    earlier = came.filter(starts_on__lt=of.starts_on).exclude(participant=of.participant_id)
    if of.opening_id is not None:
        return earlier.filter(opening=of.opening_id)
    return earlier.filter(workplace=of.workplace_id, work__iexact=of.work)


def _itself(of: Of) -> Value:
    """Return how many a placement at hand adds to those that are counted beside it."""
    return Value(0 if of is None else 1)


def _told(found: Iterable[Any], key: str, on: date) -> Iterator[Found]:
    threshold, source = dated.value_on(key, on), rules.dated_source(key, on)
    for row in found:
        about, known_by = str(row.get("about") or ""), str(row.get("key") or row.get("about") or "")
        yield Found(row[EMPLOYER], row["number"], threshold, source, about[:200], known_by[:200])
