"""What is sent to agencies, and who has read it."""

from backend.cooperation.models.packages import Package, PackageQuerySet, PackageRead

__all__ = ["Package", "PackageQuerySet", "PackageRead"]
