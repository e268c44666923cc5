"""The gazetteer for administrators: to be looked at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from backend.places.models import Locality, MunicipalityArea, Postcode


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A table that only the loading commands write, because they compute the keys it is found by."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(MunicipalityArea)
class MunicipalityAreaAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "county_name")
    list_filter = ("county_name",)
    search_fields = ("name", "code")


@admin.register(Locality)
class LocalityAdmin(ReadOnlyAdmin):
    list_display = ("name", "municipality", "population", "source")
    list_filter = ("source", "municipality__county_name")
    list_select_related = ("municipality",)
    search_fields = ("name", "match_key")


@admin.register(Postcode)
class PostcodeAdmin(ReadOnlyAdmin):
    list_display = ("code", "locality_name", "municipality", "source")
    list_filter = ("source",)
    list_select_related = ("municipality",)
    search_fields = ("code", "locality_name")
