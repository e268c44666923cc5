"""The figures of the unit overview, each with its definition: who counts, which dates, which denominator."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Unit
from backend.employers.enums import OpeningState
from backend.employers.models import Opening
from backend.internships.enums import ENDED, AnswerWay, EmploymentForm
from backend.internships.models import Employment, Evaluation, FollowUp, Internship
from backend.internships.models.placements import SIDE_CHOICES
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.participants.models import Participant, ParticipantQuerySet
from backend.reports.statistics import Share

FOLLOWED_DAYS = 90
ARRIVES_WITHIN = 21
"""As long as the link in the mail can be answered by."""


@dataclass(frozen=True)
class Period:
    """A span of days, both ends included."""

    first: date
    last: date


@dataclass(frozen=True)
class Figure:
    """A share with the words that make it honest, and the days that its denominator really covers.

    Without `period` no day of what was asked for can be judged yet.
    """

    label: Promise
    share: Share
    definition: Promise
    period: Period | None


def paid_jobs(units: Iterable[Any], period: Period) -> QuerySet[Employment]:
    """Return the new paid jobs that begin in `period`; municipal labour-market jobs are counted apart."""
    jobs = Employment.objects.filter(
        participant__unit__in=list(units), starts_on__range=(period.first, period.last)
    )
    return jobs.exclude(form=EmploymentForm.MUNICIPAL)


def internship_first(units: Iterable[Any], period: Period) -> Figure:
    """Return the share of persons with a new paid job who had an internship before it."""
    before = Internship.objects.filter(
        participant=OuterRef("participant"), started_on__lte=OuterRef("starts_on")
    )
    jobs = paid_jobs(units, period).annotate(had_internship=Exists(before))
    rows = jobs.order_by().values_list("participant_id", "had_internship").distinct()
    persons = dict(sorted(rows, key=lambda row: row[1]))
    return Figure(
        _("New paid jobs that had an internship first"),
        Share(sum(persons.values()), len(persons)),
        _(
            "People of the unit who began a new paid job in the period (denominator). Counted (numerator) "
            "are those who had begun an internship arranged by the unit on or before the job's first day. "
            "Municipal labour-market jobs are not counted. A person with several jobs counts once."
        ),
        period,
    )


def led_to_job(units: Iterable[Any], period: Period, *, today: date) -> list[Figure]:
    """Return the share of persons with an ended internship who began paid work within FOLLOWED_DAYS.

    Three figures: at any employer, at the workplace's own, and at another.
    """
    last = min(period.last, today - timedelta(days=FOLLOWED_DAYS))
    ended = Internship.objects.filter(
        participant__unit__in=list(units), state__in=ENDED, ended_on__range=(period.first, last)
    )
    jobs = _jobs_after()
    here = Q(employer=OuterRef("workplace__employer"))
    rows = ended.annotate(
        same=Exists(jobs.filter(here)), other=Exists(jobs.filter(~here | Q(employer=None)))
    ).order_by()
    led: dict[Any, tuple[bool, bool]] = {}
    for person, same, other in rows.values_list("participant_id", "same", "other"):
        before = led.get(person, (False, False))
        led[person] = (before[0] or same, before[1] or other)
    counts = (sum(map(any, led.values())), *(sum(each[i] for each in led.values()) for i in (0, 1)))
    covered = Period(period.first, last) if period.first <= last else None
    return [
        Figure(label, Share(count, len(led)), definition, covered)
        for (label, definition), count in zip(_LED, counts, strict=True)
    ]


def _jobs_after() -> QuerySet[Employment]:
    return Employment.objects.filter(
        participant=OuterRef("participant"),
        starts_on__gte=OuterRef("started_on"),
        starts_on__lte=OuterRef("ended_on") + timedelta(days=FOLLOWED_DAYS),
    ).exclude(form=EmploymentForm.MUNICIPAL)


_LED = (
    (
        _("Ended internships followed by paid work"),
        _(
            "People of the unit whose internship ended in the days shown, as agreed or early (denominator): "
            "those of the last 90 days are not judged yet. Counted (numerator) are those who began paid "
            "work, anywhere, between the internship's first day and 90 days after its last. Municipal "
            "labour-market jobs are not counted."
        ),
    ),
    (
        _("… at the same employer"),
        _(
            "Of the same people, those whose paid work within the same time was at the employer where they "
            "had the internship. Who began work both there and elsewhere counts in both figures."
        ),
    ),
    (
        _("… at another employer"),
        _(
            "Of the same people, those whose paid work within the same time was at another employer, or at "
            "one that is not in Praktikbron."
        ),
    ),
)


@dataclass(frozen=True)
class Arrivals:
    """How many evaluations one side was asked for, and how many arrived by each way."""

    side: str
    asked: int
    arrived: dict[str, int]

    @property
    def share(self) -> Share:
        """What arrived of what was asked for."""
        return Share(sum(self.arrived.values()), self.asked)


def evaluations_arrived(units: Iterable[Any], period: Period, *, today: date) -> list[Arrivals]:
    """Return for each side the evaluations asked for in `period` and how they arrived.

    Those of the last ARRIVES_WITHIN days are not judged yet. What the coach gave up counts as asked for.
    """
    last = min(period.last, today - timedelta(days=ARRIVES_WITHIN))
    asked = Evaluation.objects.filter(
        internship__participant__unit__in=list(units), asked_at__date__range=(period.first, last)
    )
    rows = asked.order_by().values("side", "way").annotate(n=Count("pk"))
    counted = Counter({(row["side"], row["way"]): row["n"] for row in rows})
    return [
        Arrivals(
            str(label),
            sum(n for (each, _way), n in counted.items() if each == side),
            {way: counted[side, way] for way in AnswerWay.values},
        )
        for side, label in SIDE_CHOICES
    ]


@dataclass(frozen=True)
class UnitNow:
    """How a unit stands: who waits today and since when, and what began in the period."""

    name: str
    waiting: int
    longest: date | None
    starts: int
    jobs: int


def per_unit(units: Iterable[Any], period: Period) -> list[UnitNow]:
    """Return for each unit who waits for a place, and the internships and paid jobs that began."""
    keys = list(units)
    waiting = _by_unit(Participant.objects.findable().filter(unit__in=keys).matchable(), "unit")
    longest = Participant.objects.findable().filter(unit__in=keys).matchable().order_by("unit")
    since = dict(longest.values("unit").annotate(first=Min("waiting_since")).values_list("unit", "first"))
    began = Internship.objects.filter(
        participant__unit__in=keys, started_on__range=(period.first, period.last)
    )
    starts, jobs = (
        _by_unit(began, "participant__unit"),
        _by_unit(paid_jobs(keys, period), "participant__unit"),
    )
    return [
        UnitNow(str(each), waiting[each.pk], since.get(each.pk), starts[each.pk], jobs[each.pk])
        for each in Unit.objects.filter(pk__in=keys).order_by("sort_key", "pk")
    ]


def _by_unit(rows: QuerySet[Any], unit: str) -> Counter[Any]:
    return Counter(dict(rows.order_by(unit).values(unit).annotate(n=Count("pk")).values_list(unit, "n")))


def openings_by_state(municipality_ids: Iterable[Any]) -> list[dict[str, Any]]:
    """Return for each state how many openings, places and free places the municipality has."""
    rows = Opening.objects.filter(workplace__employer__municipality__in=list(municipality_ids))
    sums = rows.order_by("state").values("state")
    sums = sums.annotate(openings=Count("pk"), all_places=Sum("places"), taken=Sum("places_taken"))
    found = {row["state"]: row for row in sums}
    return [
        {**found[state], "label": label, "left": found[state]["all_places"] - found[state]["taken"]}
        for state, label in OpeningState.choices
        if state in found
    ]


WAITING = (
    (ProposalState.ASKED, _("Proposals that wait for the participant")),
    (ProposalState.SENT, _("Proposals that wait for the employer")),
    (ProposalState.INTERVIEW, _("Proposals in interview")),
    (ProposalState.ACCEPTED, _("Accepted proposals that wait to be planned")),
)


@dataclass(frozen=True)
class Queue:
    """How many wait for an answer, and since when the oldest has."""

    label: Promise
    count: int
    oldest: date | None


def waiting_for_answers(units: Iterable[Any]) -> list[Queue]:
    """Return who waits for whose answer: proposals by state, with the age of the oldest."""
    open_rows = Proposal.objects.filter(
        participant__in=Participant.objects.findable().filter(unit__in=list(units)),
        state__in=[state for state, _label in WAITING],
    )
    changed: dict[str, list[Any]] = {state: [] for state, _label in WAITING}
    for state, changed_at in open_rows.order_by("state_changed_at").values_list("state", "state_changed_at"):
        changed[state].append(changed_at)
    return [
        Queue(label, len(changed[state]), changed[state][0] if changed[state] else None)
        for state, label in WAITING
    ]


def overdue_follow_ups(units: Iterable[Any], *, today: date) -> QuerySet[FollowUp]:
    """Return the follow-ups of the units that should have been closed before today, oldest first."""
    theirs = FollowUp.objects.overdue(today).filter(
        internship__participant__in=Participant.objects.findable().filter(unit__in=list(units))
    )
    return theirs.select_related("internship__workplace__employer", "internship__participant__coach")


def longest_waiting(participants: ParticipantQuerySet, *, limit: int = 10) -> ParticipantQuerySet:
    """Return of `participants` those who have waited longest for a place."""
    return participants.matchable().select_related("coach").order_by("waiting_since", "pk")[:limit]


def per_month(units: Iterable[Any], period: Period) -> dict[str, dict[date, int]]:
    """Return how many internships started and paid jobs began in each month of `period`."""
    started = Internship.objects.filter(
        participant__unit__in=list(units), started_on__range=(period.first, period.last)
    )
    begun = paid_jobs(units, period)
    months = _months("internships", started, "started_on").union(
        _months("jobs", begun, "starts_on"), all=True
    )
    # Django 6.1 gives a union the model's own order, which its columns do not hold.
    months = months.order_by()
    counts: dict[str, dict[date, int]] = {"internships": Counter(), "jobs": Counter()}
    for what, month in months:
        counts[what][month] += 1
    return counts


def _months(what: str, rows: QuerySet[Any], day: str) -> QuerySet[Any, tuple[str, date]]:
    """Return for each of `rows` what it is, and the month of its `day`."""
    return rows.order_by().values_list(Value(what), TruncMonth(day))
