from datetime import date

import factory
from factory.django import DjangoModelFactory
from stdnum import luhn

from backend.accounts.enums import Persona
from backend.employers.enums import (
    CheckKind,
    CheckOutcome,
    EmployerKind,
    Intent,
    MeasureKind,
    MeasureReason,
    MembershipRole,
    OpeningKind,
    OpeningState,
    Standing,
)
from backend.employers.models import (
    Employer,
    EmployerCheck,
    EmployerMembership,
    Measure,
    Opening,
    SkillRequirement,
    Workplace,
)
from tests.factories.accounts import MunicipalityFactory, UserFactory
from tests.factories.base import NOW


def organisationsnummer(n: int) -> str:
    """Return a well-formed number of a limited company that belongs to nobody in particular."""
    stem = f"5599{n:05d}"
    return stem + luhn.calc_check_digit(stem)


class EmployerFactory(DjangoModelFactory):
    class Meta:
        model = Employer

    municipality = factory.SubFactory(MunicipalityFactory)
    organisationsnummer = factory.Sequence(organisationsnummer)
    name = factory.Sequence(lambda n: f"Företaget {n} AB")
    kind = EmployerKind.COMPANY
    standing = Standing.GOOD
    created_at = NOW

    @classmethod
    def _create(cls, model_class, *args, standing, **kwargs):
        employer = super()._create(model_class, *args, **kwargs)
        stand(employer, standing)
        return employer


class MeasureFactory(DjangoModelFactory):
    class Meta:
        model = Measure

    employer = factory.SubFactory(EmployerFactory)
    kind = MeasureKind.PAUSE
    reason = MeasureReason.CHECK
    words = "Obetalda skatter"
    starts_on = date(2020, 1, 1)
    decided_at = NOW
    announced_at = NOW


def stand(employer, standing):
    """Let an employer have this standing from now on, by approval and measures."""
    kinds = {Standing.PAUSED: MeasureKind.PAUSE, Standing.STOPPED: MeasureKind.STOP}
    employer.measures.all().delete()
    employer.approved_at = None if standing == Standing.NEW else NOW
    employer.save(update_fields=["approved_at"])
    if standing in kinds:
        MeasureFactory(employer=employer, kind=kinds[standing])


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = EmployerMembership

    employer = factory.SubFactory(EmployerFactory)
    user = factory.SubFactory(UserFactory, persona=Persona.EMPLOYER)
    role = MembershipRole.ADMINISTRATOR
    state_changed_at = NOW
    created_at = NOW
    confirmed_at = NOW


class EmployerCheckFactory(DjangoModelFactory):
    class Meta:
        model = EmployerCheck

    employer = factory.SubFactory(EmployerFactory)
    kind = CheckKind.TAX_DEBT
    outcome = CheckOutcome.CLEAR
    evidence = "Skatteverket"
    by = factory.SubFactory(UserFactory)
    checked_on = date(2026, 1, 12)
    valid_until = date(2030, 1, 12)
    recorded_at = NOW


class WorkplaceFactory(DjangoModelFactory):
    class Meta:
        model = Workplace

    employer = factory.SubFactory(EmployerFactory)
    name = "Storgatan"
    place_text = "Eskilstuna"
    locality_name = "Eskilstuna"
    municipality_code = "0484"
    latitude = 59.371
    longitude = 16.51
    precision = "locality"


class OpeningFactory(DjangoModelFactory):
    class Meta:
        model = Opening

    workplace = factory.SubFactory(WorkplaceFactory)
    kind = OpeningKind.INTERNSHIP
    intent = Intent.MAY_HIRE
    title = factory.Sequence(lambda n: f"Köksbiträde {n}")
    description = "Du hjälper till i köket."
    places = 1
    state = OpeningState.PUBLISHED
    state_changed_at = NOW
    published_at = factory.LazyAttribute(lambda o: None if o.state in ("draft", "awaiting_approval") else NOW)
    fresh_at = NOW
    created_at = NOW
    created_by = factory.SubFactory(UserFactory, persona=Persona.EMPLOYER)


class SkillRequirementFactory(DjangoModelFactory):
    class Meta:
        model = SkillRequirement

    opening = factory.SubFactory(OpeningFactory)
    text = factory.Sequence(lambda n: f"krav {n}")
    essential = True
