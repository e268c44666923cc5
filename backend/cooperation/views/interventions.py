"""The map of earlier efforts: read by staff and by the person, written by the coach."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import persona_required, role_required, signed_in
from backend.accounts.enums import Persona, Role
from backend.cooperation import services
from backend.cooperation.access_log import INTERVENTIONS
from backend.cooperation.models import Intervention
from backend.cooperation.pages.effort_forms import NewEfforts, OneEffort
from backend.cooperation.pages.efforts import effort_map
from backend.core.timeline import timeline
from backend.core.ui.addresses import address
from backend.core.ui.forms import asks_for_rows
from backend.core.ui.http import ask, ask_form, status_of
from backend.participants.access_log import open_case, open_file
from backend.participants.models import Agency, Participant
from backend.participants.views.mine import my_file


@require_GET
@role_required(Role.COACH, Role.MANAGER)
def intervention_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show staff what has been done for a person before: picture, table, gaps and repetitions."""
    participant = open_file(request, pk, page=INTERVENTIONS)
    reader = signed_in(request)
    context = {
        **_map_of(request, participant),
        "can_decide": participant.unit_id in reader.unit_ids(Role.COACH),
        "timeline": timeline(reader=reader.persona, also=participant.interventions.all()),
    }
    return render(request, "cooperation/intervention_list.html", context)


@require_GET
@persona_required(Persona.PARTICIPANT)
def my_interventions(request: HttpRequest) -> HttpResponse:
    """Show the participant what is written about earlier efforts, and whom to tell when it is wrong."""
    return render(request, "cooperation/my_interventions.html", _map_of(request, my_file(request)))


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def intervention_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a coach write down several efforts on one page."""
    participant, new = open_case(request, pk, page=INTERVENTIONS), NewEfforts.of(request)
    agencies = Agency.objects.visible_to(signed_in(request))
    if asks_for_rows(request.POST):
        new = new.with_rows_as_asked(request.POST)
    elif request.method == "POST" and new.is_valid():
        write = partial(services.record_interventions, participant_id=pk, efforts=new.efforts(agencies))
        back, said = address("cooperation:intervention_list", pk), _("The efforts are written down.")
        if answer := ask_form(request, new.told, write, to=back, said=said):
            return answer
    context = {"participant": participant, "new": new, "agencies": agencies}
    status = status_of(new.told, new.rows)
    return render(request, "cooperation/intervention_add.html", context, status=status)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def intervention_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a coach correct an effort, or remove it."""
    intervention = _mine(request, pk)
    agencies, page = Agency.objects.visible_to(signed_in(request)), OneEffort.of(request, intervention)
    if request.method == "POST" and page.is_valid():
        write = partial(services.change_intervention, intervention_id=pk, effort=page.effort(agencies))
        if answer := ask_form(request, page.form, write, said=_("The effort is corrected.")):
            return answer
    context = {"intervention": intervention, "page": page, "agencies": agencies}
    status = status_of(page.form, page.told)
    return render(request, "cooperation/intervention_change.html", context, status=status)


@require_POST
@role_required(Role.COACH)
def intervention_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove an effort that was written down by mistake."""
    intervention = _mine(request, pk)
    back = intervention.get_absolute_url()
    said = _("The effort is removed.")
    return ask(request, services.remove_intervention, intervention_id=pk, to=back, said=said)


def _mine(request: HttpRequest, pk: UUID) -> Intervention:
    theirs = Intervention.objects.decidable_by(signed_in(request)).select_related("agency", "participant")
    intervention = get_object_or_404(theirs, pk=pk)
    open_case(request, intervention.participant_id, page=INTERVENTIONS)
    return intervention


def _map_of(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    efforts = Intervention.objects.visible_to(signed_in(request)).filter(participant=participant)
    seen = effort_map(efforts.select_related("agency"), today=timezone.localdate())
    return {"participant": participant, "map": seen}
