"""What is shown of jobs and their runs: when, how long, what came of it; never whom it was about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from backend.core import timeline
from backend.core.enums import RunState
from backend.core.models import JobRun, ScheduledRun
from backend.core.outbox import kinds
from backend.core.running.by_hand import stamp_of
from backend.core.running.schedule import LATE, Job, jobs

DONE: Final[dict[str, Any]] = {
    "asked": ngettext_lazy("%(n)s question asked", "%(n)s questions asked", "n"),
    "closed": ngettext_lazy("%(n)s closed", "%(n)s closed", "n"),
    "ended": ngettext_lazy("%(n)s ended", "%(n)s ended", "n"),
    "forgot": ngettext_lazy("%(n)s row deleted", "%(n)s rows deleted", "n"),
    "moved": ngettext_lazy("%(n)s review moved on", "%(n)s reviews moved on", "n"),
    "noted": ngettext_lazy("%(n)s union did not answer in time", "%(n)s unions did not answer in time", "n"),
    "noticed": ngettext_lazy("%(n)s placement to decide about", "%(n)s placements to decide about", "n"),
    "reminded": ngettext_lazy("%(n)s waiting and reminded of", "%(n)s waiting and reminded of", "n"),
    "set_out": ngettext_lazy("%(n)s day set out", "%(n)s days set out", "n"),
    "thanked": ngettext_lazy("%(n)s employer thanked", "%(n)s employers thanked", "n"),
    "told": ngettext_lazy("%(n)s told of news", "%(n)s told of news", "n"),
}
"""The words of what a job says that it did: a code and a number."""
TONES: Final = {RunState.DONE: "success", RunState.FAILED: "danger", RunState.LEFT: "danger"}
NEVER: Final = gettext_lazy("Has not run yet")


@dataclass(frozen=True)
class Listed:
    """A job as it stands in the list and at the head of its own page."""

    name: str
    title: Promise | str
    tells: Promise | str
    last_at: datetime | None
    next_at: datetime | None
    said: str
    state: str
    label: str
    tone: str
    seen: str

    @property
    def is_running(self) -> bool:
        """Tell whether it goes on."""
        return self.state == RunState.RUNNING


@dataclass(frozen=True)
class Shown:
    """One run."""

    at: datetime
    said: str
    lasted: str
    by: str
    is_dry_run: bool
    label: str
    tone: str
    effects: list[str]


def all_jobs(at: datetime) -> list[Listed]:
    """Return every job, those first that something is wrong with, then by what they are called."""
    runs = {run.name: run for run in ScheduledRun.objects.all()}
    found = [as_listed(job, runs.get(job.name), at=at) for job in jobs.values()]
    return sorted(found, key=lambda each: (each.tone != "danger", str(each.title)))


def as_listed(job: Job, run: ScheduledRun | None, *, at: datetime) -> Listed:
    """Return what is shown of `job`, which ran last as `run` says."""
    state, label, tone = _state(job, run, at)
    return Listed(
        name=job.name,
        title=job.title,
        tells=job.tells,
        last_at=run.started_at if run else None,
        next_at=run.started_at + job.every if run else None,
        said=said_of(run.outcome) if run and run.finished_at else "",
        state=state,
        label=label,
        tone=tone,
        seen=stamp_of(run),
    )


def _state(job: Job, run: ScheduledRun | None, at: datetime) -> tuple[str, str, str]:
    if run is None:
        return "", str(NEVER), "neutral"
    if run.finished_at is None:
        is_left = run.leased_until is None or run.leased_until <= at
        state = RunState.LEFT if is_left else RunState.RUNNING
        return state, str(state.label), "danger" if is_left else "info"
    if run.has_failed:
        return RunState.FAILED, str(RunState.FAILED.label), "danger"
    if run.started_at + job.every + LATE < at:
        return "overdue", _("Overdue"), "danger"
    return RunState.DONE, str(RunState.DONE.label), "success"


def as_shown(run: JobRun) -> Shown:
    """Return what is shown of one run; `by` must have been read with it."""
    state = RunState(run.state)
    return Shown(
        at=run.started_at,
        said=said_of(run.outcome),
        lasted=lasted(run.finished_at - run.started_at) if run.finished_at else "",
        by=str(run.by) if run.by else "",
        is_dry_run=run.is_dry_run,
        label=str(state.label),
        tone=TONES.get(state, "info"),
        effects=list(_effects(run)),
    )


def said_of(outcome: str) -> str:
    """Return an outcome in words; what went wrong keeps its name, for whoever runs the site."""
    code, _space, number = outcome.partition(" ")
    if code == "failed:":
        return _("Failed with %(error)s. Tell whoever runs the site.") % {"error": number}
    if code not in DONE or not number.isdigit():
        return outcome
    return str(DONE[code] % {"n": int(number)})


def lasted(span: timedelta) -> str:
    """Return how long something took: "under a second", "12 seconds", "3 minutes"."""
    seconds = int(span.total_seconds())
    if seconds < 1:
        return _("under a second")
    if seconds < 60:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    return ngettext("%(n)s minute", "%(n)s minutes", seconds // 60) % {"n": seconds // 60}


def _effects(run: JobRun) -> Iterator[str]:
    """Yield what a run by hand did beside what it counts: messages queued, and what the log was told."""
    for name, count in sorted(run.changes.get("messages", {}).items()):
        what = str(kinds[name].subject) if name in kinds else name
        words = ngettext("%(n)s message: %(what)s", "%(n)s messages: %(what)s", count)
        yield words % {"n": count, "what": what}
    for action, count in sorted(run.changes.get("actions", {}).items()):
        yield _("%(what)s: %(n)s") % {"n": count, "what": _words_of(action)}


def _words_of(action: str) -> str:
    subject, _space, name = action.partition(" ")
    return str(timeline.told(subject, name).words)
