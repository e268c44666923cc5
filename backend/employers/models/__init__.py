"""Employers, who speaks for them, where they are, and what they offer."""

from backend.employers.models.calling import CallBack, ContactPerson
from backend.employers.models.capacity import CapacityDay, CapacityException
from backend.employers.models.contacts import EmployerContact
from backend.employers.models.employers import (
    Employer,
    EmployerCheck,
    EmployerMembership,
    EmployerQuerySet,
    Reader,
)
from backend.employers.models.exchange import SHEETS_KEPT, HandedInSheet, ImportedAd
from backend.employers.models.invitations import EmployerInvitation
from backend.employers.models.measures import Measure, MeasureQuerySet
from backend.employers.models.offers import Offer
from backend.employers.models.openings import (
    Capacity,
    OccupationOfOpening,
    Opening,
    OpeningQuerySet,
    SkillRequirement,
)
from backend.employers.models.redundancies import Redundancy
from backend.employers.models.replies import CannedReply
from backend.employers.models.searches import SavedSearch
from backend.employers.models.workplaces import Workplace

__all__ = [
    "SHEETS_KEPT",
    "CallBack",
    "CannedReply",
    "Capacity",
    "CapacityDay",
    "CapacityException",
    "ContactPerson",
    "Employer",
    "EmployerCheck",
    "EmployerContact",
    "EmployerInvitation",
    "EmployerMembership",
    "EmployerQuerySet",
    "HandedInSheet",
    "ImportedAd",
    "Measure",
    "MeasureQuerySet",
    "OccupationOfOpening",
    "Offer",
    "Opening",
    "OpeningQuerySet",
    "Reader",
    "Redundancy",
    "SavedSearch",
    "SkillRequirement",
    "Workplace",
]
