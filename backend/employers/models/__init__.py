"""Employers, who speaks for them, where they are, and what they offer."""

from backend.employers.models.employers import (
    CallBack,
    Employer,
    EmployerCheck,
    EmployerMembership,
    EmployerQuerySet,
    Reader,
    Workplace,
)
from backend.employers.models.openings import (
    Capacity,
    OccupationOfOpening,
    Offer,
    Opening,
    OpeningQuerySet,
    SkillRequirement,
)

__all__ = [
    "CallBack",
    "Capacity",
    "Employer",
    "EmployerCheck",
    "EmployerMembership",
    "EmployerQuerySet",
    "OccupationOfOpening",
    "Offer",
    "Opening",
    "OpeningQuerySet",
    "Reader",
    "SkillRequirement",
    "Workplace",
]
