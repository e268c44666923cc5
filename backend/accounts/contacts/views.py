"""Contact, privacy and accessibility for everybody; setting the contact for administrators."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from backend.accounts.access import administers, signed_in
from backend.accounts.contacts.forms import ContactForm
from backend.accounts.contacts.services import set_contact
from backend.accounts.models import Municipality, MunicipalityContact
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, status_of

SECURITY_DAYS = 365


def _page(request: HttpRequest, template: str) -> HttpResponse:
    """Show a page with the contacts that hold today."""
    contacts = MunicipalityContact.objects.in_force(timezone.localdate()).select_related("municipality")
    return render(request, template, {"contacts": contacts})


@login_not_required
@require_GET
def contact_list(request: HttpRequest) -> HttpResponse:
    """Show how each municipality is reached."""
    return _page(request, "accounts/contact_list.html")


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement that the law on digital public service asks for (2018:1937)."""
    return _page(request, "accounts/accessibility.html")


@login_not_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Show in plain words what is kept about whom, on which ground, how long, and who sees it."""
    return _page(request, "accounts/privacy.html")


@login_not_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Answer whom to tell about a weakness, as RFC 9116 lays down; 404 while no contact is set."""
    today = timezone.localdate()
    contacts = get_list_or_404(MunicipalityContact.objects.in_force(today))
    until = (timezone.now() + timedelta(days=SECURITY_DAYS)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [f"Contact: mailto:{each.email}" for each in contacts]
    lines += [f"Expires: {until}", "Preferred-Languages: sv, en"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "POST"])
@administers
def contact_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set how a municipality is reached, who answers for the data and how accessible the site is."""
    municipality = get_object_or_404(Municipality.objects.run_by(signed_in(request)), pk=pk)
    newest = municipality.contacts.first()
    form = ContactForm(posted(request), initial=_said(newest))
    if request.method == "POST" and form.is_valid():
        to, said = "contacts:contact_list", _("Saved. The public pages show it from that day on.")
        what = {"municipality_id": pk, **form.cleaned_data}
        if answer := ask_form(request, form, set_contact, to=to, said=said, **what):
            return answer
    today = timezone.localdate()
    context = {
        "municipality": municipality,
        "newest": newest,
        "form": form,
        "standing": municipality.contacts.in_force(today).first(),
        "history": municipality.contacts.all(),
        "today": today,
    }
    return render(request, "accounts/contact_edit.html", context, status=status_of(form))


def _said(contact: MunicipalityContact | None) -> dict[str, object]:
    """Return what stands there now, to be changed from today on."""
    said = {name: getattr(contact, name) for name in ContactForm.Meta.fields} if contact else {}
    return said | {"valid_from": timezone.localdate()}
