"""What staff read of one review."""

from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.timeline import timeline
from backend.core.ui.next import Next
from backend.employers.models import Employer
from backend.internships.models import Internship
from backend.safeguarding.models import Review
from backend.safeguarding.pages.next import next_for_coach, next_for_manager
from backend.safeguarding.services.appeals import may_decide_appeal


def known_of(review: Review, reader: User) -> dict[str, Any]:
    """Return what the page of a review shows: what it rests on, what is said, what is decided."""
    return {
        "review": review,
        "employer": review.employer,
        "evidence": review.evidence.select_related("concern", "by"),
        "readable": readable_internships(review, reader),
        "next": _next(review, reader),
        "timeline": timeline(review, reader=reader.persona),
    }


def _next(review: Review, reader: User) -> Next | None:
    if Employer.objects.managed_by(reader).filter(pk=review.employer_id).exists():
        return next_for_manager(review, may_decide_appeal=may_decide_appeal(review, reader))
    return next_for_coach(review)


def readable_internships(review: Review, reader: User) -> set[UUID]:
    """Return the internships with a concern that the review rests on, of which the reader may know."""
    mine = Internship.objects.visible_to(reader).filter(concerns__evidence__review=review)
    return set(mine.order_by().values_list("pk", flat=True))
