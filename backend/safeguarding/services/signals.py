"""Signals: read every night, kept as evidence, and proposed to the manager where there is something new."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.core import rules as dated
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.transactions import one_write
from backend.employers.models import Employer
from backend.internships.safeguards import rules as placing
from backend.internships.safeguards import signals
from backend.safeguarding import notifications, rules
from backend.safeguarding.enums import EvidenceKind, ReviewState, Signal
from backend.safeguarding.models import Evidence, Review


@dataclass(frozen=True)
class Finding:
    """A signal at an employer: about what there, how many, and past which threshold by which source."""

    signal: Signal
    employer: UUID
    number: int
    threshold: int
    source: str
    about: str = ""
    key: str = ""
    """By which a second night knows it again."""


def findings(*, on: date) -> Iterator[Finding]:
    """Yield what the figures tell of every employer on a day."""
    for by_opening in (True, False):
        most = dated.value_on(placing.SAME_TASKS, on)
        came = signals.one_after_another(most=most, by_opening=by_opening)
        yield from _found(Signal.SAME_TASKS, came, placing.SAME_TASKS, on)
    for signal, key, rows in (
        (Signal.PER_EMPLOYEE, rules.PER_TEN_EMPLOYEES, signals.for_its_employees),
        (Signal.PER_SUPERVISOR, rules.PER_SUPERVISOR, signals.for_one_supervisor),
    ):
        named = "for_ten" if signal == Signal.PER_EMPLOYEE else "most"
        yield from _found(signal, rows(**{named: dated.value_on(key, on)}), key, on)
    early = signals.ended_early(most=dated.value_on(rules.EARLY_ENDINGS, on), on=on)
    yield from _found(Signal.EARLY_ENDINGS, early, rules.EARLY_ENDINGS, on)
    late = signals.written_late(most=dated.value_on(rules.WRITTEN_LATE, on), on=on)
    yield from _found(Signal.BACKDATED, late, rules.WRITTEN_LATE, on)
    stayed = signals.with_nothing_new(most=dated.value_on(rules.NOTHING_NEW_DAYS, on))
    yield from _found(Signal.NOTHING_NEW, stayed, rules.NOTHING_NEW_DAYS, on)
    over: Any = signals.long_at_employer(on=on)
    busy: Any = signals.without_time_to_seek(on=on)
    for signal, rows_of_rule in ((Signal.AT_EMPLOYER, over), (Signal.JOB_SEEKING, busy)):
        for row in rows_of_rule:
            threshold = row.get("threshold", 0)
            yield _finding(signal, row, threshold=threshold, source=placing.OWN_LENGTHS)


def notice_signals(*, at: datetime) -> int:
    """Keep every signal that is new, or has grown, as evidence; return at how many employers there was one.

    Where no review is open one is proposed. What was looked into at these figures is not proposed anew.
    """
    by_employer: defaultdict[UUID, list[Finding]] = defaultdict(list)
    for finding in findings(on=day_of(at)):
        by_employer[finding.employer].append(finding)
    return sum(_notice(employer_id=key, found=found, at=at) for key, found in by_employer.items())


@one_write
def _notice(*, employer_id: UUID, found: Iterable[Finding], at: datetime) -> bool:
    employer = Employer.objects.select_for_update(of=("self",)).get(pk=employer_id)
    review = Review.objects.undecided().filter(employer=employer).first()
    known = _known(employer)
    new = [each for each in found if each.number > known.get((each.signal, each.key), -1)]
    if not new:
        return False
    if review is None:
        state = ReviewState.PROPOSED
        review = Review.objects.create(employer=employer, state=state, opened_at=at, state_changed_at=at)
        audit.record(review, "review_proposed", by=None, at=at, to_state=state)
        notifications.tell_managers(review, at=at)
    for finding in new:
        figures = {"number": finding.number, "threshold": finding.threshold, "source": finding.source}
        Evidence.objects.update_or_create(
            review=review,
            kind=EvidenceKind.SIGNAL,
            signal=finding.signal,
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


def _found(signal: Signal, rows: Iterable[Any], key: str, on: date) -> Iterator[Finding]:
    threshold, source = dated.value_on(key, on), placing.dated_source(key, on)
    for row in rows:
        yield _finding(signal, row, threshold=threshold, source=source)


def _finding(signal: Signal, row: dict[str, Any], *, threshold: int, source: str) -> Finding:
    about, key = str(row.get("about") or ""), str(row.get("key") or row.get("about") or "")
    employer, number = row["workplace__employer"], row["number"]
    return Finding(signal, employer, number, threshold, source, about[:200], key[:200])
