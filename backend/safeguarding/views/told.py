"""What was told of a workplace without an internship: which employer it is about, and what was done."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form
from backend.employers.models import Employer
from backend.internships.models import Concern
from backend.internships.services import close_concern, link_concern
from backend.safeguarding.pages.forms import LinkForm, WhatWasDoneForm
from backend.safeguarding.views.trust import STAFF, form_page, page_of


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def concern_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which employer a concern is about that names a workplace in words."""
    reader = signed_in(request)
    concern = get_object_or_404(Concern.objects.visible_to(reader).unhandled().elsewhere(), pk=pk)
    theirs = Employer.objects.decidable_by(reader).filter(municipality=concern.municipality_id)
    form = LinkForm(posted(request), employers=theirs.order_by("sort_key", "pk"))
    if request.method == "POST" and form.is_valid():
        employer = form.cleaned_data["employer"]
        link = partial(link_concern, concern_id=pk, employer_id=employer)
        if answer := ask_form(request, form, link, to=page_of(employer), said=_("Noted.")):
            return answer
    more: dict[str, Any] = {"heading": f"{concern.told_name}, {concern.told_place}", "quote": concern.text}
    more |= {"label": _("It is about this employer"), "lead": _or_none_of_them()}
    return form_page(request, form, None, back=reverse("safeguarding:review_list"), **more)


def _or_none_of_them() -> str:
    return _(
        "If it is none of these, register the employer first. Or go back and write what was done: then it "
        "stays without one."
    )


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def concern_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write what was done about a concern that is about no internship."""
    reader = signed_in(request)
    theirs = Concern.objects.visible_to(reader).unhandled().filter(internship=None)
    concern = get_object_or_404(theirs.select_related("employer"), pk=pk)
    back = page_of(concern.employer) if concern.employer else reverse("safeguarding:review_list")
    form = WhatWasDoneForm(posted(request))
    if request.method == "POST" and form.is_valid():
        close = partial(close_concern, concern_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, close, to=back, said=_("Noted.")):
            return answer
    more = {"heading": _("What was done?"), "quote": concern.text, "label": _("Save what was done")}
    return form_page(request, form, concern.employer, back=back, **more)
