"""A review of an employer: opened, asked about, replied to, decided or dismissed."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.formats import date_format

from backend.accounts.models import User
from backend.core import rules as dated
from backend.core.clock import day_of
from backend.core.models import DatedRule
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.models import Employer
from backend.employers.services import take_measure
from backend.internships.models import Concern
from backend.internships.services import mark_handled
from backend.safeguarding import notifications, rules
from backend.safeguarding.enums import MAY_REPLY, REVIEW_LIFECYCLE, EvidenceKind, ReviewState
from backend.safeguarding.models import Evidence, Review
from backend.safeguarding.refusals import ReviewRefusal


@one_write
def open_review(
    *, employer_id: UUID, note: str = "", concern_ids: Collection[UUID] = (), by: User, at: datetime
) -> Review:
    """Begin to look into an employer, for concerns that nobody has handled or for what staff have seen.

    Raises Employer.DoesNotExist for whoever is no staff there, Concern.DoesNotExist for one that is handled,
    about another employer or not for `by` to know of, and Refused where there is nothing that it rests on, or
    a review is open: then one adds to that.
    """
    employer = Employer.objects.decidable_by(by).select_for_update(of=("self",)).get(pk=employer_id)
    if not note.strip() and not concern_ids:
        raise Refused(ReviewRefusal.NO_EVIDENCE, about="note")
    if Review.objects.undecided().filter(employer=employer).exists():
        raise Refused(ReviewRefusal.OPEN_ALREADY)
    review = Review.objects.create(employer=employer, opened_at=at, opened_by=by, state_changed_at=at)
    audit.record(review, "review_opened", by=by, at=at, to_state=ReviewState.OPEN)
    _write_evidence(review, note=note, concern_ids=concern_ids, by=by, at=at)
    notifications.tell_managers(review, at=at)
    return review


@one_write
def add_evidence(
    *, review_id: UUID, note: str = "", concern_ids: Collection[UUID] = (), by: User, at: datetime
) -> Review:
    """Add what else a review rests on, while nothing is decided; what a signal proposed is taken up.

    Raises Review.DoesNotExist for whoever is no staff there or once it is decided, and as `open_review` does.
    """
    review = _locked(
        Review.objects.undecided().filter(employer__in=Employer.objects.decidable_by(by)), review_id
    )
    if not note.strip() and not concern_ids:
        raise Refused(ReviewRefusal.NO_EVIDENCE, about="note")
    _take_up(review, by=by, at=at)
    _write_evidence(review, note=note, concern_ids=concern_ids, by=by, at=at)
    return review


@one_write
def ask_reply(*, review_id: UUID, words: str, reply_by: date, by: User, at: datetime) -> Review:
    """Ask the employer, in words written for it, to reply until a day; its contacts are told.

    Raises Review.DoesNotExist for whoever does not manage there, Refused without words or with too little
    time, and TransitionNotAllowed when it has been asked.
    """
    review = _managed(review_id, by)
    if not words.strip():
        raise Refused(ReviewRefusal.NO_WORDS, about="words")
    days = dated.value_on(rules.REPLY_DAYS, day_of(at))
    first = day_of(at) + timedelta(days=days)
    if reply_by < first:
        source = source_of(rules.REPLY_DAYS, at)
        told = {"days": days, "first": date_format(first, "j F Y"), "source": source}
        raise Refused(ReviewRefusal.REPLY_TOO_SOON, about="reply_by", **told)
    _take_up(review, by=by, at=at)
    asked: dict[str, Any] = {
        "asked_words": words.strip(),
        "asked_at": at,
        "asked_by": by,
        "reply_by": reply_by,
    }
    REVIEW_LIFECYCLE.move(review, to=ReviewState.REPLY_ASKED, by=by, at=at, **asked)
    notifications.tell_employer(notifications.REPLY_ASKED, review, at=at)
    return review


@one_write
def reply_to_review(*, review_id: UUID, words: str, by: User, at: datetime) -> Review:
    """Record the employer's reply; one that comes late is taken as long as nothing is decided.

    Raises Review.DoesNotExist for whoever does not answer for the employer, Refused without words, and
    TransitionNotAllowed when somebody has replied or it has been decided.
    """
    review = _locked(Review.objects.answered_for_by(by), review_id)
    if not words.strip():
        raise Refused(ReviewRefusal.NO_REPLY, about="words")
    said: dict[str, Any] = {"reply": words.strip(), "replied_at": at, "replied_by": by}
    REVIEW_LIFECYCLE.move(review, to=ReviewState.REPLIED, by=by, at=at, **said)
    notifications.tell_managers(review, at=at)
    return review


@one_write
def leave_unanswered(*, review_id: UUID, at: datetime) -> bool:
    """Note that the day for the reply has passed; False when there is a reply after all."""
    late = Review.objects.filter(state=ReviewState.REPLY_ASKED, reply_by__lt=day_of(at), pk=review_id)
    review = late.select_for_update(of=("self",)).first()
    if review is None:
        return False
    REVIEW_LIFECYCLE.move(review, to=ReviewState.UNANSWERED, by=None, at=at)
    notifications.tell_managers(review, at=at)
    return True


@one_write
def decide_review(
    *, review_id: UUID, reason: str, measure: dict[str, Any] | None = None, by: User, at: datetime
) -> Review:
    """Decide, with reasons that the employer reads, on a measure or on none.

    `measure` is what `take_measure` takes of kind, reason and days. The concerns that it rests on are handled
    by it. Raises Review.DoesNotExist for whoever does not manage there, Refused without reasons or as
    `take_measure` does, and TransitionNotAllowed before it was heard, or when somebody else was first.
    """
    review = _managed(review_id, by)
    if not reason.strip():
        raise Refused(ReviewRefusal.NO_REASON, about="reason")
    decided: dict[str, Any] = {"reason": reason.strip(), "decided_at": at, "decided_by": by}
    REVIEW_LIFECYCLE.move(review, to=ReviewState.DECIDED, by=by, at=at, **decided)
    if measure is not None:
        facts = {"words": reason, "rests_on": "", **measure}
        taken = take_measure(employer_id=review.employer_id, by=by, at=at, **facts)
        Review.objects.filter(pk=review.pk).update(measure=taken)
        review.measure = taken
    _handle_concerns(review, outcome=reason.strip(), by=by, at=at)
    notifications.tell_employer(notifications.DECIDED, review, at=at)
    return review


@one_write
def dismiss_review(*, review_id: UUID, reason: str, by: User, at: datetime) -> Review:
    """Lay a review aside with reasons: there was nothing in it. An employer that was asked is told.

    Raises as `decide_review` does.
    """
    review = _managed(review_id, by)
    if not reason.strip():
        raise Refused(ReviewRefusal.NO_REASON, about="reason")
    decided: dict[str, Any] = {"reason": reason.strip(), "decided_at": at, "decided_by": by}
    REVIEW_LIFECYCLE.move(review, to=ReviewState.DISMISSED, by=by, at=at, **decided)
    _handle_concerns(review, outcome=reason.strip(), by=by, at=at)
    if review.asked_at:
        notifications.tell_employer(notifications.DECIDED, review, at=at)
    return review


def may_reply(review: Review) -> bool:
    """Tell whether the employer can reply."""
    return review.state in MAY_REPLY


def source_of(key: str, at: datetime) -> str:
    """Return the source of the dated number that holds at `at`."""
    rule = DatedRule.objects.filter(key=key, valid_from__lte=day_of(at)).order_by("-valid_from").first()
    return rule.source if rule else key


def _managed(review_id: UUID, by: User) -> Review:
    return _locked(Review.objects.managed_by(by), review_id)


def _locked(among: Any, review_id: UUID) -> Review:
    """Lock the review, so that of two who decide at once the second sees what the first did."""
    among.get(pk=review_id)
    locked = Review.objects.select_for_update(of=("self",)).select_related("employer")
    review: Review = locked.get(pk=review_id)
    return review


def _take_up(review: Review, *, by: User, at: datetime) -> None:
    if review.state == ReviewState.PROPOSED:
        REVIEW_LIFECYCLE.move(review, to=ReviewState.OPEN, by=by, at=at)


def _write_evidence(
    review: Review, *, note: str, concern_ids: Collection[UUID], by: User, at: datetime
) -> None:
    concerns = Concern.objects.visible_to(by).unhandled().about_employer(review.employer_id)
    wanted = list(concerns.filter(pk__in=concern_ids).distinct().order_by("raised_at", "pk"))
    if len(wanted) < len(set(concern_ids)):
        raise Concern.DoesNotExist
    known = set(review.evidence.filter(concern__isnull=False).values_list("concern", flat=True))
    rows = [
        Evidence(review=review, kind=EvidenceKind.CONCERN, concern=each, by=by, at=at)
        for each in wanted
        if each.pk not in known
    ]
    if note.strip():
        rows.append(Evidence(review=review, kind=EvidenceKind.NOTE, words=note.strip(), by=by, at=at))
    Evidence.objects.bulk_create(rows)
    audit.record(review, "evidence_added", by=by, at=at, changes={"number": len(rows)})


def _handle_concerns(review: Review, *, outcome: str, by: User, at: datetime) -> None:
    keys = review.evidence.filter(concern__isnull=False).values("concern")
    concerns = Concern.objects.unhandled().filter(pk__in=keys).select_for_update(of=("self",))
    mark_handled(concerns=list(concerns.order_by("pk")), outcome=outcome[:2000], by=by, at=at)
