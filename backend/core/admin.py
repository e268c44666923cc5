"""Dated rules for administrators: a new value is a new row, so that what is past is judged by the old one."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from backend.core.models import DatedRule


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
