"""Extending an internship, or agreeing it anew from a day on."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.internships import services
from backend.internships.models import Extension, Internship
from backend.internships.pages.access_log import INTERNSHIP
from backend.internships.pages.extension_forms import ExtensionForm, terms_that_stand
from backend.internships.pages.forms import DecisionForm
from backend.participants.access_log import shown


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def internship_extend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Extend an internship that is under way, or ask the manager where a gate is in the way."""
    theirs = Internship.objects.decidable_by(signed_in(request))
    internship = get_object_or_404(theirs.select_related("participant", "workplace__employer"), pk=pk)
    form = ExtensionForm(posted(request), initial=terms_that_stand(internship))
    if request.method == "POST" and form.is_valid():
        extend = partial(services.extend_internship, internship_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, extend, to=internship, said=_said):
            return answer
    shown(request, [internship.participant], page=INTERNSHIP)
    context = {"form": form, "internship": internship}
    return render(request, "internships/internship_extend.html", context, status=status_of(form))


def _said(extension: Extension) -> str:
    """Return what has become of an extension: it holds, or waits for the manager."""
    if extension.applied_at:
        return _("The internship has new terms, and follow-ups move with its days.")
    words = _("The unit's manager is asked, and you are told of the decision. Why: %(gates)s.")
    return words % {"gates": ", ".join(extension.gate_words)}


@require_POST
@role_required(Role.COACH)
def extension_apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the extension hold that the manager has said yes to."""
    theirs = Internship.objects.decidable_by(signed_in(request))
    internship = get_object_or_404(theirs, pk=pk)
    return ask(request, services.apply_extension, internship_id=pk, back=internship, said=_said)


@require_http_methods(["GET", "POST"])
@role_required(Role.MANAGER)
def extension_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a manager decide about an extension that a gate is in the way of."""
    theirs = Extension.objects.managed_by(signed_in(request))
    related = ("internship__participant__coach", "internship__workplace__employer", "wanted_by")
    extension = get_object_or_404(theirs.select_related(*related), pk=pk)
    form = DecisionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"extension_id": pk, **form.cleaned_data}
        said = _("Your decision is recorded, with its reasons.")
        decide = services.decide_extension
        if answer := ask_form(request, form, decide, to=extension.internship, said=said, **what):
            return answer
    shown(request, [extension.internship.participant], page=INTERNSHIP)
    context = {"form": form, "extension": extension, "internship": extension.internship}
    context["decisions"] = extension.decisions.select_related("decided_by")
    return render(request, "internships/extension_decide.html", context, status=status_of(form))
