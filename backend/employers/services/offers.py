"""Offering lasting places from one short form: the opening behind them is made and published along."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from backend.accounts.models import User
from backend.core.writing.transactions import one_write
from backend.employers.capacity.offering import Day
from backend.employers.capacity.words import facts_made, skills_made, words_kept
from backend.employers.enums import Intent
from backend.employers.models import Capacity
from backend.employers.services.capacity import register_capacity
from backend.employers.services.openings import publish_opening


@one_write
def offer_places(*, fields: Mapping[str, Any], days: Sequence[Day], by: User, at: datetime) -> Capacity:
    """Register lasting places and publish them; a new employer's wait for approval, as any opening does.

    `fields` are those of `register_capacity`; title and words are made of `work` and `support`. Raises as
    `register_capacity` and `publish_opening` do; then nothing is registered.
    """
    work, support = fields["work"], fields.get("support", "")
    made = {**facts_made(work, support), "intent": Intent.MAY_HIRE}
    capacity = register_capacity(
        fields={**made, **fields}, days=days, requirements=skills_made(work), by=by, at=at
    )
    capacity.opening = publish_opening(opening_id=capacity.opening.pk, by=by, at=at)
    return capacity


@one_write
def change_places(
    *, capacity: Capacity, fields: Mapping[str, Any], days: Sequence[Day], by: User, at: datetime
) -> Capacity:
    """Change lasting places; words that somebody has written anew meanwhile stay. Raises as above."""
    words = words_kept(capacity, fields.get("work", capacity.work), fields.get("support", capacity.support))
    return register_capacity(
        fields={**words.pop("facts"), **fields}, days=days, capacity=capacity, by=by, at=at, **words
    )
