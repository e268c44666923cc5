"""What stood before a correction is kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import models

from backend.accounts.models import User
from backend.core.writing.refusals import Refused
from backend.internships.models import Correction
from backend.internships.refusals import CorrectionRefusal


def keep_version(
    *, row: models.Model, changes: Mapping[str, Any], why: str, by: User, at: datetime
) -> dict[str, Any]:
    """Write what `row` says now beside what it will say, and return the `changes` that are changes.

    Raises Refused without a reason, or when nothing is different.
    """
    if not why.strip():
        raise Refused(CorrectionRefusal.NO_WHY, about="why")
    new = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not new:
        raise Refused(CorrectionRefusal.NOTHING_CHANGED)
    Correction.objects.create(
        subject_type=row._meta.label_lower,
        subject_id=row.pk,
        at=at,
        by=by,
        why=why.strip(),
        was={name: _as_json(getattr(row, name)) for name in new},
        became={name: _as_json(value) for name, value in new.items()},
    )
    return new


def _as_json(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str | list) else str(value)
