"""The two logs: what was changed and who has looked. The services write them, in their own transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from backend.core import timeline
from backend.core.models import AuditEntry, ReadEntry, WrittenReason

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def record(
    subject: models.Model,
    action: str,
    *,
    by: "AbstractBaseUser | None",
    at: datetime,
    from_state: str = "",
    to_state: str = "",
    why: str = "",
    changes: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write one audit row about `subject`; `by` is None when the system itself acted.

    `why` is one of the registered reasons, or words that somebody wrote: these are kept beside the row, for
    nothing can be taken out of a log. Raises LookupError for an action that has no words to be told in.
    """
    timeline.told(subject._meta.label_lower, action)
    is_code = timeline.is_reason(why)
    entry = AuditEntry.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        action=action,
        by_id=by.pk if by else None,
        at=at,
        from_state=from_state,
        to_state=to_state,
        why=why if is_code else "",
        changes=dict(changes or {}),
    )
    if why and not is_code:
        WrittenReason.objects.create(entry=entry, text=why)
    return entry


def record_reads(
    subjects: type[models.Model], pages: Mapping[UUID, str], *, by: "AbstractBaseUser | None", at: datetime
) -> None:
    """Write in one statement that `by` saw the rows of `subjects` with these keys, each on its page.

    `by` is None when somebody who runs the house saw them by a command.
    """
    label, reader = subjects._meta.label_lower, by.pk if by else None
    rows = [
        ReadEntry(subject_type=label, subject_id=key, by_id=reader, at=at, page=page)
        for key, page in pages.items()
    ]
    if len(rows) == 1:
        rows[0].save(force_insert=True)  # most pages are about one: without the transaction that many need
    else:
        ReadEntry.objects.bulk_create(rows)
