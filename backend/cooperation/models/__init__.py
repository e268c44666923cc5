"""What is sent to agencies, who has read it, what was done before, and what is decided with them."""

from backend.cooperation.models.interventions import Intervention, InterventionQuerySet
from backend.cooperation.models.packages import Package, PackageQuerySet, PackageRead
from backend.cooperation.models.reviews import (
    CaseReview,
    CaseReviewQuerySet,
    ReviewAction,
    ReviewActionQuerySet,
    ReviewCase,
    ReviewDecision,
    ReviewSeat,
)

__all__ = [
    "CaseReview",
    "CaseReviewQuerySet",
    "Intervention",
    "InterventionQuerySet",
    "Package",
    "PackageQuerySet",
    "PackageRead",
    "ReviewAction",
    "ReviewActionQuerySet",
    "ReviewCase",
    "ReviewDecision",
    "ReviewSeat",
]
