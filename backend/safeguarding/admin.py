"""Reviews for administrators: to read; what moves them goes through the services."""

from typing import ClassVar

from django.contrib import admin

from backend.employers.admin import ReadOnlyAdmin
from backend.safeguarding.models import Evidence, Review


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("employer", "state", "opened_at", "asked_at", "decided_at")
    list_filter = ("state",)
    list_select_related = ("employer",)
    search_fields: ClassVar[tuple[str, ...]] = ()


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ("review", "kind", "signal", "number", "at")
    search_fields: ClassVar[tuple[str, ...]] = ()
