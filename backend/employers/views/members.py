"""Who speaks for an employer: asked for, approved, ended, given another role."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.accounts.access import signed_in
from backend.accounts.enums import Persona
from backend.core.ui.http import refusals_to
from backend.employers import services
from backend.employers.enums import MembershipRole
from backend.employers.models import EmployerMembership


def _back(pk: UUID, *_args: Any, **_kwargs: Any) -> HttpResponse:
    return redirect("employers:membership_page", pk)


@require_POST
@refusals_to(_back)
def membership_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody speak for the employer."""
    membership = get_object_or_404(EmployerMembership.objects.decidable_by(request.user), pk=pk)
    services.approve_membership(membership_id=membership.pk, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Approved. They get an e-mail."))
    return _back(pk)


@require_POST
@refusals_to(_back)
def membership_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Turn a request down, or end a membership."""
    membership = get_object_or_404(EmployerMembership.objects.decidable_by(request.user), pk=pk)
    services.end_membership(membership_id=membership.pk, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Done. They do not speak for the organisation."))
    return _back(pk)


@require_POST
@refusals_to(_back)
def membership_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a member another role."""
    membership = get_object_or_404(EmployerMembership.objects.decidable_by(request.user).active(), pk=pk)
    role = request.POST.get("role")
    if role in MembershipRole.values:
        services.change_role(membership_id=membership.pk, role=role, by=signed_in(request), at=timezone.now())
        messages.success(request, _("Saved."))
    return _back(pk)


def membership_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead to the page where the reader sees the members of that employer."""
    membership = get_object_or_404(EmployerMembership.objects.visible_to(request.user), pk=pk)
    if signed_in(request).persona == Persona.STAFF:
        return redirect("employers:employer_detail", membership.employer_id)
    return redirect("employers:my_organisation")
