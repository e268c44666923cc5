"""The employer asks for another decision, and somebody else than who made it decides, where there is one."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.formats import date_format

from backend.accounts.enums import Role
from backend.accounts.models import Assignment, User
from backend.core import rules as dated
from backend.core.clock import day_of
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.services import lift_measure
from backend.safeguarding import notifications, rules
from backend.safeguarding.enums import REVIEW_LIFECYCLE, ReviewState
from backend.safeguarding.models import Review
from backend.safeguarding.refusals import ReviewRefusal


@one_write
def appeal(*, review_id: UUID, words: str, by: User, at: datetime) -> Review:
    """Ask, on the employer's behalf, that somebody else looks at the decision. The measure holds meanwhile.

    Raises Review.DoesNotExist for whoever does not answer for the employer, Refused without words or when
    the time is over, and TransitionNotAllowed when there is no decision, or an appeal already.
    """
    Review.objects.answered_for_by(by).get(pk=review_id)
    review = Review.objects.select_for_update(of=("self",)).select_related("employer").get(pk=review_id)
    if not words.strip():
        raise Refused(ReviewRefusal.NO_APPEAL, about="words")
    last = last_day_to_appeal(review)
    if last and day_of(at) > last:
        raise Refused(ReviewRefusal.APPEAL_TOO_LATE, last=date_format(last, "j F Y"))
    said: dict[str, Any] = {"appeal": words.strip(), "appealed_at": at, "appealed_by": by}
    REVIEW_LIFECYCLE.move(review, to=ReviewState.APPEALED, by=by, at=at, **said)
    notifications.tell_managers(review, at=at)
    return review


@one_write
def decide_appeal(*, review_id: UUID, upholds: bool, reason: str, by: User, at: datetime) -> Review:
    """Uphold the decision with reasons, or give the employer right: then its measure is lifted.

    Raises Review.DoesNotExist for whoever does not manage there, Refused without reasons or for whoever made
    the decision where somebody else can, and TransitionNotAllowed when somebody else was first.
    """
    Review.objects.managed_by(by).get(pk=review_id)
    related = ("employer", "measure")
    review = Review.objects.select_for_update(of=("self",)).select_related(*related).get(pk=review_id)
    if not reason.strip():
        raise Refused(ReviewRefusal.NO_REASON, about="reason")
    if not may_decide_appeal(review, by):
        raise Refused(ReviewRefusal.OWN_DECISION)
    said: dict[str, Any] = {"appeal_reason": reason.strip(), "appeal_upheld": upholds}
    said |= {"appeal_decided_at": at, "appeal_decided_by": by}
    REVIEW_LIFECYCLE.move(
        review,
        to=ReviewState.CLOSED,
        by=by,
        at=at,
        action="appeal_upheld" if upholds else "appeal_granted",
        **said,
    )
    if not upholds and review.measure and review.measure.may_be_lifted_on(day_of(at)):
        lift_measure(measure_id=review.measure.pk, why=reason, by=by, at=at)
    notifications.tell_employer(notifications.APPEAL_DECIDED, review, at=at)
    return review


@one_write
def close_after_time(*, review_id: UUID, at: datetime) -> bool:
    """Close a decided review about which nobody has asked for another decision in time."""
    decided = Review.objects.filter(state=ReviewState.DECIDED, pk=review_id)
    review = decided.select_for_update(of=("self",)).first()
    last = last_day_to_appeal(review) if review else None
    if review is None or last is None or day_of(at) <= last:
        return False
    REVIEW_LIFECYCLE.move(review, to=ReviewState.CLOSED, by=None, at=at)
    return True


def last_day_to_appeal(review: Review) -> date | None:
    """Return until when another decision can be asked for; None before there is one."""
    if review.decided_at is None:
        return None
    decided = day_of(review.decided_at)
    return decided + timedelta(days=dated.value_on(rules.APPEAL_DAYS, decided))


def may_decide_appeal(review: Review, user: User) -> bool:
    """Tell whether `user` may decide: who made the decision only where nobody else manages or administers."""
    if user.pk != review.decided_by_id:
        return True
    deciding = Assignment.objects.filter(
        municipality=review.employer.municipality_id,
        role__in=(Role.MANAGER, Role.ADMINISTRATOR),
        ended_on__isnull=True,
        user__is_active=True,
    )
    return not deciding.exclude(user=user).exists()
