"""The dated rules that placements are judged by, for staff to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from backend.accounts.access import role_required
from backend.accounts.enums import Role
from backend.internships.models import BasisRule, PlacementRule


@require_GET
@role_required(Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)
def rule_list(request: HttpRequest) -> HttpResponse:
    """Show what a placement may rest on and how long it may last, with source and how sure we are."""
    today = timezone.localdate()
    context = {
        "lengths": PlacementRule.objects.in_force(today),
        "bases": BasisRule.objects.in_force(today),
    }
    return render(request, "internships/rule_list.html", context)
