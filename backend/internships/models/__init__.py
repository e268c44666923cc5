"""Internships and what becomes of them: follow-ups, employment, retention, concerns."""

from backend.internships.models.concerns import Concern, ConcernQuerySet
from backend.internships.models.employments import (
    Employment,
    EmploymentQuerySet,
    RetentionCheck,
    RetentionCheckQuerySet,
)
from backend.internships.models.follow_ups import FollowUp, FollowUpQuerySet
from backend.internships.models.placements import Internship, InternshipQuerySet, PlacementRule, Reader

__all__ = [
    "Concern",
    "ConcernQuerySet",
    "Employment",
    "EmploymentQuerySet",
    "FollowUp",
    "FollowUpQuerySet",
    "Internship",
    "InternshipQuerySet",
    "PlacementRule",
    "Reader",
    "RetentionCheck",
    "RetentionCheckQuerySet",
]
