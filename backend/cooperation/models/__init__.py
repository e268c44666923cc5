"""What is sent to agencies, who has read it, and what has been done for a person before."""

from backend.cooperation.models.interventions import Intervention, InterventionQuerySet
from backend.cooperation.models.packages import Package, PackageQuerySet, PackageRead

__all__ = ["Intervention", "InterventionQuerySet", "Package", "PackageQuerySet", "PackageRead"]
