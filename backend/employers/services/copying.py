"""An opening written once serves again: copied into a draft, with the days that still can be."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing.transactions import one_write
from backend.employers.capacity.offering import days_of
from backend.employers.models import Opening
from backend.employers.services.capacity import CAPACITY_FIELDS, register_capacity
from backend.employers.services.openings import OPENING_FIELDS, save_opening
from backend.employers.services.words import words_of


@one_write
def copy_opening(*, opening_id: UUID, by: User, at: datetime) -> Opening:
    """Write a draft with all that an opening says; lasting places become lasting places on the same days.

    Days that have passed are left out. Raises Opening.DoesNotExist when `by` may not write there.
    """
    readable = Opening.objects.editable_by(by).select_related("workplace", "capacity", "occupation")
    source = readable.get(pk=opening_id)
    fields: dict[str, Any] = {name: getattr(source, name) for name in OPENING_FIELDS}
    if source.starts_on and source.starts_on < day_of(at):
        fields["starts_on"] = None
    if source.has_passed(day_of(at)):
        fields["ends_on"] = None
    words = words_of(source)
    if source.capacity is None:
        return save_opening(fields=fields, by=by, at=at, **words)
    fields |= {name: getattr(source.capacity, name) for name in CAPACITY_FIELDS}
    del fields["kind"]
    days = days_of(source.capacity) or None
    return register_capacity(fields=fields, days=days, by=by, at=at, **words).opening
