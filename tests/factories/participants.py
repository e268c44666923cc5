from datetime import date

import factory
from factory.django import DjangoModelFactory

from backend.accounts.enums import Persona
from backend.core.fields import LAST_DAY
from backend.participants.enums import AgencyKind, ConsentMeans, ParticipantState
from backend.participants.models import Agency, AgencyContact, Consent, Participant, SkillEvidence
from tests.factories.accounts import MunicipalityFactory, UnitFactory, UserFactory
from tests.factories.base import NOW
from tests.factories.employers import EmployerFactory


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    unit = factory.SubFactory(UnitFactory)
    coach = factory.SubFactory(UserFactory)
    reference = factory.Sequence(lambda n: f"D-{1000 + n}")
    first_name = "Amina"
    last_name = factory.Sequence(lambda n: f"Exempel {n}")
    state = ParticipantState.ACTIVE
    state_changed_at = NOW
    enrolled_on = date(2026, 1, 12)
    waiting_since = date(2026, 1, 12)
    place_text = "Eskilstuna"
    locality_name = "Eskilstuna"
    municipality_code = "0484"
    latitude = 59.371
    longitude = 16.51
    precision = "locality"
    max_travel_km = 30
    hours_min = 10
    hours_max = 40


class SkillEvidenceFactory(DjangoModelFactory):
    class Meta:
        model = SkillEvidence

    participant = factory.SubFactory(ParticipantFactory)
    text = factory.Sequence(lambda n: f"kompetens {n}")
    recorded_on = date(2026, 1, 12)


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    participant = factory.SubFactory(ParticipantFactory)
    employer = factory.SubFactory(EmployerFactory)
    purpose = "Förslag till praktikplats"
    given_at = NOW
    means = ConsentMeans.IN_PERSON
    recorded_by = factory.SelfAttribute("participant.coach")
    valid_until = date(2026, 9, 12)


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    municipality = factory.SubFactory(MunicipalityFactory)
    kind = AgencyKind.EMPLOYMENT_SERVICE
    name = factory.Sequence(lambda n: f"Samverkansparten {n}")


class AgencyContactFactory(DjangoModelFactory):
    class Meta:
        model = AgencyContact

    agency = factory.SubFactory(AgencyFactory)
    user = factory.SubFactory(UserFactory, persona=Persona.AGENCY)
    name = factory.SelfAttribute("user.name")
    email = factory.SelfAttribute("user.email")
    last_day = LAST_DAY
