"""Who speaks for an employer: asked for, approved, ended, given another role."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Persona
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.employers import services
from backend.employers.enums import MembershipRole
from backend.employers.forms.organisation import CallBackForm
from backend.employers.models import Employer, EmployerMembership
from backend.employers.views.access import STAFF, back_to


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
def membership_leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the reader speak for the organisation no more."""
    said = _("You have left the organisation. What you wrote for it stays there.")
    to, back = "home:my_home", "employers:my_organisation"
    return ask(request, services.leave_employer, membership_id=pk, to=to, back=back, said=said)


@require_POST
def membership_remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell those who let people in that the reader still waits."""
    said = _("They have been told again that you wait.")
    to = "employers:my_organisation"
    return ask(request, services.remind_of_request, membership_id=pk, to=to, said=said)


@require_POST
def membership_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back the reader's own request to join."""
    said = _("Your request is taken back.")
    to = "employers:my_organisation"
    return ask(request, services.withdraw_request, membership_id=pk, to=to, said=said)


@require_POST
def membership_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a member another role."""
    role = request.POST.get("role")
    if role not in MembershipRole.values:
        raise Http404
    return ask(request, services.change_role, membership_id=pk, role=role, to=_back(pk), said=_("Saved."))


@require_http_methods(["GET", "POST"])
@role_required(*STAFF)
def membership_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the organisation was called on a public number about a member, and what it said."""
    theirs = EmployerMembership.objects.filter(employer__in=Employer.objects.decidable_by(request.user))
    member = get_object_or_404(theirs.select_related("user", "employer"), pk=pk)
    form, back = CallBackForm(posted(request), member=member), back_to(request, member.employer_id)
    if request.method == "POST" and form.is_valid():
        noted: dict[str, Any] = {"membership_id": pk, **form.cleaned_data}
        if answer := ask_form(
            request, form, services.record_call_back, to=back, said=_("Recorded."), **noted
        ):
            return answer
    context = {"form": form, "member": member, "back": back}
    return render(request, "employers/call_form.html", context, status=status_of(form))


@require_GET
def membership_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead to the page where the reader sees the members of that employer."""
    membership = get_object_or_404(EmployerMembership.objects.visible_to(request.user), pk=pk)
    if signed_in(request).persona == Persona.STAFF:
        return redirect("employers:employer_detail", membership.employer_id)
    return redirect("employers:my_organisation")
