"""Unions are asked about workplaces, and what they answer is noted."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.core import rules as dated
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form
from backend.employers.models import Employer
from backend.internships.models import UnionConsultation
from backend.internships.safeguards.rules import UNION_DAYS
from backend.internships.services import ask_union, record_union_answer
from backend.safeguarding.pages.forms import AskUnionForm, UnionAnswerForm
from backend.safeguarding.views.trust import STAFF, form_page, page_of


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def union_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that a union is asked about one of an employer's workplaces."""
    employer = get_object_or_404(Employer.objects.decidable_by(signed_in(request)), pk=pk)
    today = timezone.localdate()
    first = today + timedelta(days=dated.value_on(UNION_DAYS, today))
    workplaces = employer.workplaces.order_by("name", "pk")
    form = AskUnionForm(posted(request), workplaces=workplaces, first=first)
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data, "workplace_id": form.cleaned_data["workplace"].pk}
        del facts["workplace"]
        if answer := ask_form(request, form, partial(ask_union, **facts), to=page_of(pk), said=_("Noted.")):
            return answer
    more = {"heading": _("Ask the union"), "label": _("Save"), "lead": employer.on_unions or _whom_to_ask()}
    return form_page(request, form, employer, **more)


def _whom_to_ask() -> str:
    return _("Without a collective agreement: a union that has one in the trade.")


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def union_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what a union answered."""
    theirs = UnionConsultation.objects.visible_to(signed_in(request)).select_related("workplace__employer")
    asked = get_object_or_404(theirs, pk=pk)
    form = UnionAnswerForm(posted(request), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        record = partial(record_union_answer, consultation_id=pk, **form.cleaned_data)
        to = page_of(asked.workplace.employer_id)
        if answer := ask_form(request, form, record, to=to, said=_("Noted.")):
            return answer
    more = {
        "heading": _("The union's answer"),
        "label": _("Save the answer"),
        "lead": f"{asked.union_name}: {asked.work}",
    }
    return form_page(request, form, asked.workplace.employer, **more)
