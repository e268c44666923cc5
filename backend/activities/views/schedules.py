"""Planning the week of an internship."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.activities import services
from backend.activities.at_capacity import usual_week_of
from backend.activities.pages.access_log import SCHEDULE
from backend.activities.pages.forms import ScheduleForm
from backend.activities.pages.schedules import days_to_offer, first_day_to_plan, free_days_of, schedule_of
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.internships.enums import OPEN_INTERNSHIPS
from backend.internships.models import Internship
from backend.participants.access_log import shown


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def schedule_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan on which days and hours somebody is at the workplace, from a day on."""
    internship, today = _decidable(request, pk), timezone.localdate()
    shown(request, [internship.participant], page=SCHEDULE)
    first = first_day_to_plan(internship, today=today)
    form = ScheduleForm(posted(request), days=days_to_offer(internship, today=today), first=first)
    back = reverse("activities:attendance", args=[pk])
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"internship_id": pk, **form.planned}
        said = _("The schedule is planned.")
        if answer := ask_form(request, form, services.plan_schedule, to=back, said=said, **what):
            return answer
    context = {"form": form, "internship": internship, "back": back}
    context |= {"schedule": schedule_of(internship, today=today), "free_days": free_days_of(internship)}
    return render(request, "activities/schedule_plan.html", context, status=status_of(form))


@require_POST
@role_required(Role.COACH)
def schedule_usual(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan the agreed hours evenly from Monday to Friday, by one press."""
    internship = _decidable(request, pk)
    first = first_day_to_plan(internship, today=timezone.localdate())
    what: dict[str, Any] = {"internship_id": pk, "days": usual_week_of(internship)}
    what |= {"valid_from": first, "said": _("The schedule is planned.")}
    return ask(request, services.plan_schedule, to=reverse("activities:attendance", args=[pk]), **what)


def _decidable(request: HttpRequest, pk: UUID) -> Internship:
    theirs = Internship.objects.decidable_by(signed_in(request)).filter(state__in=OPEN_INTERNSHIPS)
    return get_object_or_404(theirs.select_related("participant", "workplace__employer"), pk=pk)
