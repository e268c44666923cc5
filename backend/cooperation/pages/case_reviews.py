"""Case reviews as staff prepare and hold them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.accounts.models import User
from backend.cooperation.agenda import grounds
from backend.cooperation.models import (
    CaseReview,
    Package,
    ReviewAction,
    ReviewCase,
    ReviewDecision,
    ReviewSeat,
)

DECISIONS_BEFORE, SKILLS = 5, 12


@dataclass(frozen=True)
class AtSeat:
    """Whether one agency at the table reads about a person, and on what that rests."""

    seat: ReviewSeat
    package: Package | None


@dataclass(frozen=True)
class OnAgenda:
    """A person on the agenda, with what each agency reads."""

    case: ReviewCase
    seats: tuple[AtSeat, ...]


def agenda_of(review: CaseReview, reader: User, *, on: date) -> list[OnAgenda]:
    """Return who stands on a review's agenda for staff, each with the agencies that may read."""
    cases = list(ReviewCase.objects.listed_for(reader).filter(review=review).with_person())
    seats = list(review.seats.all())
    told = grounds([each.participant_id for each in cases], [each.agency_id for each in seats], on=on)
    return [
        OnAgenda(each, tuple(AtSeat(seat, told.get((each.participant_id, seat.agency_id))) for seat in seats))
        for each in cases
    ]


def prepared(agenda: list[OnAgenda], at: int, reader: User, *, on: date) -> dict[str, Any]:
    """Return the one-page view of the person at a place of the agenda: first what is still to be done."""
    case = agenda[at].case
    person = case.participant
    actions = list(ReviewAction.objects.visible_to(reader).filter(case__participant=person).with_owner())
    decisions = list(
        ReviewDecision.objects.filter(case__participant=person).select_related("case__review").order_by("-at")
    )
    return {
        "row": agenda[at],
        "number": at + 1,
        "count": len(agenda),
        "next": agenda[at + 1].case if at + 1 < len(agenda) else None,
        "carried": [each for each in actions if each.case_id != case.pk and each.done_at is None],
        "actions": [each for each in actions if each.case_id == case.pk],
        "decisions": [each for each in reversed(decisions) if each.case_id == case.pk],
        "before": [each for each in decisions if each.case_id != case.pk][:DECISIONS_BEFORE],
        "internships": person.internships.select_related("workplace__employer")[:DECISIONS_BEFORE],
        "skills": person.skills.all()[:SKILLS],
        "today": on,
    }
