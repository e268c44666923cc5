"""Where a placement could keep somebody in, or use people: what the unit's manager decides about.

Each gate is a signal (`signals`) asked of one placement, before it is planned or extended, and every night of
those that go on. The thresholds are dated rules of the municipality's own; what a statute says is no gate, it
is refused (see safeguards).
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from backend.core.writing.refusals import Reason
from backend.internships.enums import ConsultationOutcome, Gate
from backend.internships.models import Internship
from backend.internships.safeguards import signals
from backend.internships.safeguards.refusals import PlacementRefusal
from backend.internships.safeguards.signals import Found

SIGNAL_OF: Final[dict[Gate, signals.Signal]] = {
    Gate.AT_EMPLOYER: signals.long_at_employer,
    Gate.SAME_TASKS: signals.same_tasks,
    Gate.JOB_SEEKING: signals.without_time_to_seek,
    Gate.NOTHING_NEW: signals.with_nothing_new,
    Gate.PER_SUPERVISOR: signals.for_one_supervisor,
    Gate.PER_EMPLOYEE: signals.for_its_employees,
    Gate.EARLY_ENDINGS: signals.ended_early,
    Gate.REDUNDANCIES: signals.made_redundant,
    Gate.WRITTEN_LATE: signals.written_late,
}
"""What each gate asks; the union's objection alone is told by people."""
OF_PERSON: Final = (Gate.AT_EMPLOYER, Gate.SAME_TASKS, Gate.JOB_SEEKING)
"""Could keep the person in: asked about before it begins, and when it arises later."""
OF_WORKPLACE: Final = (Gate.PER_SUPERVISOR, Gate.PER_EMPLOYEE, Gate.EARLY_ENDINGS, Gate.REDUNDANCIES)
"""Asked about before somebody new comes. What arises later is told of the employer, by the alarm."""
WHILE_IT_GOES_ON: Final = (*OF_PERSON, Gate.WRITTEN_LATE)
"""Asked about while it goes on. What was written late has begun already: it is not held back."""
OF_STAYING: Final = (Gate.EARLY_ENDINGS, Gate.REDUNDANCIES)
"""Asked about anew before somebody stays longer."""


def gates_of(internship: Internship) -> Iterator[Reason]:
    """Yield why a new placement, as it stands in memory, needs the manager's decision before it begins."""
    yield from _asked(internship, OF_PERSON)
    yield from _asked(internship, OF_WORKPLACE)


def gates_that_arise(internship: Internship) -> Iterator[Reason]:
    """Yield why a placement that goes on needs the manager's decision."""
    yield from _asked(internship, WHILE_IT_GOES_ON)


def gates_of_terms(internship: Internship) -> Iterator[Reason]:
    """Yield why a placement with its terms corrected would need the manager's decision: the person's own."""
    yield from _asked(internship, OF_PERSON)


def gates_of_extension(
    internship: Internship, *, before: Internship, brings_new: bool, union_outcome: str
) -> Iterator[Reason]:
    """Yield why new terms need the manager's decision: what longer, more or the same again would mean.

    What was so before it was changed is no gate once more.
    """
    if internship.ends_on > before.ends_on:
        yield from _asked(internship, [Gate.AT_EMPLOYER])
        if not brings_new:
            yield from _asked(internship, [Gate.NOTHING_NEW])
        yield from _asked(internship, OF_STAYING, on=before.ends_on)
    if internship.hours_per_week > before.hours_per_week:
        yield from _asked(internship, [Gate.JOB_SEEKING])
    if union_outcome == ConsultationOutcome.OBJECTION:
        yield Reason(PlacementRefusal.UNION_OBJECTS, about="union_outcome")


def longer_with_nothing_new(internship: Internship, *, before: Internship) -> bool:
    """Tell whether new terms make a placement longer with the same tasks."""
    return internship.ends_on > before.ends_on and are_same_tasks(before.tasks, internship.tasks)


def are_same_tasks(one: str, other: str) -> bool:
    """Tell whether the same is written, but for spaces and capitals."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def codes_of_gates(reasons: list[Reason]) -> list[str]:
    """Return which gates these are, as they are kept."""
    return [str(Gate(reason.why.value)) for reason in reasons]


def _asked(
    internship: Internship, gates: tuple[Gate, ...] | list[Gate], on: date | None = None
) -> Iterator[Reason]:
    for gate in gates:
        found = next(SIGNAL_OF[gate](on=on or internship.starts_on, of=internship), None)
        if found is not None:
            yield WORDS[gate](found)


def _reason(
    why: PlacementRefusal, about: str = "", number: str = "people", threshold: str = "most"
) -> Callable[[Found], Reason]:
    """Return how a gate is said with its figures: what they are called in the words of the refusal."""

    def say(found: Found) -> Reason:
        return Reason(why, {number: found.number, threshold: found.threshold, "source": found.source}, about)

    return say


WORDS: Final[dict[Gate, Callable[[Found], Reason]]] = {
    Gate.AT_EMPLOYER: _reason(PlacementRefusal.TOO_LONG_AT_EMPLOYER, "ends_on", "days", "longest"),
    Gate.SAME_TASKS: _reason(PlacementRefusal.SAME_TASKS),
    Gate.JOB_SEEKING: _reason(PlacementRefusal.NO_TIME_TO_SEEK, "hours_per_week", threshold="hours"),
    Gate.NOTHING_NEW: _reason(PlacementRefusal.NOTHING_NEW, "new_content"),
    Gate.PER_SUPERVISOR: _reason(PlacementRefusal.MANY_FOR_SUPERVISOR, "supervisor_name"),
    Gate.PER_EMPLOYEE: _reason(PlacementRefusal.MANY_FOR_EMPLOYEES),
    Gate.EARLY_ENDINGS: _reason(PlacementRefusal.EARLY_ENDINGS),
    Gate.REDUNDANCIES: _reason(PlacementRefusal.REDUNDANCIES, threshold="months"),
    Gate.WRITTEN_LATE: _reason(PlacementRefusal.WRITTEN_LATE, "backdated_why"),
}
