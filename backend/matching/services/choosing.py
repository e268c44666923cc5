"""Which items of a file a proposal tells."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from backend.participants.models import Participant
from backend.participants.services import (
    Releasable,
    releasable_items,
)


def chosen_items(*, participant: Participant, item_keys: Sequence[str]) -> list[Releasable]:
    """Return the items that `item_keys` name. Raises ValidationError for none, and for unknown ones."""
    items = releasable_items(participant)
    if set(item_keys) - {item.key for item in items}:
        raise ValidationError(_("The file has changed since the page was opened. Choose again."))
    if not item_keys:
        raise ValidationError(_("Choose at least one thing to tell the employer."))
    return [item for item in items if item.key in set(item_keys)]
