"""The one writer of what the matcher has shown to whom, kept so that it can be audited for fairness."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.matching.models import RankingShown

Shown = Sequence[tuple[str, int]]
"""(key, percent) of each row in the order shown."""


@dataclass(frozen=True)
class ShownList:
    """A list that somebody was shown: `about` opening, participant or board, and who or what it was for.

    `near` are the near misses that stood below it.
    """

    about: str
    subject_id: UUID
    rows: Shown
    near: Shown = ()
    removed: Mapping[str, int] = field(default_factory=dict)


def note_shown(*, lists: Iterable[ShownList], version: int | None, by: User, at: datetime) -> None:
    """Keep what was shown, in one statement; `version` is that of the catalogue."""
    shown = [
        RankingShown(
            about=each.about,
            subject_id=each.subject_id,
            by=by,
            at=at,
            rows=[list(row) for row in each.rows],
            near=[list(row) for row in each.near],
            removed=dict(each.removed),
            index_version=version,
        )
        for each in lists
    ]
    if len(shown) == 1:  # `bulk_create` would open a transaction of its own around the one row
        shown[0].save(force_insert=True)
    else:
        RankingShown.objects.bulk_create(shown)
