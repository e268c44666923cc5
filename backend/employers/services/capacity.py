"""Lasting places: so many places for a period and a kind of placement, matched like an opening."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.transactions import one_write
from backend.employers.enums import OpeningKind
from backend.employers.models import Capacity, Opening
from backend.employers.services.openings import save_opening
from backend.employers.services.words import RequirementDraft

CAPACITY_FIELDS = frozenset({"placement_kind", "supervisors", "support"})
OFFER_FIELDS = frozenset(
    {
        "workplace",
        "places",
        "starts_on",
        "ends_on",
        "hours_min",
        "hours_max",
        "weekdays",
        "adaptations",
        "supervisor_name",
    }
)


@one_write
def register_capacity(
    *,
    fields: Mapping[str, Any],
    by: User,
    at: datetime,
    capacity: Capacity | None = None,
    key: UUID | None = None,
    occupation: str = "",
    requirements: Sequence[RequirementDraft] = (),
) -> Capacity:
    """Write lasting places, or change `capacity`, together with the one opening that stands for it.

    `fields` and `key` are those of `save_opening`, and CAPACITY_FIELDS. The opening is a draft until it is
    published. Raises as `save_opening` does.
    """
    facts = {name: value for name, value in fields.items() if name not in CAPACITY_FIELDS}
    opening = save_opening(
        fields={**facts, "kind": OpeningKind.INTERNSHIP},
        by=by,
        at=at,
        opening=capacity.opening if capacity else None,
        key=key,
        occupation=occupation,
        requirements=requirements,
    )
    is_new = opening.capacity is None
    row = opening.capacity or Capacity()
    written = (OFFER_FIELDS | CAPACITY_FIELDS) & fields.keys()
    changed = [name for name in written if is_new or getattr(row, name) != fields[name]]
    for name in changed:
        setattr(row, name, fields[name])
    row.full_clean()
    row.save()
    if changed:
        audit.record(row, "capacity_registered" if is_new else "capacity_changed", by=by, at=at)
    Opening.objects.filter(pk=opening.pk).update(capacity=row)
    row.opening = opening
    opening.capacity = row
    return row
