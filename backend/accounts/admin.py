"""Users, units and assignments for administrators."""

from typing import ClassVar

from django.contrib import admin

from backend.accounts.models import Assignment, Municipality, Unit, User
from backend.core.admin import FindableAdmin


class AssignmentInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Assignment
    extra = 0


@admin.register(User)
class UserAdmin(FindableAdmin):
    list_display = ("email", "name", "persona", "is_active")
    list_filter = ("persona", "is_active")
    fields = ("email", "name", "phone", "persona", "language", "is_active", "is_staff")
    inlines: ClassVar = [AssignmentInline]


admin.site.register([Municipality, Unit])
