"""What happens by itself: signals are read, the time to reply runs out, decided reviews are closed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.clock import day_of
from backend.core.running import schedule
from backend.safeguarding.enums import ReviewState
from backend.safeguarding.models import Review, ReviewQuerySet
from backend.safeguarding.services import close_after_time, leave_unanswered, notice_signals


def follow_reviews(at: datetime) -> str:
    """Note which replies did not come in time, and close what nobody has appealed."""
    late = Review.objects.filter(state=ReviewState.REPLY_ASKED, reply_by__lt=day_of(at))
    moved = sum(leave_unanswered(review_id=key, at=at) for key in _keys(late))
    decided = Review.objects.filter(state=ReviewState.DECIDED)
    return f"moved {moved + sum(close_after_time(review_id=key, at=at) for key in _keys(decided))}"


def read_signals(at: datetime) -> str:
    """Look through all employers for signals, and propose a review where there is something new."""
    return f"noticed {notice_signals(at=at)}"


def _keys(reviews: ReviewQuerySet) -> list[UUID]:
    return list(reviews.order_by("pk").values_list("pk", flat=True))


FOLLOW_REVIEWS = schedule.register(
    schedule.Job(
        "follow_reviews",
        every=timedelta(hours=6),
        run=follow_reviews,
        title=_("Follow reviews"),
        tells=_("Notes when an employer has not replied in time, and closes reviews that nobody appeals."),
    )
)
READ_SIGNALS = schedule.register(
    schedule.Job(
        "read_signals",
        every=timedelta(hours=24),
        run=read_signals,
        title=_("Read signals"),
        tells=_("Looks for workplaces that use people or keep them, and proposes a review to the manager."),
    )
)
