"""Lasting places: so many places for a period and a kind of placement, matched like an opening."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

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
    occupation: str = "",
    requirements: Sequence[RequirementDraft] = (),
) -> Capacity:
    """Write lasting places, or change `capacity`, together with the one opening that stands for it.

    `fields` are those of `save_opening` and CAPACITY_FIELDS. The opening is a draft until it is published.
    Raises as `save_opening` does.
    """
    facts = {name: value for name, value in fields.items() if name not in CAPACITY_FIELDS}
    opening = save_opening(
        fields={**facts, "kind": OpeningKind.INTERNSHIP},
        by=by,
        at=at,
        opening=capacity.opening if capacity else None,
        occupation=occupation,
        requirements=requirements,
    )
    row = opening.capacity or Capacity()
    for name in (OFFER_FIELDS | CAPACITY_FIELDS) & fields.keys():
        setattr(row, name, fields[name])
    row.full_clean()
    row.save()
    audit.record(row, "capacity_changed" if capacity else "capacity_registered", by=by, at=at)
    Opening.objects.filter(pk=opening.pk).update(capacity=row)
    row.opening = opening
    opening.capacity = row
    return row
