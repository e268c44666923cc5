"""The fixed cast: who they are, and what each may reach, is the same in every test.

Exempelstad has two units. Cecilia coaches in Arbetsmarknad, Omar in Integration, Maria manages
Arbetsmarknad, Adam administers. Alice speaks for Bageriet and Bob for Snickeriet. Pia (Cecilia's) and Pelle
(Omar's) can sign in; Skye has protected identity and only Cecilia as handler. Gunilla reads as a guest from
Arbetsförmedlingen, and Folke from Försäkringskassan.
"""

from dataclasses import dataclass

import pytest

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Municipality, Unit, User
from backend.employers.enums import CheckKind
from backend.employers.models import Employer, Opening
from backend.participants.enums import AgencyKind
from backend.participants.models import Agency, Participant
from tests.factories import (
    AgencyContactFactory,
    AgencyFactory,
    AssignmentFactory,
    EmployerCheckFactory,
    EmployerFactory,
    MembershipFactory,
    MunicipalityFactory,
    OpeningFactory,
    ParticipantFactory,
    UnitFactory,
    UserFactory,
)


@dataclass(frozen=True)
class Cast:
    municipality: Municipality
    unit: Unit
    other_unit: Unit
    coach: User
    other_coach: User
    manager: User
    administrator: User
    employer_member: User
    other_employer: User
    participant_user: User
    other_participant_user: User
    bakery: Employer
    joinery: Employer
    opening: Opening
    pia: Participant
    pelle: Participant
    skye: Participant
    agency: Agency
    other_agency: Agency
    guest: User
    other_guest: User

    def roles(self) -> dict[str, User | None]:
        """The columns of the permission matrix."""
        return {
            "anonymous": None,
            "participant": self.participant_user,
            "other_participant": self.other_participant_user,
            "employer_member": self.employer_member,
            "other_employer": self.other_employer,
            "coach": self.coach,
            "other_coach": self.other_coach,
            "manager": self.manager,
            "administrator": self.administrator,
            "guest": self.guest,
            "other_guest": self.other_guest,
        }


def _staff(name: str, *, role: Role, unit: Unit | None, municipality: Municipality) -> User:
    user = UserFactory(name=name, email=f"{name.lower()}@exempelstad.example")
    AssignmentFactory(user=user, unit=unit, municipality=municipality, role=role)
    return user


@pytest.fixture
def cast(db: None) -> Cast:
    municipality = MunicipalityFactory()
    unit = UnitFactory(name="Arbetsmarknad", municipality=municipality)
    other_unit = UnitFactory(name="Integration", municipality=municipality)
    coach = _staff("Cecilia", role=Role.COACH, unit=unit, municipality=municipality)
    other_coach = _staff("Omar", role=Role.COACH, unit=other_unit, municipality=municipality)
    alice = UserFactory(name="Alice", email="alice@bageriet.example", persona=Persona.EMPLOYER)
    bob = UserFactory(name="Bob", email="bob@snickeriet.example", persona=Persona.EMPLOYER)
    bakery = EmployerFactory(name="Bageriet AB", municipality=municipality)
    joinery = EmployerFactory(name="Snickeriet AB", municipality=municipality)
    for employer in (bakery, joinery):
        for kind in CheckKind:
            EmployerCheckFactory(employer=employer, kind=kind, by=coach)
    MembershipFactory(employer=bakery, user=alice)
    MembershipFactory(employer=joinery, user=bob)
    agency = AgencyFactory(municipality=municipality, name="Arbetsförmedlingen")
    other_agency = AgencyFactory(
        municipality=municipality, name="Försäkringskassan", kind=AgencyKind.SOCIAL_INSURANCE
    )
    gunilla = UserFactory(name="Gunilla", email="gunilla@af.example", persona=Persona.AGENCY)
    folke = UserFactory(name="Folke", email="folke@fk.example", persona=Persona.AGENCY)
    for user, where in ((gunilla, agency), (folke, other_agency)):
        AgencyContactFactory(agency=where, user=user, name=user.name, email=user.email)
    pia_user = UserFactory(name="Pia", email="pia@example.org", persona=Persona.PARTICIPANT)
    pelle_user = UserFactory(name="Pelle", email="pelle@example.org", persona=Persona.PARTICIPANT)
    skye = ParticipantFactory(first_name="Skye", unit=unit, coach=coach, is_protected=True)
    skye.handlers.add(coach)
    return Cast(
        municipality=municipality,
        unit=unit,
        other_unit=other_unit,
        coach=coach,
        other_coach=other_coach,
        manager=_staff("Maria", role=Role.MANAGER, unit=unit, municipality=municipality),
        administrator=_staff("Adam", role=Role.ADMINISTRATOR, unit=None, municipality=municipality),
        employer_member=alice,
        other_employer=bob,
        participant_user=pia_user,
        other_participant_user=pelle_user,
        bakery=bakery,
        joinery=joinery,
        opening=OpeningFactory(workplace__employer=bakery, created_by=alice, title="Bagarbiträde"),
        pia=ParticipantFactory(first_name="Pia", unit=unit, coach=coach, user=pia_user),
        pelle=ParticipantFactory(first_name="Pelle", unit=other_unit, coach=other_coach, user=pelle_user),
        skye=skye,
        agency=agency,
        other_agency=other_agency,
        guest=gunilla,
        other_guest=folke,
    )
