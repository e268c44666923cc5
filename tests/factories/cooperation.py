import factory
from factory.django import DjangoModelFactory

from backend.cooperation.models import Intervention, Package
from backend.core.fields import LAST_DAY
from tests.factories.base import NOW
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
