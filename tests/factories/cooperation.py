import factory
from factory.django import DjangoModelFactory

from backend.cooperation.models import (
    CaseReview,
    Intervention,
    Package,
    ReviewAction,
    ReviewCase,
    ReviewSeat,
)
from backend.core.fields import LAST_DAY
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.base import NOW, TODAY
from tests.factories.participants import AgencyContactFactory, ConsentFactory, ParticipantFactory


class PackageFactory(DjangoModelFactory):
    """A package that a guest reads; on paper with `contact=None`."""

    class Meta:
        model = Package

    participant = factory.SubFactory(ParticipantFactory)
    contact = factory.SubFactory(AgencyContactFactory)
    consent = factory.SubFactory(
        ConsentFactory,
        participant=factory.SelfAttribute("..participant"),
        employer=None,
        agency=factory.SelfAttribute("..contact.agency"),
        purpose="Inför ärendegenomgången",
        valid_until=LAST_DAY,
    )
    sent_by = factory.SelfAttribute("participant.coach")
    sent_at = NOW


class InterventionFactory(DjangoModelFactory):
    """Half a year of work training long ago, by a body that is in no list."""

    class Meta:
        model = Intervention

    participant = factory.SubFactory(ParticipantFactory)
    other_body = "Iris"
    kind = "work_training"
    started_year = 2019
    started_month = 3
    ended_year = 2019
    ended_month = 8
    why_ended = "as_planned"
    told_by = "person"
    recorded_by = factory.SelfAttribute("participant.coach")
    recorded_at = NOW


class CaseReviewFactory(DjangoModelFactory):
    """A review that is planned for today."""

    class Meta:
        model = CaseReview

    unit = factory.SubFactory(UnitFactory)
    starts_at = NOW
    place = "Rum 3"
    planned_by = factory.SubFactory(UserFactory)
    state_changed_at = NOW


class ReviewSeatFactory(DjangoModelFactory):
    """A guest at the table; a print with `contact=None`."""

    class Meta:
        model = ReviewSeat

    review = factory.SubFactory(CaseReviewFactory)
    contact = factory.SubFactory(AgencyContactFactory)
    agency = factory.SelfAttribute("contact.agency")


class ReviewCaseFactory(DjangoModelFactory):
    class Meta:
        model = ReviewCase

    review = factory.SubFactory(CaseReviewFactory)
    participant = factory.SubFactory(ParticipantFactory)
    position = factory.Sequence(lambda n: n % 1000 + 1)


class ReviewActionFactory(DjangoModelFactory):
    """An action of the coach's that is due today; of a guest's with `contact` and no `staff`."""

    class Meta:
        model = ReviewAction

    case = factory.SubFactory(ReviewCaseFactory)
    what = "Ringer arbetsgivaren"
    staff = factory.SelfAttribute("case.participant.coach")
    by_day = TODAY
    by = factory.SelfAttribute("case.review.planned_by")
    at = NOW
