"""What minutes say: small frozen objects, for the staff's own edition and for a comparison before closing."""

from dataclasses import dataclass
from datetime import date, datetime

from backend.cooperation.agenda import grounds
from backend.cooperation.models import CaseReview, ReviewAction, ReviewCase


@dataclass(frozen=True)
class MinutedAction:
    """Who does what until which day."""

    what: str
    owner: str
    by_day: date
    done_on: datetime | None


@dataclass(frozen=True)
class MinutedPerson:
    """What was decided for one person, and at the table with whom."""

    name: str
    agencies: tuple[str, ...]
    decisions: tuple[str, ...]
    actions: tuple[MinutedAction, ...]


@dataclass(frozen=True)
class Minutes:
    """The whole meeting, as the staff keep it."""

    unit: str
    place: str
    starts_at: datetime
    seats: tuple[tuple[str, str], ...]
    people: tuple[MinutedPerson, ...]


def minutes_of(review: CaseReview, *, on: date) -> Minutes:
    """Return what the minutes of a review say on a day; a protected identity stands in none."""
    seats = list(review.seats.select_related("agency", "contact"))
    cases = list(noted_cases(review))
    told = grounds([each.participant_id for each in cases], [each.agency_id for each in seats], on=on)
    return Minutes(
        unit=str(review.unit),
        place=review.place,
        starts_at=review.starts_at,
        seats=tuple((str(each.agency), str(each.contact or "")) for each in seats),
        people=tuple(
            MinutedPerson(
                name=str(each.participant),
                agencies=tuple(
                    str(seat.agency) for seat in seats if (each.participant_id, seat.agency_id) in told
                ),
                decisions=tuple(decision.text for decision in each.decisions.all()),
                actions=tuple(minuted(action) for action in each.actions.all()),
            )
            for each in cases
        ),
    )


def noted_cases(review: CaseReview) -> "list[ReviewCase]":
    """Return the agenda of a review with all that was noted; a protected identity stands on none."""
    cases = review.cases.findable().select_related("participant")
    return list(cases.with_notes())


def minuted(action: ReviewAction) -> MinutedAction:
    """Return an action as minutes tell it."""
    return MinutedAction(action.what, action.owner, action.by_day, action.done_at)
