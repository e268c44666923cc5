"""Employers and openings for administrators: to read; what changes them goes through the services."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from backend.employers.models import Capacity, Employer, EmployerCheck, EmployerMembership, Opening, Workplace


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Shows rows and changes none: a change without its audit row would be a hole in the log."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False


@admin.register(Employer)
class EmployerAdmin(ReadOnlyAdmin):
    list_display = ("name", "organisationsnummer", "kind", "standing", "municipality")
    list_filter = ("kind", "standing", "municipality")
    search_fields = ("name", "organisationsnummer")


@admin.register(Opening)
class OpeningAdmin(ReadOnlyAdmin):
    list_display = ("title", "workplace", "kind", "state", "places", "places_taken", "published_at")
    list_filter = ("kind", "state")
    list_select_related = ("workplace",)
    search_fields = ("title",)


admin.site.register([Capacity, EmployerCheck, EmployerMembership, Workplace], ReadOnlyAdmin)
