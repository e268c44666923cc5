"""What is looked after by itself: openings that grow old or come back, and invitations that nobody took."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core import rules
from backend.core.clock import day_of
from backend.core.running import schedule
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.transactions import one_write
from backend.employers import notifications
from backend.employers.enums import OFFERED_STATES, OPENING_LIFECYCLE, OpeningState
from backend.employers.events import OPENING_CLOSED
from backend.employers.models import Measure, Opening, OpeningQuerySet
from backend.employers.services import begin_measure, end_measure, forget_invitations
from backend.employers.services.pausing import come_back

STALE_RULE = "opening_stale_days"
NOTICE_RULE = "opening_stale_notice_days"


def closes_at(opening: Opening, *, at: datetime) -> datetime:
    """Return when a published opening closes unless somebody refreshes it, by the rule that holds at `at`."""
    return opening.fresh_at + timedelta(days=rules.value_on(STALE_RULE, day_of(at)))


def look_after_openings(at: datetime) -> str:
    """Let paused openings come back on their day, remind of the old, end those whose time is out."""
    today = day_of(at)
    for paused in Opening.objects.filter(back_on__lte=today).order_by("pk"):
        _end_of_pause(paused, at)
    stale = at - timedelta(days=rules.value_on(STALE_RULE, today))
    notice = stale + timedelta(days=rules.value_on(NOTICE_RULE, today))
    for opening in _untended().filter(fresh_at__lte=notice, fresh_at__gt=stale).order_by("pk"):
        notifications.tell_of_opening(
            notifications.GOING_STALE, opening, at=at, step=f"{opening.fresh_at:%Y-%m-%d}"
        )
    old = _untended().filter(fresh_at__lte=stale).order_by("pk")
    ended = sum(_expire(each, at, "closed_as_stale") for each in old)
    is_over = Q(ends_on__lt=today) | Q(imported_ad__apply_by__lt=today)
    over = Opening.objects.in_state(*OFFERED_STATES).filter(is_over).order_by("pk")
    ended += sum(_expire(each, at, "closed_as_over") for each in over)
    return f"closed {ended}"


def _untended() -> OpeningQuerySet:
    """Return what somebody has to confirm: the published, and what is paused without a day to come back."""
    waits = Q(state=OpeningState.PAUSED, back_on=None)
    return Opening.objects.filter(Q(state=OpeningState.PUBLISHED) | waits)


@one_write
def _end_of_pause(opening: Opening, at: datetime) -> bool:
    """Let `opening` come back on the day that was said; False when that has changed, or its time is out."""
    as_read = Opening.objects.filter(pk=opening.pk, back_on=opening.back_on)
    found = as_read.select_for_update().first()
    if found is None or found.has_passed(day_of(at)):
        return False
    come_back(opening=found, by=None, at=at)
    notifications.tell_of_opening(notifications.BACK, found, at=at)
    return True


@one_write
def _expire(opening: Opening, at: datetime, action: str) -> bool:
    """Note that the time of `opening` has run out; False when somebody has changed it meanwhile."""
    OPENING_CLOSED.prepare(opening.pk)
    as_read = Opening.objects.filter(pk=opening.pk, fresh_at=opening.fresh_at, ends_on=opening.ends_on)
    if not as_read.select_for_update():
        return False
    try:
        OPENING_LIFECYCLE.move(opening, to=OpeningState.EXPIRED, by=None, at=at, action=action, back_on=None)
    except TransitionNotAllowed:
        return False
    OPENING_CLOSED.emit(opening, by=None, at=at)
    notifications.tell_of_opening(notifications.EXPIRED, opening, at=at)
    return True


def follow_measures(at: datetime) -> str:
    """Tell those concerned of measures that have begun or ended by their days."""
    today = day_of(at)
    begun = Measure.objects.unannounced(today).order_by("starts_on", "pk").values_list("pk", flat=True)
    over = Measure.objects.over_unannounced(today).order_by("last_on", "pk").values_list("pk", flat=True)
    told = sum(begin_measure(measure_id=key, at=at) for key in list(begun))
    return f"told {told + sum(end_measure(measure_id=key, at=at) for key in list(over))}"


FOLLOW_MEASURES = schedule.register(
    schedule.Job(
        "follow_measures",
        every=timedelta(hours=1),
        run=follow_measures,
        title=_("Follow measures"),
        tells=_("Tells those concerned when a measure about an employer begins or ends by its day."),
    )
)
LOOK_AFTER_OPENINGS = schedule.register(
    schedule.Job(
        "look_after_openings",
        every=timedelta(hours=6),
        run=look_after_openings,
        title=_("Look after openings"),
        tells=_(
            "Reminds of openings that nobody has refreshed for long, and ends those whose time is out. Lets "
            "paused ones come back on their day."
        ),
    )
)


def forget_old_invitations(at: datetime) -> str:
    """Delete invitations that nobody accepted, some time after they were sent."""
    return f"forgot {forget_invitations(at=at)}"


FORGET_OLD_INVITATIONS = schedule.register(
    schedule.Job(
        "forget_old_invitations",
        every=timedelta(days=1),
        run=forget_old_invitations,
        title=_("Forget old invitations"),
        tells=_("Deletes invitations to speak for an employer that nobody accepted, with their addresses."),
    )
)
