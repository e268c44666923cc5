"""What was sent to agencies and done before, for administrators: to read; the services move it."""

from typing import ClassVar

from django.contrib import admin

from backend.cooperation.models import Intervention, Package, PackageRead
from backend.employers.admin import ReadOnlyAdmin


@admin.register(Package)
class PackageAdmin(ReadOnlyAdmin):
    list_display = ("id", "sent_at", "acknowledged_at")
    search_fields: ClassVar[tuple[str, ...]] = ()


@admin.register(PackageRead)
class PackageReadAdmin(ReadOnlyAdmin):
    list_display = ("package", "how", "at")
    search_fields: ClassVar[tuple[str, ...]] = ()


@admin.register(Intervention)
class InterventionAdmin(ReadOnlyAdmin):
    list_display = ("id", "kind", "started_year", "ended_year", "removed_at")
    search_fields: ClassVar[tuple[str, ...]] = ()
