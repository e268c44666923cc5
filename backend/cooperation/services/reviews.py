"""Case reviews: planned with agencies, people put on the agenda, held, noted, followed up."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Max

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Unit, User
from backend.cooperation import notifications
from backend.cooperation.agenda import colleagues_of, grounds
from backend.cooperation.enums import CASE_REVIEW_LIFECYCLE, CaseReviewState, ReadHow
from backend.cooperation.models import (
    CaseReview,
    Package,
    PackageRead,
    ReviewAction,
    ReviewCase,
    ReviewDecision,
    ReviewSeat,
)
from backend.cooperation.refusals import CaseReviewRefusal, PackageRefusal
from backend.core.clock import day_of, moment_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.participants.enums import ParticipantState
from backend.participants.models import Agency, AgencyContact
from backend.participants.services import lock_case

MOST = 40
"""So many people one meeting gets through at most."""

Seat = tuple[UUID, UUID | None]
"""An agency, and who comes; nobody where it gets a print."""


@one_write
def plan_review(
    *, unit_id: UUID, day: date, clock: time, place: str, seats: Sequence[Seat], by: User, at: datetime
) -> CaseReview:
    """Plan a case review of a unit with agencies; who comes as a guest is told, without a name.

    Raises Unit.DoesNotExist or Agency.DoesNotExist for strangers, and Refused for a day that has passed, an
    hour that clocks skip, no agency or one twice, and somebody who does not read on that day.
    """
    unit = Unit.objects.filter(pk__in=by.unit_ids(Role.COACH)).get(pk=unit_id)
    if day < day_of(at):
        raise Refused(CaseReviewRefusal.DAY_PASSED, about="day")
    starts_at = moment_of(day, clock)
    if starts_at is None:
        raise Refused(CaseReviewRefusal.NO_SUCH_TIME, about="clock")
    if not seats:
        raise Refused(CaseReviewRefusal.NO_AGENCY, about="seats")
    if len({agency for agency, _contact in seats}) < len(seats):
        raise Refused(CaseReviewRefusal.AGENCY_TWICE, about="seats")
    review = CaseReview.objects.create(
        unit=unit, starts_at=starts_at, place=place.strip(), planned_by=by, state_changed_at=at
    )
    for agency_id, contact_id in seats:
        agency = Agency.objects.visible_to(by).get(pk=agency_id, municipality=unit.municipality_id)
        contact = _who_comes(agency, contact_id, on=day) if contact_id else None
        seat = ReviewSeat.objects.create(review=review, agency=agency, contact=contact)
        if contact is not None:
            notifications.tell_of_review(seat, at=at)
    audit.record(review, "case_review_planned", by=by, at=at)
    return review


@one_write
def put_on_agenda(*, review_id: UUID, participant_id: UUID, by: User, at: datetime) -> ReviewCase:
    """Put a person on the agenda of a review; which agencies read of it follows from what is released.

    Raises CaseReview.DoesNotExist or Participant.DoesNotExist for strangers and people of other units, and
    Refused for a protected identity, a case that has ended, a review that is over, and twice.
    """
    review = _lock(review_id, by=by)
    participant = lock_case(participant_id=participant_id, by=by)
    if participant.unit_id != review.unit_id:
        raise type(participant).DoesNotExist
    if not participant.is_findable:
        raise Refused(CaseReviewRefusal.PROTECTED, about="participant")
    if participant.state == ParticipantState.ENDED:
        raise Refused(CaseReviewRefusal.ENDED, about="participant")
    _refuse_over(review)
    if review.cases.filter(participant=participant).exists():
        raise Refused(CaseReviewRefusal.ON_AGENDA, about="participant")
    if review.cases.count() >= MOST:
        raise Refused(CaseReviewRefusal.FULL, most=MOST)
    last = review.cases.aggregate(last=Max("position"))["last"] or 0
    case = ReviewCase.objects.create(review=review, participant=participant, position=last + 1)
    audit.record(case, "case_review_put_on", by=by, at=at)
    return case


@one_write
def take_off_agenda(*, case_id: UUID, by: User, at: datetime) -> CaseReview:
    """Take a person off the agenda of whom nothing is noted.

    Raises ReviewCase.DoesNotExist for strangers, and Refused when something is noted or the review is over.
    """
    case = ReviewCase.objects.decidable_by(by).get(pk=case_id)
    review = _lock(case.review_id, by=by)
    _refuse_over(review)
    if case.decisions.exists() or case.actions.exists():
        raise Refused(CaseReviewRefusal.NOTED)
    audit.record(case, "case_review_taken_off", by=by, at=at)
    case.delete()
    return review


@one_write
def hold_review(*, review_id: UUID, by: User, at: datetime) -> CaseReview:
    """Begin a review on its day. Raises CaseReview.DoesNotExist, Refused before it, TransitionNotAllowed."""
    review = _lock(review_id, by=by)
    if day_of(at) < day_of(review.starts_at):
        raise Refused(CaseReviewRefusal.NOT_YET)
    CASE_REVIEW_LIFECYCLE.move(review, to=CaseReviewState.HELD, by=by, at=at, action="case_review_held")
    return review


@one_write
def call_off_review(*, review_id: UUID, by: User, at: datetime) -> CaseReview:
    """Call off a review that is not held; guests are told. Raises DoesNotExist, TransitionNotAllowed."""
    review = _lock(review_id, by=by)
    CASE_REVIEW_LIFECYCLE.move(
        review, to=CaseReviewState.CALLED_OFF, by=by, at=at, action="case_review_called_off"
    )
    for seat in review.seats.filter(contact__isnull=False):
        notifications.tell_of_calling_off(seat, at=at)
    return review


@one_write
def note_outcome(
    *,
    case_id: UUID,
    decision: str,
    what: str,
    staff_id: UUID | None,
    contact_id: UUID | None,
    by_day: date | None,
    by: User,
    at: datetime,
) -> ReviewCase:
    """Note what was decided about a person, and what one responsible does until a day; either, or both.

    Raises ReviewCase.DoesNotExist for strangers, and Refused when the review is not held, for nothing at all,
    an action that lacks something, a day that has passed, and an owner who may not read of the person.
    """
    case = ReviewCase.objects.decidable_by(by).get(pk=case_id)
    review = _lock(case.review_id, by=by)
    if review.state != CaseReviewState.HELD:
        raise Refused(CaseReviewRefusal.NOT_HELD)
    decision, what = decision.strip(), what.strip()
    if not (decision or what):
        raise Refused(CaseReviewRefusal.NOTHING_NOTED, about="decision")
    if what and (by_day is None or (staff_id is None) == (contact_id is None)):
        raise Refused(CaseReviewRefusal.ACTION_UNFINISHED, about="what")
    if decision:
        ReviewDecision.objects.create(case=case, text=decision, by=by, at=at)
        audit.record(case, "case_review_decided", by=by, at=at)
    if what and by_day:
        if by_day < day_of(at):
            raise Refused(CaseReviewRefusal.ACTION_DAY, about="by_day")
        staff, contact = _owner(case, staff_id, contact_id, on=day_of(at))
        action = ReviewAction.objects.create(
            case=case, what=what, staff=staff, contact=contact, by_day=by_day, by=by, at=at
        )
        audit.record(case, "case_review_action_agreed", by=by, at=at)
        if contact is not None:
            notifications.remind_of_action(action, at=at)
    return case


@one_write
def finish_action(*, action_id: UUID, by: User, at: datetime) -> ReviewAction:
    """Note that an action is done; the first time counts.

    Staff do so for people whose file they may open, a guest for the guest's own while the person's items may
    be read. Raises ReviewAction.DoesNotExist for everybody else.
    """
    if by.persona == Persona.AGENCY:
        theirs = ReviewAction.objects.asked_of(by, on=day_of(at))
    else:
        theirs = ReviewAction.objects.visible_to(by)
    action = locked(theirs.filter(pk=action_id), "case").get()
    if action.done_at is None:
        action.done_at, action.done_by = at, by
        action.save(update_fields=["done_at", "done_by"])
        audit.record(action.case, "case_review_action_done", by=by, at=at)
    return action


@one_write
def note_review_reading(
    *, seat_id: UUID, package_ids: Sequence[UUID], how: ReadHow, by: User, at: datetime
) -> None:
    """Write down that a guest read at a review these packages of the agency's.

    Raises ReviewSeat.DoesNotExist for who does not sit there.
    """
    seat = ReviewSeat.objects.of_guest(by, on=day_of(at)).get(pk=seat_id)
    read = Package.objects.filter(pk__in=package_ids, consent__agency=seat.agency_id)
    PackageRead.objects.bulk_create([PackageRead(package=each, how=how, by=by, at=at) for each in read])


def _lock(review_id: UUID, *, by: User) -> CaseReview:
    return locked(CaseReview.objects.decidable_by(by).filter(pk=review_id), "unit").get()


def _refuse_over(review: CaseReview) -> None:
    if not review.is_open:
        raise Refused(CaseReviewRefusal.OVER)


def _who_comes(agency: Agency, contact_id: UUID, *, on: date) -> AgencyContact:
    contact = agency.contacts.on(on).filter(pk=contact_id, user__isnull=False).first()
    if contact is None:
        raise Refused(PackageRefusal.NO_READER, about="seats")
    return contact


def _owner(
    case: ReviewCase, staff_id: UUID | None, contact_id: UUID | None, *, on: date
) -> tuple[User | None, AgencyContact | None]:
    if staff_id is not None:
        staff = colleagues_of(case.review).filter(pk=staff_id).first()
        if staff is None:
            raise Refused(CaseReviewRefusal.OWNER_ELSEWHERE, about="owner")
        return staff, None
    seated = AgencyContact.objects.on(on).filter(agency__seats__review=case.review_id)
    contact = seated.filter(pk=contact_id).first() if contact_id else None
    if contact is None or not grounds([case.participant_id], [contact.agency_id], on=on):
        raise Refused(CaseReviewRefusal.OWNER_ELSEWHERE, about="owner")
    return None, contact
