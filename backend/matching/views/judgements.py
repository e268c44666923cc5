"""A coach's word on a row of a ranking."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.matching import services
from backend.matching.enums import Verdict


@role_required(Role.COACH)
@require_POST
def judge(request: HttpRequest, opening_id: UUID, participant_id: UUID) -> HttpResponse:
    """Keep what the coach says of the row, and go back to the list as it was."""
    verdict = request.POST.get("verdict", "")
    if verdict not in Verdict.values:
        raise Http404
    pair: dict[str, Any] = {"opening_id": opening_id, "participant_id": participant_id}
    try:
        services.record_judgement(**pair, verdict=verdict, by=signed_in(request), at=timezone.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    said = Verdict(verdict).label
    messages.success(request, _("Noted: %(said)s. It helps the list become better.") % {"said": said})
    filters = request.POST.get("filters", "")
    return redirect(f"{reverse('matching:candidates', args=[opening_id])}?{filters}#said-{participant_id}")
