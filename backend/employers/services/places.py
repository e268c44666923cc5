"""Taking and giving back a place of an opening, safe when many do so at once."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.writing import audit
from backend.employers.enums import OPENING_LIFECYCLE, OpeningState
from backend.employers.models import Opening


@transaction.atomic
def take_place(*, opening_id: UUID, by: User, at: datetime) -> Opening:
    """Take one place of a published opening, and mark it as filled when that was the last.

    The caller has made sure that `by` may. Raises ValidationError when no place is left or the opening
    is not published; then nothing has changed.
    """
    free = Opening.objects.filter(pk=opening_id, state=OpeningState.PUBLISHED, places_taken__lt=F("places"))
    if not free.update(places_taken=F("places_taken") + 1):
        raise ValidationError(_("No place is left in this opening."), "no_place")
    # The update holds the row until the transaction ends, so what is read now stays true.
    opening = Opening.objects.get(pk=opening_id)
    audit.record(opening, "place_taken", by=by, at=at, changes={"places_left": opening.places_left})
    if not opening.places_left:
        OPENING_LIFECYCLE.move(opening, to=OpeningState.FILLED, by=by, at=at)
    return opening


@transaction.atomic
def release_place(*, opening_id: UUID, by: User | None, at: datetime) -> Opening:
    """Give a taken place back; an opening that was full is open again, a closed one stays closed.

    Raises ValidationError when no place is taken; then nothing has changed.
    """
    taken = Opening.objects.filter(pk=opening_id, places_taken__gt=0)
    if not taken.update(places_taken=F("places_taken") - 1):
        raise ValidationError(_("No place is taken in this opening."), "none_taken")
    opening = Opening.objects.get(pk=opening_id)
    audit.record(opening, "place_released", by=by, at=at, changes={"places_left": opening.places_left})
    if opening.state == OpeningState.FILLED:
        OPENING_LIFECYCLE.move(opening, to=OpeningState.PUBLISHED, by=by, at=at)
    return opening
