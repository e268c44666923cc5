"""What placements are judged by, for administrators: each row with its source and how sure we are."""

from django.contrib import admin

from backend.core.admin import DatedRuleAdmin
from backend.internships.models import BasisRule, PlacementRule


class SourcedRuleAdmin(DatedRuleAdmin):
    """A dated row with its source; how sure we are of it may be learned later."""

    later = ("valid_to", "certainty")
    ends_with = ("valid_from", "valid_to", "is_statute", "certainty", "source")


@admin.register(BasisRule)
class BasisRuleAdmin(SourcedRuleAdmin):
    list_display = ("kind", "basis", "insurance", *SourcedRuleAdmin.ends_with)
    list_filter = ("basis", "kind", "is_statute", "certainty")


@admin.register(PlacementRule)
class PlacementRuleAdmin(SourcedRuleAdmin):
    list_display = (
        "kind",
        "programme",
        "measure",
        "longest_months",
        "longest_days",
        *SourcedRuleAdmin.ends_with,
    )
    list_filter = ("kind", "programme", "measure", "is_statute", "certainty")
