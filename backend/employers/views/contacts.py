"""The journal of an employer, which the staff of its municipality write and read."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import role_required
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.employers import services
from backend.employers.forms.contacts import FROM_MY_DAY, EmployerContactForm
from backend.employers.models import Employer, EmployerContact
from backend.employers.views.access import STAFF, back_to


@require_http_methods(["GET", "POST"])
@role_required(*STAFF)
def employer_contact_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a line of an employer's journal: a contact and, if there is one, the next step."""
    employer = get_object_or_404(
        Employer.objects.decidable_by(request.user).for_page(on=timezone.localdate()), pk=pk
    )
    form = EmployerContactForm(posted(request))
    back = reverse("home:my_home") if request.GET.get("fran") == FROM_MY_DAY else back_to(request, pk)
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"employer_id": pk, **form.cleaned_data}
        said = _("Contact is noted.")
        if answer := ask_form(request, form, services.record_employer_contact, to=back, said=said, **what):
            return answer
    answering = [each.user for each in employer.memberships.all() if each.answers]
    context = {"employer": employer, "form": form, "back": back, "contacts": answering}
    return render(request, "employers/contact_form.html", context, status=status_of(form))


@require_POST
@role_required(*STAFF)
def employer_contact_remove(request: HttpRequest, pk: UUID, contact_id: UUID) -> HttpResponse:
    """Take back a line that was written by mistake."""
    contacts = EmployerContact.objects.visible_to(request.user).filter(employer=pk)
    contact = get_object_or_404(contacts, pk=contact_id)
    way: dict[str, Any] = {
        "to": reverse("employers:employer_detail", args=[pk]),
        "said": _("The contact is taken back."),
    }
    return ask(request, services.remove_employer_contact, contact_id=contact.pk, **way)
