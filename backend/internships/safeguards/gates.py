"""Where a placement could keep somebody in, or use people: what the unit's manager decides about.

Each gate is one question to the database, the same for a placement that is planned or extended and for those
that go on. The thresholds are dated rules of the municipality's own; what a statute says is no gate, it is
refused (see safeguards).
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from backend.core import rules as dated
from backend.core.writing.refusals import Reason
from backend.internships.enums import ConsultationOutcome, Gate, Measure
from backend.internships.models import Internship
from backend.internships.safeguards import rules
from backend.internships.safeguards.refusals import PlacementRefusal
from backend.internships.safeguards.signals import (
    DAY,
    LENGTH,
    NOT_MEANT_TO_HIRE,
    began_at_employer,
    without_hire,
)


def gates_of(internship: Internship) -> Iterator[Reason]:
    """Yield why a placement as it stands in memory needs the manager's decision."""
    yield from _too_long_at_employer(internship)
    yield from _same_tasks(internship)
    yield from _no_time_to_seek(internship)


def gates_of_extension(
    internship: Internship, *, before: Internship, new_content: str, union_outcome: str
) -> Iterator[Reason]:
    """Yield why new terms need the manager's decision: what longer, more or the same again would mean.

    What was so before it was changed is no gate once more.
    """
    if internship.ends_on > before.ends_on:
        yield from _too_long_at_employer(internship)
        if longer_with_nothing_new(internship, before=before) and not new_content.strip():
            yield Reason(PlacementRefusal.NOTHING_NEW, about="new_content")
    if internship.hours_per_week > before.hours_per_week:
        yield from _no_time_to_seek(internship)
    if union_outcome == ConsultationOutcome.OBJECTION:
        yield Reason(PlacementRefusal.UNION_OBJECTS, about="union_outcome")


def longer_with_nothing_new(internship: Internship, *, before: Internship) -> bool:
    """Tell whether new terms make a placement longer with the same tasks."""
    return internship.ends_on > before.ends_on and _same(before.tasks, internship.tasks)


def codes_of_gates(reasons: list[Reason]) -> list[str]:
    """Return which gates these are, as they are kept."""
    return [str(Gate(reason.why.value)) for reason in reasons]


def days_so_far(internship: Internship) -> int:
    """Return the calendar days that the person has had at the employer, in whatever kind of placement."""
    others = Internship.objects.filter(
        participant=internship.participant_id, workplace__employer=internship.workplace.employer_id
    )
    counting = began_at_employer(others).exclude(pk=internship.pk)
    lengths = counting.order_by().values_list(LENGTH, flat=True)
    return sum((each + DAY).days for each in lengths)


def earlier_with_same_tasks(internship: Internship) -> QuerySet[Internship]:
    """Keep who else came to the opening since anybody was last hired from it.

    Where there is no opening, who came to the workplace without one, for work that is called the same.
    """
    if internship.opening_id is not None:
        came = Internship.objects.filter(opening=internship.opening_id)
    else:
        called = {"opening": None, "work__iexact": internship.work}
        came = Internship.objects.filter(workplace=internship.workplace_id, **called)
    others = came.exclude(participant=internship.participant_id)
    return without_hire(others, at_opening=internship.opening_id is not None)


def _too_long_at_employer(internship: Internship) -> Iterator[Reason]:
    rule = rules.length_rule(internship, Measure.AT_EMPLOYER)
    if rule is None or not rule.longest_days:
        return
    first = internship.started_on or internship.starts_on
    last = internship.ended_on or internship.ends_on
    days = days_so_far(internship) + (last - first + DAY).days
    if days > rule.longest_days:
        what = {"days": days, "longest": rule.longest_days, "source": rule.where}
        yield Reason(PlacementRefusal.TOO_LONG_AT_EMPLOYER, what, "ends_on")


def _same_tasks(internship: Internship) -> Iterator[Reason]:
    if internship.kind in NOT_MEANT_TO_HIRE:
        return
    day = internship.starts_on
    most = dated.value_on(rules.SAME_TASKS, day)
    came = earlier_with_same_tasks(internship).filter(starts_on__lt=day).count()
    if came >= most:
        what = {"people": came, "source": rules.dated_source(rules.SAME_TASKS, day)}
        yield Reason(PlacementRefusal.SAME_TASKS, what)


def _no_time_to_seek(internship: Internship) -> Iterator[Reason]:
    rule = rules.length_rule(internship)
    if rule is None or rule.is_statute or not rule.most_hours_a_week:
        return
    if internship.hours_per_week > rule.most_hours_a_week:
        what = {"hours": rule.most_hours_a_week, "source": rule.where}
        yield Reason(PlacementRefusal.NO_TIME_TO_SEEK, what, "hours_per_week")


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
