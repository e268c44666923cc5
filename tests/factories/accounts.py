import factory
from factory.django import DjangoModelFactory

from backend.accounts.enums import Accessibility, Persona, Role
from backend.accounts.models import Assignment, Municipality, MunicipalityContact, Unit, User
from backend.places.models import MunicipalityArea
from tests.factories.base import TODAY


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = MunicipalityArea
        django_get_or_create = ("code",)

    code = "0484"
    name = "Eskilstuna"
    county_code = "04"
    county_name = "Södermanlands län"
    latitude = 59.371
    longitude = 16.51
    sort_key = "eskilstuna"
    match_key = "eskilstuna"


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("name",)

    name = "Exempelstad"
    area = factory.SubFactory(AreaFactory)


class MunicipalityContactFactory(DjangoModelFactory):
    class Meta:
        model = MunicipalityContact

    municipality = factory.SubFactory(MunicipalityFactory)
    valid_from = TODAY
    phone = "031-390 06 50"
    email = "arbetsmarknad@example.org"
    address = "Stora torget 1"
    controller = "Arbetsmarknadsnämnden"
    protection_officer = "dataskydd@example.org"
    accessibility_email = "tillganglighet@example.org"
    accessibility = Accessibility.FULL
    tested_on = TODAY
    tested_how = "för hand"


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Enhet {n}")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    persona = Persona.STAFF
    language = "sv"


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    municipality = factory.SelfAttribute("unit.municipality")
    role = Role.COACH
