"""The catalogue for administrators: to be looked at. Imports and `override_relation` write it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from backend.skills.models import CatalogueVersion, Concept, Label, Relation, Wording


class ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LabelInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Label
    fields = ("text", "language", "kind")
    ordering = ("language", "kind", "text")


class RelationInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Relation
    fk_name = "source"
    fields = ("target", "kind", "degree", "municipality")
    ordering = ("-degree", "target_id")


@admin.register(Concept)
class ConceptAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name_sv", "name_en", "kind", "ssyk", "scheme", "retired_at")
    list_filter = ("kind", "scheme", ("retired_at", admin.EmptyFieldListFilter))
    search_fields = ("name_sv", "name_en", "uri", "labels__text")
    inlines = (LabelInline, RelationInline)


@admin.register(CatalogueVersion)
class CatalogueVersionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("scheme", "imported_at", "by", "added", "changed", "retired")
    list_filter = ("scheme",)
    list_select_related = ("by",)


@admin.register(Wording)
class WordingAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """What job coaches have said that words mean: what the catalogue may want to learn."""

    list_display = ("words", "kind", "concept", "code", "municipality", "said_at")
    list_filter = ("kind", "municipality")
    list_select_related = ("concept", "municipality")
    search_fields = ("words", "concept__name_sv")
