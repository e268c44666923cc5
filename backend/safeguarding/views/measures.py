"""Measures: taken and lifted by a manager or an administrator of the municipality."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form
from backend.employers.models import Employer, Measure
from backend.employers.services import lift_measure, take_measure
from backend.safeguarding.pages.forms import MeasureForm, WhyForm
from backend.safeguarding.pages.pending import pending_at
from backend.safeguarding.views.trust import form_page, page_of

DECIDING = (Role.MANAGER, Role.ADMINISTRATOR)


@role_required(*DECIDING)
@require_http_methods(["GET", "POST"])
def measure_take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a measure about an employer, with what becomes of all that waits or goes on there."""
    employer = get_object_or_404(Employer.objects.managed_by(signed_in(request)), pk=pk)
    today = timezone.localdate()
    form = MeasureForm(posted(request), today=today)
    if request.method == "POST" and form.is_valid():
        take = partial(take_measure, employer_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, take, to=page_of(pk), said=_("The measure is taken.")):
            return answer
    more = {"heading": _("Take a measure"), "label": _("Take the measure")}
    lead = _("Advice changes nothing of this. A pause or a stop does, from its first day to its last:")
    points = pending_at(employer, today=today)
    return form_page(request, form, employer, lead=lead, points=points, **more)


@role_required(*DECIDING)
@require_http_methods(["GET", "POST"])
def measure_lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lift a measure, so that what waits can go on."""
    theirs = Measure.objects.filter(employer__in=Employer.objects.managed_by(signed_in(request)))
    measure = get_object_or_404(theirs.standing(timezone.localdate()).select_related("employer"), pk=pk)
    form = WhyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        lift = partial(lift_measure, measure_id=pk, **form.cleaned_data)
        if answer := ask_form(
            request, form, lift, to=page_of(measure.employer), said=_("The measure is lifted.")
        ):
            return answer
    lead = _("What waited because of it can go on, and those concerned are told.")
    more = {"heading": _("Lift the measure"), "label": _("Lift the measure"), "quote": measure.words}
    return form_page(request, form, measure.employer, lead=lead, **more)
