"""The two logs: what was changed and who has looked. The services write them, in their own transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from backend.core import timeline
from backend.core.models import AuditEntry, ReadEntry

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

    Raises LookupError for an action that has no words to be told in.
    """
    timeline.told(subject._meta.label_lower, action)
    return AuditEntry.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        action=action,
        by_id=by.pk if by else None,
        at=at,
        from_state=from_state,
        to_state=to_state,
        why=why,
        changes=dict(changes or {}),
    )


def record_read(subject: models.Model, *, by: "AbstractBaseUser", at: datetime, page: str) -> None:
    """Write that `by` looked at `subject` on the page named `page`."""
    ReadEntry.objects.create(
        subject_type=subject._meta.label_lower, subject_id=subject.pk, by_id=by.pk, at=at, page=page
    )


def record_reads(
    subjects: Iterable[models.Model], *, by: "AbstractBaseUser", at: datetime, page: str
) -> None:
    """Write that `by` saw each of `subjects` on the page named `page`, in one statement: an export, say."""
    ReadEntry.objects.bulk_create(
        ReadEntry(subject_type=each._meta.label_lower, subject_id=each.pk, by_id=by.pk, at=at, page=page)
        for each in subjects
    )
