"""A case review as one agency reads it: who has released something to it, and nobody else, uncounted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backend.accounts.models import User
from backend.cooperation.agenda import grounds
from backend.cooperation.enums import CaseReviewState
from backend.cooperation.models import ReviewAction, ReviewCase, ReviewSeat
from backend.cooperation.pages.packages import PackageToAgency, title_of, to_agency
from backend.core.ui.addresses import address


@dataclass(frozen=True)
class ActionToAgency:
    """What somebody does until a day, as agencies at the table read it."""

    pk: UUID
    what: str
    owner: str
    by_day: date
    done_at: datetime | None
    is_theirs: bool
    is_late: bool


@dataclass(frozen=True)
class PersonToAgency:
    """One person on the agenda of one agency."""

    title: str
    package: PackageToAgency
    decisions: tuple[str, ...]
    actions: tuple[ActionToAgency, ...]


@dataclass(frozen=True)
class ReviewToAgency:
    """One review as one agency reads it on a day."""

    pk: UUID
    url: str
    agency: str
    unit: str
    place: str
    starts_at: datetime
    state: str
    state_words: str
    agencies: tuple[str, ...]
    people: tuple[PersonToAgency, ...] = ()
    cases: tuple[UUID, ...] = ()
    """The keys of whose data this is, for the log of looks."""

    @property
    def is_called_off(self) -> bool:
        """Whether it will not be held."""
        return self.state == CaseReviewState.CALLED_OFF


def reviews_to_agency(seats: Iterable[ReviewSeat]) -> list[ReviewToAgency]:
    """Return reviews as rows of a list, without anybody on their agendas."""
    return [_without_people(each) for each in seats]


def review_to_agency(seat: ReviewSeat, *, on: date, reader: User | None) -> ReviewToAgency:
    """Return a review as the agency in `seat` reads it on a day; `reader` is the guest, nobody on paper."""
    bare = _without_people(seat)
    if bare.is_called_off:
        return bare
    cases = ReviewCase.objects.filter(review=seat.review_id).findable()
    noted = list(cases.with_notes())
    told = grounds([each.participant_id for each in noted], [seat.agency_id], on=on)
    theirs = [(each, told.get((each.participant_id, seat.agency_id))) for each in noted]
    shown = [(case, package) for case, package in theirs if package is not None]
    seen = to_agency([package for _case, package in shown], on=on)
    people = [
        _person(case, package, on=on, reader=reader)
        for (case, _row), package in zip(shown, seen, strict=True)
        if package.is_readable
    ]
    keys = tuple(case.participant_id for case, _package in shown)
    return ReviewToAgency(**{**vars(bare), "people": tuple(people), "cases": keys})


def actions_of(reader: User, *, on: date) -> tuple[list[ActionToAgency], list[UUID]]:
    """Return what a guest has still to do about people that the agency reads of, and whose data that is."""
    waiting = ReviewAction.objects.asked_of(reader, on=on).undone().with_owner().order_by("by_day", "pk")
    rows = list(waiting)
    people = [each.case.participant_id for each in rows]
    told = grounds(people, [each.contact.agency_id for each in rows if each.contact], on=on)
    shown = [
        each for each in rows if each.contact and (each.case.participant_id, each.contact.agency_id) in told
    ]
    return [_action(each, on=on, reader=reader) for each in shown], [
        each.case.participant_id for each in shown
    ]


def _without_people(seat: ReviewSeat) -> ReviewToAgency:
    review = seat.review
    return ReviewToAgency(
        pk=seat.pk,
        url=address("cooperation:my_review", seat.pk),
        agency=str(seat.agency),
        unit=str(review.unit),
        place=review.place,
        starts_at=review.starts_at,
        state=review.state,
        state_words=review.get_state_display(),
        agencies=tuple(str(each.agency) for each in review.seats.all()),
    )


def _person(case: ReviewCase, package: PackageToAgency, *, on: date, reader: User | None) -> PersonToAgency:
    return PersonToAgency(
        title=title_of(package),
        package=package,
        decisions=tuple(each.text for each in case.decisions.all()),
        actions=tuple(_action(each, on=on, reader=reader) for each in case.actions.all()),
    )


def _action(action: ReviewAction, *, on: date, reader: User | None) -> ActionToAgency:
    contact = action.contact
    return ActionToAgency(
        pk=action.pk,
        what=action.what,
        owner=action.owner,
        by_day=action.by_day,
        done_at=action.done_at,
        is_theirs=reader is not None and contact is not None and contact.user_id == reader.pk,
        is_late=action.done_at is None and action.by_day < on,
    )
