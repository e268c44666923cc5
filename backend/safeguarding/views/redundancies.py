"""Redundancies at an employer: noted, put otherwise and taken back by staff."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form
from backend.employers.models import Employer, Redundancy
from backend.employers.services import correct_redundancies, record_redundancies, take_back_redundancies
from backend.safeguarding.pages.forms import CorrectRedundancyForm, RedundancyForm, WhatWasWrongForm
from backend.safeguarding.views.trust import STAFF, form_page, page_of


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def redundancy_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that people at an employer were given notice for lack of work."""
    employer = get_object_or_404(Employer.objects.decidable_by(signed_in(request)), pk=pk)
    form = RedundancyForm(posted(request), workplaces=employer.workplaces.order_by("name", "pk"))
    record = partial(record_redundancies, employer_id=pk)
    more = {"heading": _("Note redundancies"), "label": _("Save"), "lead": _what_follows()}
    return _act(request, form, employer, record, **more)


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def redundancy_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put otherwise what was noted wrongly."""
    noted = _that_holds(request, pk)
    initial = {name: getattr(noted, name) for name in ("workplace", "happened_on", "how_many", "words")}
    workplaces = noted.employer.workplaces.order_by("name", "pk")
    form = CorrectRedundancyForm(posted(request), initial=initial, workplaces=workplaces)
    correct = partial(correct_redundancies, redundancy_id=pk)
    lead = _("What stood before is kept and can be read.")
    more = {"heading": _("Correct what was noted"), "label": _("Save"), "lead": lead}
    return _act(request, form, noted.employer, correct, **more)


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def redundancy_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what was noted by mistake."""
    noted = _that_holds(request, pk)
    take_back = partial(take_back_redundancies, redundancy_id=pk)
    lead = _("It counts no more. It is kept, with what was wrong.")
    more = {"heading": _("Take back what was noted"), "label": _("Take back"), "lead": lead}
    form = WhatWasWrongForm(posted(request))
    return _act(request, form, noted.employer, take_back, quote=noted.words, **more)


def _that_holds(request: HttpRequest, pk: UUID) -> Redundancy:
    theirs = Redundancy.objects.visible_to(signed_in(request)).that_hold().select_related("employer")
    return get_object_or_404(theirs, pk=pk)


def _act(request: HttpRequest, form: Any, employer: Employer, service: Any, **more: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        if "workplace" in facts:
            facts["workplace_id"] = getattr(facts.pop("workplace"), "pk", None)
        do = partial(service, **facts)
        if answer := ask_form(request, form, do, to=page_of(employer), said=_("Noted.")):
            return answer
    return form_page(request, form, employer, **more)


def _what_follows() -> str:
    return _(
        "Only staff read this. Within a year the unit's manager decides before anybody new is placed there, "
        "so that nobody on an internship does the work of those who had to go."
    )
