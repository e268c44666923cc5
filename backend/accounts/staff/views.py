"""The pages of administrators about staff and units, and the one where an invitation is answered."""

from functools import partial
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.accounts.models import Assignment, Municipality, Unit, User
from backend.accounts.signing_in.second_factor import fresh_second_factor
from backend.accounts.staff import services
from backend.accounts.staff.forms import CodeForm, InviteForm, LastDayForm, RoleForm, UnitForm
from backend.accounts.staff.leaving import effects_of
from backend.accounts.staff.listing import StaffFilter, staff_of, with_roles
from backend.core.text.searching import best_first
from backend.core.timeline import STAFF, timeline
from backend.core.ui.forms import add_refusal, posted
from backend.core.ui.http import ask, ask_form, paginate, status_of

UNITS = "staff:unit_list"
administrators = role_required(Role.ADMINISTRATOR)


@require_GET
@administrators
def person_list(request: HttpRequest) -> HttpResponse:
    """List the municipality's own people: roles, last sign-in, and who has not answered an invitation."""
    found = StaffFilter(request.GET, with_roles(staff_of(signed_in(request))), request=request)
    page = paginate(request, best_first(found.qs, "sort_key", "pk"), filters=found.form.fields)
    context = {"page": page, "filter": found, "now": timezone.now()}
    return render(request, "accounts/staff/person_list.html", context)


@require_GET
@administrators
def person_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one of them: how they are reached, what they hold, and what was done about it."""
    person: Any = _person(request, pk)
    invitation = person.waiting[0] if person.waiting else None
    roles = list(person.assignments.all())
    context = {
        "person": person,
        "invitation": invitation,
        "is_late": invitation is not None and invitation.expires_at <= timezone.now(),
        "ended": person.assignments.exclude(ended_on=None).select_related("unit").order_by("-ended_on", "pk"),
        "timeline": timeline(person, *roles, reader=STAFF),
    }
    return render(request, "accounts/staff/person_detail.html", context)


@require_http_methods(["GET", "POST"])
@administrators
@fresh_second_factor
def person_invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody new in."""
    form = InviteForm(posted(request), by=signed_in(request))
    if request.method == "POST" and form.is_valid():
        said = _("The invitation is on its way by e-mail.")
        if answer := ask_form(request, form, services.invite_staff, to=_page_of, said=said, **form.said()):
            return answer
    return render(request, "accounts/staff/person_invite.html", {"form": form}, status=status_of(form))


@require_POST
@administrators
@fresh_second_factor
def invitation_resend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mail a new code."""
    said = _("A new code is on its way. The one before does not work any more.")
    return ask(request, services.invite_again, user_id=pk, to=_page(pk), said=said)


@require_POST
@administrators
@fresh_second_factor
def invitation_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    said = _("The invitation is withdrawn. Its code opens nothing.")
    return ask(request, services.withdraw_invitation, user_id=pk, to=_page(pk), said=said)


@require_http_methods(["GET", "POST"])
@administrators
@fresh_second_factor
def role_give(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give somebody who works here another role."""
    person = _person(request, pk)
    form = RoleForm(posted(request), by=signed_in(request))
    if request.method == "POST" and form.is_valid():
        give = partial(services.appoint, user_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, give, to=_page(pk), said=_("The role is given.")):
            return answer
    context = {"person": person, "form": form, "cancel_url": _page(pk)}
    return render(request, "accounts/staff/role_give.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@administrators
@fresh_second_factor
def role_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a role after a day, having shown what happens to the cases in hand."""
    theirs = Assignment.objects.filter(municipality__in=Municipality.objects.run_by(signed_in(request)))
    role = get_object_or_404(theirs.select_related("user", "unit", "municipality"), pk=pk, ended_on=None)
    form = LastDayForm(posted(request))
    if request.method == "POST" and form.is_valid():
        end = partial(services.let_go, assignment_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, end, to=_page(role.user_id), said=_("The last day is noted.")):
            return answer
    context = {"role": role, "form": form, "effects": effects_of(role), "cancel_url": _page(role.user_id)}
    return render(request, "accounts/staff/role_end.html", context, status=status_of(form))


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """Let somebody in who types the code of an invitation; the second factor is set up next."""
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="accept_invitation"):
            answer: HttpResponse = ratelimit.respond_429(request)
            return answer
        try:
            user = services.accept_invitation(code=form.cleaned_data["code"], at=timezone.now())
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            return _let_in(request, user)
    return render(request, "accounts/staff/invitation_accept.html", {"form": form}, status=status_of(form))


@require_GET
@administrators
def unit_list(request: HttpRequest) -> HttpResponse:
    """List the units, how many work in each, and those that are closed."""
    working = Count("assignments__user", filter=Q(assignments__ended_on=None), distinct=True)
    units = Unit.objects.run_by(signed_in(request)).annotate(working=working).order_by("sort_key", "pk")
    context = {"units": units.filter(closed_on=None), "closed": units.exclude(closed_on=None)}
    return render(request, "accounts/staff/unit_list.html", context)


@require_http_methods(["GET", "POST"])
@administrators
def unit_create(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    form = UnitForm(posted(request))
    municipality = Municipality.objects.run_by(signed_in(request)).order_by("name")[0]
    if request.method == "POST" and form.is_valid():
        add = partial(services.open_unit, municipality_id=municipality.pk, **form.cleaned_data)
        if answer := ask_form(request, form, add, to=UNITS, said=_("The unit is added.")):
            return answer
    return render(request, "accounts/staff/unit_form.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@administrators
def unit_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rename a unit, and offer to close it."""
    unit = get_object_or_404(Unit.objects.run_by(signed_in(request)), pk=pk)
    form = UnitForm(posted(request), initial={"name": unit.name})
    if request.method == "POST" and form.is_valid():
        rename = partial(services.rename_unit, unit_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, rename, to=UNITS, said=_("The name is changed.")):
            return answer
    working = User.objects.filter(assignments__unit=unit, assignments__ended_on=None).distinct()
    context = {"form": form, "unit": unit, "working": working.order_by("sort_key", "pk")}
    return render(request, "accounts/staff/unit_form.html", context, status=status_of(form))


@require_POST
@administrators
def unit_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close an empty unit."""
    get_object_or_404(Unit.objects.run_by(signed_in(request)), pk=pk)
    said = _("The unit is closed.")
    return ask(request, services.close_unit, unit_id=pk, to=UNITS, back=UNITS, said=said)


def _person(request: HttpRequest, pk: UUID) -> User:
    return get_object_or_404(with_roles(staff_of(signed_in(request))), pk=pk)


def _page(pk: UUID) -> str:
    return reverse("staff:person_detail", args=[pk])


def _page_of(user: User) -> str:
    return _page(user.pk)


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in as the code from a mail does: reading it has proved the address."""
    record_authentication(request, user, method="code", email=user.email)
    answer: HttpResponse = perform_login(request, Login(user=user, email=user.email))
    return answer
