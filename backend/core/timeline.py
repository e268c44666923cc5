"""What has happened to a thing, in the words that people read.

Every action of the audit log is registered with its words, in `timeline.py` of the app whose services write
it. `audit.record` refuses an action that has none: what cannot be told afterwards is not done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.core.models import AuditEntry

NEWEST = 50
STAFF, PERSON, EMPLOYER = "staff", "participant", "employer"
"""Readers are named as the personas are."""


@dataclass(frozen=True)
class Told:
    """An action in words: `words` for everybody, `to_person` and `to_employer` for them where that differs.

    With `to_staff_alone` nobody else is told that it happened; with `shares_why` the reason that somebody
    wrote was written for everybody who reads the page.
    """

    words: Promise
    to_person: Promise | None = None
    to_employer: Promise | None = None
    to_staff_alone: bool = False
    shares_why: bool = False

    def to(self, reader: str) -> Promise:
        """Return the words for a reader."""
        return {PERSON: self.to_person, EMPLOYER: self.to_employer}.get(reader) or self.words


_told: dict[tuple[str, str], Told] = {}
_reasons: dict[str, Promise] = {}

Why = Callable[[AuditEntry], str | None]
"""Gives the reason of an audit row where the thing itself knows it better; None where it does not."""


def register(
    model: type[models.Model],
    actions: Mapping[str, Promise | Told],
    *,
    reasons: Mapping[str, Promise] | None = None,
) -> None:
    """Give the actions recorded about rows of `model` their words, and the coded `reasons` theirs."""
    for action, words in actions.items():
        told = words if isinstance(words, Told) else Told(words)
        _told[model._meta.label_lower, action] = told
    _reasons.update(reasons or {})


def told(subject_type: str, action: str) -> Told:
    """Return the words of an action. Raises LookupError for one that nobody has registered."""
    try:
        return _told[subject_type, action]
    except KeyError as error:
        message = f"“{action}” about {subject_type} has no words: register them in its app's timeline.py"
        raise LookupError(message) from error


def is_reason(why: str) -> bool:
    """Tell whether `why` is a coded reason, and no words of somebody's own."""
    return why in _reasons


def registered() -> Mapping[tuple[str, str], Told]:
    """Return the words of every action, by subject and action."""
    return _told


def timeline(
    *subjects: models.Model,
    reader: str,
    newest: int = NEWEST,
    why: Why | None = None,
    also: "models.QuerySet[Any] | None" = None,
) -> list[dict[str, Any]]:
    """Return what has happened to `subjects` and the rows of `also`, as entries of components/_timeline.html.

    The newest come first. `reader` is a persona. What one person did several times in a day is one entry.
    Coded reasons are told to everybody; words that somebody wrote, to staff alone unless they were written
    for all.
    """
    about = AuditEntry.objects.about(*subjects)
    if also is not None:
        about |= AuditEntry.objects.about_any(also)
    rows = about.select_related("by", "written").order_by("-at", "-pk")[:newest]
    open_to_reader = [row for row in rows if _is_told(row, reader)]
    runs = groupby(open_to_reader, key=lambda row: _alike(row, reader))
    return [_entry(list(run), reader, why) for _key, run in runs]


def _alike(row: AuditEntry, reader: str) -> tuple[object, ...]:
    return _words(row, reader), row.by_id, localtime(row.at).date(), row.why, row.said


def _is_told(row: AuditEntry, reader: str) -> bool:
    """Tell whether `reader` may know of it; a row of an action that is no longer written is left out."""
    known = _told.get((row.subject_type, row.action))
    return known is not None and (reader == STAFF or not known.to_staff_alone)


def _words(row: AuditEntry, reader: str) -> str:
    return str(told(row.subject_type, row.action).to(reader))


def _entry(run: list[AuditEntry], reader: str, why: Why | None) -> dict[str, Any]:
    newest, words = run[0], _words(run[0], reader)
    count = sum(row.changes.get("count", 1) for row in run)
    return {
        "action": newest.action,
        "at": newest.at,
        "what": ngettext("%(what)s", "%(what)s (%(n)s times)", count) % {"what": words, "n": count},
        "who": _who(newest, reader),
        "why": _reason(newest, reader, why),
    }


def _who(row: AuditEntry, reader: str) -> str:
    """Return the name of whoever did it; an employer knows the person it is about by no account's name."""
    if row.by is None:
        return _("Praktikbron itself")
    is_person = row.by.persona == PERSON
    return _("the participant") if is_person and reader not in (STAFF, PERSON) else str(row.by)


def _reason(row: AuditEntry, reader: str, why: Why | None) -> str:
    coded = why(row) if why else None
    if coded is not None:
        return coded
    if row.why in _reasons:
        return str(_reasons[row.why])
    return row.said if reader == STAFF or told(row.subject_type, row.action).shares_why else ""
