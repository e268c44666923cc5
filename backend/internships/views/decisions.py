"""What the unit's manager decides: about the union's objection, and beside a concern."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, status_of
from backend.internships import services
from backend.internships.enums import ConsultationOutcome
from backend.internships.models import Concern, Internship, words_of_gates
from backend.internships.pages.access_log import INTERNSHIP
from backend.internships.pages.forms import DecisionForm
from backend.participants.access_log import shown


@require_http_methods(["GET", "POST"])
@role_required(Role.MANAGER)
def objection_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a manager decide whether a placement may start that the union or a gate is in the way of."""
    theirs = Internship.objects.managed_by(signed_in(request))
    related = ("participant__coach", "workplace__employer")
    internship = get_object_or_404(theirs.select_related(*related), pk=pk)
    return _decide(request, internship, decide=services.decide_objection, key={"internship_id": pk})


@require_http_methods(["GET", "POST"])
@role_required(Role.MANAGER)
def concern_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a manager decide whether people may be placed where a concern has not been handled."""
    theirs = Concern.objects.filter(internship__in=Internship.objects.managed_by(signed_in(request)))
    related = ("internship__participant__coach", "internship__workplace__employer")
    concern = get_object_or_404(theirs.select_related(*related), pk=pk)
    key = {"concern_id": pk}
    return _decide(request, concern.placement, decide=services.decide_concern, key=key, concern=concern)


def _decide(
    request: HttpRequest,
    internship: Internship,
    *,
    decide: Any,
    key: dict[str, UUID],
    concern: Concern | None = None,
) -> HttpResponse:
    form = DecisionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {**key, **form.cleaned_data}
        said = _("Your decision is recorded, with its reasons.")
        if answer := ask_form(request, form, decide, to=internship, said=said, **what):
            return answer
    shown(request, [internship.participant], page=INTERNSHIP)
    earlier = (concern or internship).decisions.select_related("decided_by")
    context = {"form": form, "internship": internship, "concern": concern, "decisions": earlier}
    context["objects"] = internship.union_outcome == ConsultationOutcome.OBJECTION
    context["gates"] = words_of_gates(internship.gates)
    return render(request, "internships/decision_make.html", context, status=status_of(form))
