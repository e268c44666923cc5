"""Who speaks for an employer: asked for, approved, ended, given another role."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.accounts.access import signed_in
from backend.accounts.enums import Persona
from backend.core.ui.http import ask
from backend.employers import services
from backend.employers.enums import MembershipRole
from backend.employers.models import EmployerMembership


def _back(pk: UUID) -> str:
    return reverse("employers:membership_page", args=[pk])


@require_POST
def membership_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody speak for the employer."""
    said = _("Approved. They get an e-mail.")
    return ask(request, services.approve_membership, membership_id=pk, to=_back(pk), said=said)


@require_POST
def membership_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Turn a request down, or end a membership."""
    said = _("Done. They do not speak for the organisation.")
    return ask(request, services.end_membership, membership_id=pk, to=_back(pk), said=said)


@require_POST
def membership_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a member another role."""
    role = request.POST.get("role")
    if role not in MembershipRole.values:
        raise Http404
    return ask(request, services.change_role, membership_id=pk, role=role, to=_back(pk), said=_("Saved."))


def membership_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead to the page where the reader sees the members of that employer."""
    membership = get_object_or_404(EmployerMembership.objects.visible_to(request.user), pk=pk)
    if signed_in(request).persona == Persona.STAFF:
        return redirect("employers:employer_detail", membership.employer_id)
    return redirect("employers:my_organisation")
