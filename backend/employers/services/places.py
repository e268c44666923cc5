"""Taking and giving back a place of an opening, safe when many do so at once."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.employers.enums import OPENING_LIFECYCLE, OpeningState
from backend.employers.models import Opening, OpeningQuerySet
from backend.employers.refusals import OpeningRefusal


def lock_opening(*, opening_id: UUID, among: OpeningQuerySet) -> Opening:
    """Lock an opening until the transaction ends, after the case; read it as it is now.

    Raises Opening.DoesNotExist when it is not `among` those in which the writer may act.
    """
    try:
        return lock_openings(opening_ids=[opening_id], among=among)[opening_id]
    except KeyError as error:
        raise Opening.DoesNotExist from error


def lock_openings(*, opening_ids: Iterable[UUID], among: OpeningQuerySet) -> dict[UUID, Opening]:
    """Lock several openings in the order of their keys; return those `among` the permitted ones by key."""
    rows = locked(among.filter(pk__in=set(opening_ids)), "workplace__employer")
    return {each.pk: each for each in rows.order_by("pk")}


@one_write
def take_place(*, opening_id: UUID, by: User, at: datetime) -> Opening:
    """Take one place of a published opening, and mark it as filled when that was the last.

    The caller has made sure that `by` may. Raises Refused when no place is left or the opening
    is not published; then nothing has changed.
    """
    free = Opening.objects.open_on(day_of(at)).filter(pk=opening_id)
    if not free.update(places_taken=F("places_taken") + 1):
        raise Refused(OpeningRefusal.NO_PLACE)
    # The update holds the row until the transaction ends, so what is read now stays true.
    opening = Opening.objects.get(pk=opening_id)
    audit.record(opening, "place_taken", by=by, at=at, changes={"places_left": opening.places_left})
    if not opening.places_left:
        OPENING_LIFECYCLE.move(opening, to=OpeningState.FILLED, by=by, at=at)
    return opening


@one_write
def release_place(*, opening_id: UUID, by: User | None, at: datetime) -> Opening:
    """Give a taken place back; an opening that was full is open again, a closed one stays closed.

    Raises Refused when no place is taken; then nothing has changed.
    """
    taken = Opening.objects.filter(pk=opening_id, places_taken__gt=0)
    if not taken.update(places_taken=F("places_taken") - 1):
        raise Refused(OpeningRefusal.NONE_TAKEN)
    opening = Opening.objects.get(pk=opening_id)
    audit.record(opening, "place_released", by=by, at=at, changes={"places_left": opening.places_left})
    if opening.is_full:
        OPENING_LIFECYCLE.move(opening, to=OpeningState.PUBLISHED, by=by, at=at)
    return opening
