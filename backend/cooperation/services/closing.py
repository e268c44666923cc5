"""Closing a case review: its minutes are made once, kept byte for byte, and nothing is noted after."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from backend.accounts.models import User
from backend.cooperation.enums import CASE_REVIEW_LIFECYCLE, CaseReviewState
from backend.cooperation.minutes import Minutes, minutes_of
from backend.cooperation.models import CaseReview
from backend.cooperation.refusals import CaseReviewRefusal
from backend.core.clock import day_of
from backend.core.documents import PDF, CannotMakePdf, keep_file, render_pdf
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write


def close_review(*, review_id: UUID, by: User, at: datetime) -> CaseReview:
    """Close a review that was held, and keep its minutes with their hash.

    The document is made before anything is locked. Raises CaseReview.DoesNotExist for strangers,
    TransitionNotAllowed for one that is not held or that somebody else closed first, and Refused when
    something was noted meanwhile and where no PDF can be made.
    """
    review = CaseReview.objects.decidable_by(by).select_related("unit").get(pk=review_id)
    if not CASE_REVIEW_LIFECYCLE.allows(review.state, CaseReviewState.CLOSED):
        raise TransitionNotAllowed(current=review.state, wanted=CaseReviewState.CLOSED)
    minutes = minutes_of(review, on=day_of(at))
    return _close(review_id, minutes, _rendered(minutes, by=by, at=at), by=by, at=at)


@one_write
def _close(review_id: UUID, minutes: Minutes, document: bytes, *, by: User, at: datetime) -> CaseReview:
    review = locked(CaseReview.objects.decidable_by(by).filter(pk=review_id), "unit").get()
    if review.state == CaseReviewState.HELD and minutes_of(review, on=day_of(at)) != minutes:
        raise Refused(CaseReviewRefusal.CHANGED)
    if review.state != CaseReviewState.HELD:
        raise TransitionNotAllowed(current=review.state, wanted=CaseReviewState.CLOSED)
    kept = keep_file(octets=document, media_type=PDF, at=at)
    CASE_REVIEW_LIFECYCLE.move(
        review, to=CaseReviewState.CLOSED, by=by, at=at, action="case_review_closed", minutes=kept
    )
    return review


def _rendered(minutes: Minutes, *, by: User, at: datetime) -> bytes:
    context = {"minutes": minutes, "closed_at": at, "closed_by": str(by)}
    try:
        return render_pdf("documents/case_review_minutes.html", context, settings.LANGUAGE_CODE)
    except CannotMakePdf as error:
        raise Refused(CaseReviewRefusal.NO_PDF) from error
