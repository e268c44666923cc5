"""The agencies that the municipality works with, and who works there."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.cooperation.pages.forms import AgencyContactForm, AgencyForm, LastDayForm
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, paginate, status_of
from backend.participants import services
from backend.participants.models import Agency, AgencyContact, AgencyQuerySet

STAFF = tuple(Role)


@role_required(*STAFF)
@require_GET
def agency_list(request: HttpRequest) -> HttpResponse:
    """List the agencies, each with who reads there today."""
    agencies = _theirs(request).with_readers(on=timezone.localdate())
    has_reviews = signed_in(request).has_role(Role.COACH, Role.MANAGER)
    context = {"page": paginate(request, agencies), "has_reviews": has_reviews}
    return render(request, "cooperation/agency_list.html", context)


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def agency_add(request: HttpRequest) -> HttpResponse:
    """Write down an agency."""
    municipality = min(signed_in(request).municipality_ids())
    write = partial(services.register_agency, municipality_id=municipality)
    return _form(request, AgencyForm(posted(request)), write, heading=_("A new agency"))


@role_required(*STAFF)
@require_GET
def agency_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one agency and who works there."""
    agency = _agency(request, pk)
    today = timezone.localdate()
    contacts = [(each, each.reads_on(today)) for each in agency.contacts.all()]
    return render(request, "cooperation/agency_detail.html", {"agency": agency, "contacts": contacts})


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def agency_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say anew what an agency is called, and what it is."""
    agency = _agency(request, pk)
    form = AgencyForm(posted(request), initial={"name": agency.name, "kind": agency.kind})
    write = partial(services.change_agency, agency_id=pk)
    return _form(request, form, write, heading=_("Change the agency"), agency=agency)


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def agency_contact_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down somebody who works at an agency."""
    agency = _agency(request, pk)
    write = partial(services.add_agency_contact, agency_id=pk)
    form = AgencyContactForm(posted(request))
    return _form(request, form, write, heading=_("A contact person"), agency=agency, to=agency)


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def agency_contact_prolong(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a guest read until another day."""
    contact = _contact(request, pk)
    form = LastDayForm(posted(request), initial={"last_day": contact.last_day})
    write = partial(services.prolong_agency_contact, contact_id=pk)
    heading = _("Until when may %(name)s read?") % {"name": contact.name}
    return _form(request, form, write, heading=heading, agency=contact.agency, to=contact.agency)


@role_required(*STAFF)
@require_POST
def agency_contact_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a guest read nothing more."""
    contact = _contact(request, pk)
    said = _("%(name)s reads nothing more.") % {"name": contact.name}
    return ask(request, services.end_agency_contact, contact_id=pk, to=contact.agency, said=said)


def _theirs(request: HttpRequest) -> AgencyQuerySet:
    return Agency.objects.visible_to(signed_in(request))


def _agency(request: HttpRequest, pk: UUID) -> Agency:
    return get_object_or_404(_theirs(request), pk=pk)


def _contact(request: HttpRequest, pk: UUID) -> AgencyContact:
    contacts = AgencyContact.objects.visible_to(signed_in(request)).filter(ended_at=None)
    return get_object_or_404(contacts.select_related("agency"), pk=pk)


def _form(
    request: HttpRequest, form: Any, write: Any, *, heading: str, agency: Agency | None = None, to: Any = None
) -> HttpResponse:
    back = agency.get_absolute_url() if agency else reverse("cooperation:agency_list")
    if request.method == "POST" and form.is_valid():
        write = partial(write, **form.cleaned_data)
        if answer := ask_form(request, form, write, to=to, back=back, said=_("It is written down.")):
            return answer
    context = {"form": form, "heading": heading, "agency": agency, "back": back}
    return render(request, "cooperation/agency_form.html", context, status=status_of(form))
