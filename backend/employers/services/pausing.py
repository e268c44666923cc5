"""An opening that takes nobody new for a while, and how it comes back: by hand, or by itself on its day."""

from datetime import date, datetime, timedelta
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers import notifications
from backend.employers.enums import OPENING_LIFECYCLE, OpeningState
from backend.employers.events import OPENING_PAUSED
from backend.employers.models import Opening
from backend.employers.refusals import OpeningRefusal
from backend.employers.services.openings import ensure_publishable, locked_opening
from backend.employers.services.reading import must_be_read

LONGEST_PAUSE = timedelta(days=366)


@one_write
def pause_opening(*, opening_id: UUID, by: User, at: datetime, back_on: date | None = None) -> Opening:
    """Take a published opening off the list for a while; it comes back by itself on `back_on`.

    Those who have a place keep it. Proposals that nobody has answered wait, and their coaches are told.
    Raises Opening.DoesNotExist when `by` may not, Refused when that day cannot be, and TransitionNotAllowed
    when it is not published.
    """
    opening = locked_opening(opening_id=opening_id, by=by)
    _ensure_day(opening, back_on, at)
    OPENING_LIFECYCLE.move(
        opening, to=OpeningState.PAUSED, by=by, at=at, back_on=back_on, fresh_at=max(at, opening.fresh_at)
    )
    OPENING_PAUSED.emit(opening, by=by, at=at)
    notifications.tell_of_opening(notifications.PAUSED, opening, at=at)
    return opening


@one_write
def resume_opening(*, opening_id: UUID, by: User, at: datetime) -> Opening:
    """Put a paused opening on the list again; one whose places are all taken shows as full.

    Raises Opening.DoesNotExist when `by` may not, Refused when its last day has passed or the employer is
    paused, and TransitionNotAllowed when it is not paused.
    """
    opening = locked_opening(opening_id=opening_id, by=by)
    if not opening.is_paused:
        raise TransitionNotAllowed(current=opening.state, wanted=OpeningState.PUBLISHED)
    ensure_publishable(opening, at)
    come_back(opening=opening, by=by, at=at)
    return opening


def come_back(*, opening: Opening, by: User | None, at: datetime) -> None:
    """Move a paused opening, which the caller has locked, to where its places that are left put it."""
    to = OpeningState.PUBLISHED if opening.places_left else OpeningState.FILLED
    if must_be_read(opening=opening, at=at):
        to = OpeningState.AWAITING_APPROVAL
    OPENING_LIFECYCLE.move(opening, to=to, by=by, at=at, action="resumed", back_on=None, fresh_at=at)
    if opening.awaits_approval:
        notifications.tell_of_opening(notifications.WAITING, opening, at=at)


def _ensure_day(opening: Opening, back_on: date | None, at: datetime) -> None:
    if back_on is None:
        return
    today = day_of(at)
    if not today < back_on <= today + LONGEST_PAUSE:
        raise Refused(OpeningRefusal.BACK_TOO_SOON_OR_LATE, about="back_on")
    if opening.has_passed(back_on):
        raise Refused(OpeningRefusal.BACK_AFTER_THE_END, about="back_on")
