"""Dated rules for administrators: a new value is a new row, so that what is past is judged by the old one."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from backend.core.models import DatedRule
from backend.core.text.searching import search


class FindableAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Searches as the house's own lists do; `search_fields` only makes the box appear."""

    search_fields: ClassVar[tuple[str, ...]] = ("search_key",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Return what is found, the best first, each row once."""
        return search(queryset, search_term, "") if search_term.strip() else queryset, False


class DatedRuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Lets a rule be added and be given a last day, never rewritten or deleted."""

    list_display: tuple[str, ...] = ("__str__", "valid_from", "valid_to", "source")
    later: tuple[str, ...] = ("valid_to",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return every field but those that are known later, once the rule exists."""
        names = [field.name for field in self.model._meta.fields if field.editable]
        return [name for name in names if obj and name not in self.later]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a rule that ends is given a last day."""
        return False


admin.site.register(DatedRule, DatedRuleAdmin)
