"""Employers and openings for administrators: to read; what changes them goes through the services."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from backend.core.admin import FindableAdmin
from backend.employers.models import (
    CallBack,
    Capacity,
    ContactPerson,
    Employer,
    EmployerCheck,
    EmployerInvitation,
    EmployerMembership,
    Measure,
    Opening,
    Redundancy,
    Workplace,
)


class ReadOnlyAdmin(FindableAdmin):
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
    list_display = ("name", "organisationsnummer", "kind", "approved_at", "municipality")
    list_filter = ("kind", "municipality")


@admin.register(Opening)
class OpeningAdmin(ReadOnlyAdmin):
    list_display = ("title", "workplace", "kind", "state", "places", "places_taken", "published_at")
    list_filter = ("kind", "state")
    list_select_related = ("workplace",)


@admin.register(Workplace)
class WorkplaceAdmin(ReadOnlyAdmin):
    list_display = ("name", "employer", "locality_name")
    list_select_related = ("employer",)


@admin.register(Measure)
class MeasureAdmin(ReadOnlyAdmin):
    list_display = ("employer", "kind", "reason", "starts_on", "last_on", "decided_by", "lifted_at")
    list_filter = ("kind", "reason")
    list_select_related = ("employer", "decided_by")
    search_fields: ClassVar[tuple[str, ...]] = ()


@admin.register(Redundancy)
class RedundancyAdmin(ReadOnlyAdmin):
    list_display = ("employer", "workplace", "happened_on", "how_many", "noted_by", "taken_back_at")
    list_select_related = ("employer", "workplace", "noted_by")
    search_fields: ClassVar[tuple[str, ...]] = ()


@admin.register(CallBack, Capacity, ContactPerson, EmployerCheck, EmployerInvitation, EmployerMembership)
class OtherAdmin(ReadOnlyAdmin):
    search_fields: ClassVar[tuple[str, ...]] = ()
