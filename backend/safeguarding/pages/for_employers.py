"""What an employer is shown of a review of it: a small object, with no way to what it rests on."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backend.safeguarding.models import Review


@dataclass(frozen=True)
class OwnReview:
    """Words written for the employer, its own words, and what was decided."""

    pk: UUID
    employer: str
    state: str
    state_label: str
    asked_at: datetime | None
    asked: str
    reply_by: date | None
    reply: str
    replied_at: datetime | None
    decision: str
    reason: str
    decided_at: datetime | None
    appeal: str
    appeal_reason: str


def own_view(review: Review) -> OwnReview:
    """Return what the employer is shown of `review`."""
    return OwnReview(
        pk=review.pk,
        employer=str(review.employer),
        state=review.state,
        state_label=review.get_state_display(),
        asked_at=review.asked_at,
        asked=review.asked_words,
        reply_by=review.reply_by,
        reply=review.reply,
        replied_at=review.replied_at,
        decision=str(review.measure.get_kind_display()) if review.measure else "",
        reason=review.reason,
        decided_at=review.decided_at,
        appeal=review.appeal,
        appeal_reason=review.appeal_reason,
    )
