"""What staff register for an employer that they have on the phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, status_of
from backend.employers import services
from backend.employers.forms.on_behalf import PhoneRegistrationForm
from backend.employers.services.on_behalf import RegisteredFor
from backend.employers.views.access import STAFF


@require_http_methods(["GET", "POST"])
@role_required(*STAFF)
def employer_register(request: HttpRequest) -> HttpResponse:
    """Register an employer with a workplace and whom to ring there; nobody there needs an account."""
    form = PhoneRegistrationForm(posted(request), reader=signed_in(request))
    if request.method == "POST" and form.is_valid():
        register = services.register_for_employer
        if answer := ask_form(request, form, register, to=_page, said=_said, **form.details):
            return answer
    return render(request, "employers/employer_register.html", {"form": form}, status=status_of(form))


def _page(done: RegisteredFor) -> str:
    return reverse("employers:employer_detail", args=[done.employer.pk])


def _said(done: RegisteredFor) -> str:
    if done.is_new:
        return _("Registered. You write for the employer until somebody there takes over.")
    return _("The organisation is registered already. This is its page; nothing was changed.")
