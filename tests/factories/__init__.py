"""Rows for tests: small, valid, and different only where a test says so."""

from tests.factories.accounts import AssignmentFactory, MunicipalityFactory, UnitFactory, UserFactory
from tests.factories.cooperation import (
    CaseReviewFactory,
    InterventionFactory,
    PackageFactory,
    ReviewActionFactory,
    ReviewCaseFactory,
    ReviewSeatFactory,
)
from tests.factories.employers import (
    EmployerCheckFactory,
    EmployerFactory,
    MeasureFactory,
    MembershipFactory,
    OpeningFactory,
    SkillRequirementFactory,
    WorkplaceFactory,
    stand,
)
from tests.factories.internships import (
    EmploymentFactory,
    ExtensionFactory,
    FollowUpFactory,
    InternshipFactory,
    InternshipPauseFactory,
)
from tests.factories.matching import ProposalFactory, VisitFactory, VisitTimeFactory
from tests.factories.participants import (
    AgencyContactFactory,
    AgencyFactory,
    ConsentFactory,
    ParticipantFactory,
    SkillEvidenceFactory,
)
from tests.factories.skills import ConceptFactory

__all__ = [
    "AgencyContactFactory",
    "AgencyFactory",
    "AssignmentFactory",
    "CaseReviewFactory",
    "ConceptFactory",
    "ConsentFactory",
    "EmployerCheckFactory",
    "EmployerFactory",
    "EmploymentFactory",
    "ExtensionFactory",
    "FollowUpFactory",
    "InternshipFactory",
    "InternshipPauseFactory",
    "InterventionFactory",
    "MeasureFactory",
    "MembershipFactory",
    "MunicipalityFactory",
    "OpeningFactory",
    "PackageFactory",
    "ParticipantFactory",
    "ProposalFactory",
    "ReviewActionFactory",
    "ReviewCaseFactory",
    "ReviewSeatFactory",
    "SkillEvidenceFactory",
    "SkillRequirementFactory",
    "UnitFactory",
    "UserFactory",
    "VisitFactory",
    "VisitTimeFactory",
    "WorkplaceFactory",
    "stand",
]
