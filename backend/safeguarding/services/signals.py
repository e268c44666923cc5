"""Signals: read every night, kept as evidence, and proposed to the manager where there is something new."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final
from uuid import UUID

from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.transactions import one_write
from backend.employers.models import Employer
from backend.internships.safeguards import signals
from backend.internships.safeguards.signals import Found
from backend.safeguarding import notifications
from backend.safeguarding.enums import EvidenceKind, ReviewState, Signal
from backend.safeguarding.models import Evidence, Review

SIGNALS: Final[dict[Signal, signals.Signal]] = {
    Signal.SAME_TASKS: signals.same_tasks,
    Signal.PER_EMPLOYEE: signals.for_its_employees,
    Signal.PER_SUPERVISOR: signals.for_one_supervisor,
    Signal.EARLY_ENDINGS: signals.ended_early,
    Signal.AT_EMPLOYER: signals.long_at_employer,
    Signal.NOTHING_NEW: signals.with_nothing_new,
    Signal.REDUNDANCIES: signals.made_redundant,
    Signal.BACKDATED: signals.written_late,
    Signal.JOB_SEEKING: signals.without_time_to_seek,
}
"""What each signal asks of all employers; the gates ask the same of one placement."""


def findings(*, on: date) -> Iterator[tuple[Signal, Found]]:
    """Yield what the figures tell of every employer on a day."""
    for signal, ask in SIGNALS.items():
        for found in ask(on=on):
            yield signal, found


def notice_signals(*, at: datetime) -> int:
    """Keep every signal that is new, or has grown, as evidence; return at how many employers there was one.

    Where no review is open one is proposed. What was looked into at these figures is not proposed anew.
    """
    by_employer: defaultdict[UUID, list[tuple[Signal, Found]]] = defaultdict(list)
    for signal, found in findings(on=day_of(at)):
        by_employer[found.employer].append((signal, found))
    return sum(_notice(employer_id=key, found=all_of_it, at=at) for key, all_of_it in by_employer.items())


@one_write
def _notice(*, employer_id: UUID, found: Iterable[tuple[Signal, Found]], at: datetime) -> bool:
    employer = Employer.objects.select_for_update(of=("self",)).get(pk=employer_id)
    review = Review.objects.undecided().filter(employer=employer).first()
    known = _known(employer)
    new = [(signal, each) for signal, each in found if each.number > known.get((signal, each.key), -1)]
    if not new:
        return False
    if review is None:
        state = ReviewState.PROPOSED
        review = Review.objects.create(employer=employer, state=state, opened_at=at, state_changed_at=at)
        audit.record(review, "review_proposed", by=None, at=at, to_state=state)
        notifications.tell_managers(review, at=at)
    for signal, finding in new:
        figures = {"number": finding.number, "threshold": finding.threshold, "source": finding.source}
        Evidence.objects.update_or_create(
            review=review,
            kind=EvidenceKind.SIGNAL,
            signal=signal,
            about=finding.key,
            defaults={**figures, "words": finding.about, "at": at},
        )
    audit.record(review, "signal_noticed", by=None, at=at, changes={"number": len(new)})
    return True


def _known(employer: Employer) -> dict[tuple[str, str], int]:
    """Return the highest figure at which each signal has been kept before, whatever became of the review."""
    rows = Evidence.objects.filter(review__employer=employer, kind=EvidenceKind.SIGNAL)
    known: dict[tuple[str, str], int] = {}
    for signal, about, number in rows.values_list("signal", "about", "number"):
        known[signal, about] = max(number or 0, known.get((signal, about), 0))
    return known
