"""What is looked after by itself: openings that grow old, and invitations that nobody took."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from backend.core import rules
from backend.core.clock import day_of
from backend.core.running import schedule
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.transactions import one_write
from backend.employers import notifications
from backend.employers.enums import OPENING_LIFECYCLE, PUBLIC_STATES, OpeningState
from backend.employers.events import OPENING_CLOSED
from backend.employers.models import Opening
from backend.employers.services import forget_invitations

STALE_RULE = "opening_stale_days"
NOTICE_RULE = "opening_stale_notice_days"


def closes_at(opening: Opening, *, at: datetime) -> datetime:
    """Return when a published opening closes unless somebody refreshes it, by the rule that holds at `at`."""
    return opening.fresh_at + timedelta(days=rules.value_on(STALE_RULE, day_of(at)))


def look_after_openings(at: datetime) -> str:
    """Remind of openings that are growing old and close those that are too old or whose period is over."""
    today = day_of(at)
    stale = at - timedelta(days=rules.value_on(STALE_RULE, today))
    notice = stale + timedelta(days=rules.value_on(NOTICE_RULE, today))
    published = Opening.objects.filter(state=OpeningState.PUBLISHED).select_related("workplace__employer")
    reminded = published.filter(fresh_at__lte=notice, fresh_at__gt=stale).order_by("pk")
    for opening in reminded:
        notifications.tell_of_opening(
            notifications.GOING_STALE, opening, at=at, step=f"{opening.fresh_at:%Y-%m-%d}"
        )
    closed = sum(
        _close(each, at, "closed_as_stale") for each in published.filter(fresh_at__lte=stale).order_by("pk")
    )
    on_the_list = Opening.objects.filter(state__in=PUBLIC_STATES).select_related("workplace__employer")
    closed += sum(
        _close(each, at, "closed_as_over") for each in on_the_list.filter(ends_on__lt=today).order_by("pk")
    )
    return f"closed {closed}"


@one_write
def _close(opening: Opening, at: datetime, action: str) -> bool:
    """Close `opening` on the system's behalf; False when somebody has changed it meanwhile."""
    OPENING_CLOSED.prepare(opening.pk)
    as_read = Opening.objects.filter(pk=opening.pk, fresh_at=opening.fresh_at, ends_on=opening.ends_on)
    if not as_read.select_for_update():
        return False
    try:
        OPENING_LIFECYCLE.move(opening, to=OpeningState.CLOSED, by=None, at=at, action=action)
    except TransitionNotAllowed:
        return False
    OPENING_CLOSED.emit(opening, by=None, at=at)
    notifications.tell_of_opening(notifications.CLOSED_BY_ITSELF, opening, at=at)
    return True


LOOK_AFTER_OPENINGS = schedule.register(
    schedule.Job(
        "look_after_openings",
        every=timedelta(hours=6),
        run=look_after_openings,
        title=_("Look after openings"),
        tells=_("Reminds of openings that nobody has refreshed for long, and closes those that are over."),
    )
)


def forget_old_invitations(at: datetime) -> str:
    """Delete invitations that nobody accepted, some time after they were sent."""
    return f"deleted {forget_invitations(at=at)}"


FORGET_OLD_INVITATIONS = schedule.register(
    schedule.Job(
        "forget_old_invitations",
        every=timedelta(days=1),
        run=forget_old_invitations,
        title=_("Forget old invitations"),
        tells=_("Deletes invitations to speak for an employer that nobody accepted, with their addresses."),
    )
)
