"""What was sent to agencies, for administrators: to read; what moves it goes through the services."""

from typing import ClassVar

from django.contrib import admin

from backend.cooperation.models import Package, PackageRead
from backend.employers.admin import ReadOnlyAdmin


@admin.register(Package)
class PackageAdmin(ReadOnlyAdmin):
    list_display = ("id", "sent_at", "acknowledged_at")
    search_fields: ClassVar[tuple[str, ...]] = ()


@admin.register(PackageRead)
class PackageReadAdmin(ReadOnlyAdmin):
    list_display = ("package", "how", "at")
    search_fields: ClassVar[tuple[str, ...]] = ()
