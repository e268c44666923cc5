"""The employer's own pages: registration, organisation, openings and capacity."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.access import persona_required, signed_in
from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, paginate, status_of
from backend.core.ui.next import Next
from backend.core.ui.panels import panels_for
from backend.employers import services
from backend.employers.forms.known import FactsForm
from backend.employers.forms.organisation import RegistrationForm
from backend.employers.models import Employer, EmployerMembership, Opening
from backend.employers.pages import lines
from backend.employers.pages.inviting import invited
from backend.employers.pages.next import next_about_members, next_for_applicant, next_for_member
from backend.employers.views.access import member_required, page_of_employer


@persona_required(Persona.EMPLOYER)
def register(request: HttpRequest) -> HttpResponse:
    """Name the organisation that one speaks for."""
    if request.method == "GET" and _only_waits(signed_in(request)):
        return redirect("employers:my_organisation")
    form = RegistrationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        way: dict[str, Any] = {"to": _after_registration, "said": _said_of_registration}
        if answer := ask_form(request, form, services.find_or_register_employer, **way, **form.cleaned_data):
            return answer
    return render(request, "employers/register.html", {"form": form}, status=status_of(form))


def _only_waits(user: User) -> bool:
    """Tell whether `user` speaks for nobody yet, and has asked to."""
    return not Employer.objects.of(user).exists() and EmployerMembership.objects.requested_by(user).exists()


def _after_registration(registration: services.Registration) -> str:
    return "employers:workplace_create" if registration.is_new else "employers:my_organisation"


def _said_of_registration(registration: services.Registration) -> str:
    is_new = registration.is_new
    return _("Registered. Now add the workplace where people will be.") if is_new else ""


@persona_required(Persona.EMPLOYER)
@require_GET
def my_organisation(request: HttpRequest) -> HttpResponse:
    """Show the organisations that the reader speaks for, and those that have not answered yet."""
    user, today = signed_in(request), timezone.localdate()
    employers = Employer.objects.of(user).for_page(on=today).with_rights(user)
    waiting = EmployerMembership.objects.requested_by(user)
    if not employers and not waiting.exists():
        return redirect("employers:register")
    asked = waiting.select_related("employer").order_by("created_at", "pk")
    own = {
        "employers": _with_what_is_next(employers, user, today=today),
        "panels": panels_for("employers.own", request, user),
    }
    context = own | {"waiting": [(each.pk, _about_request(each)) for each in asked]}
    return render(request, "employers/my_organisation.html", context)


def _about_request(membership: EmployerMembership) -> Next | None:
    may_remind = services.may_be_reminded(membership, day=timezone.localdate())
    return next_for_applicant(membership, may_remind=may_remind)


def _with_what_is_next(employers: Iterable[Any], reader: User, *, today: date) -> list[tuple[Any, ...]]:
    """Return each employer with what is next, its members, whom it has asked in, and the reader's part."""
    now = timezone.now()
    return [
        (
            each,
            next_for_member(each, today=today),
            next_about_members(each, may_decide=each.may_administer),
            invited(each, at=now) if each.may_administer else [],
            next((one for one in each.memberships.all() if one.user_id == reader.pk), None),
        )
        for each in employers
    ]


@require_http_methods(["GET", "POST"])
def facts_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is known of an employer, as its administrator or as staff."""
    employer = get_object_or_404(Employer.objects.administered_by(request.user), pk=pk)
    form, back = FactsForm(posted(request), employer=employer), page_of_employer(request, pk)
    if request.method == "POST" and form.is_valid():
        keep = partial(services.update_facts, employer_id=pk, **form.details)
        if answer := ask_form(request, form, keep, to=back, said=_("Saved.")):
            return answer
    context = {"form": form, "employer": employer, "back": back}
    return render(request, "employers/facts_form.html", context, status=status_of(form))


@member_required
@require_GET
def my_openings(request: HttpRequest) -> HttpResponse:
    """List the reader's own openings and lasting places, whatever their state."""
    return render(request, "employers/my_openings.html", _own(request, is_capacity=False))


@member_required
@require_GET
def capacity_list(request: HttpRequest) -> HttpResponse:
    """List the reader's own lasting places."""
    return render(request, "employers/capacity_list.html", _own(request, is_capacity=True))


def _own(request: HttpRequest, *, is_capacity: bool) -> dict[str, Any]:
    mine = Employer.objects.of(request.user)
    openings = Opening.objects.visible_to(request.user, on=timezone.localdate()).filter(
        workplace__employer__in=mine
    )
    openings = openings.filter(capacity__isnull=not is_capacity)
    page = paginate(request, lines.read(openings.order_by("-state_changed_at", "pk")))
    may_write = Employer.objects.writable_by(request.user).exists()
    drawn = lines.drawn(page, own=True, with_state=True, picked=may_write)
    return {"page": page, "rows": drawn, "may_write": may_write, "acts": services.Act.choices}
