"""The rules of each kind of placement, for administrators."""

from django.contrib import admin

from backend.core.admin import DatedRuleAdmin
from backend.internships.models import PlacementRule

admin.site.register(PlacementRule, DatedRuleAdmin)
