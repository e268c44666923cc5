"""One thing in a calendar, and who knows of which."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Entry:
    """Something at a time (two moments) or on a day (`starts` a day, `ends` None).

    `key` stays the same for as long as the thing is the same, and `sequence` grows with each change that
    calendars are told. `title` names nobody; `path` is where whoever may read more does so.
    """

    key: str
    title: str
    starts: datetime | date
    ends: datetime | None
    changed_at: datetime
    path: str
    place: str = ""
    sequence: int = 0


Provider = Callable[[Any, date, date], Iterable[Entry]]
"""Gives what concerns a user from one day to another."""

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Let the calendar of each user hold what `provider` knows."""
    _providers.append(provider)
    return provider


def entries_of(user: Any, *, since: date, until: date) -> list[Entry]:
    """Return what concerns `user` from one day to another, in the order of time."""
    found = [entry for provider in _providers for entry in provider(user, since, until)]
    return sorted(found, key=lambda entry: (entry.starts.isoformat(), entry.key))
