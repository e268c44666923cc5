"""Which items of a file a proposal tells."""

from collections.abc import Sequence

from backend.core.writing.refusals import Refused
from backend.matching.refusals import ChoiceRefusal
from backend.participants.models import Participant
from backend.participants.services import (
    Releasable,
    releasable_items,
)


def chosen_items(*, participant: Participant, item_keys: Sequence[str]) -> list[Releasable]:
    """Return the items that `item_keys` name. Raises Refused for none, and for unknown ones."""
    items = releasable_items(participant)
    if set(item_keys) - {item.key for item in items}:
        raise Refused(ChoiceRefusal.FILE_CHANGED)
    if not item_keys:
        raise Refused(ChoiceRefusal.NOTHING)
    return [item for item in items if item.key in set(item_keys)]
