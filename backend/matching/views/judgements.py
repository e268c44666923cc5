"""A coach's word on a row of a ranking."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.accounts.access import role_required
from backend.accounts.enums import Role
from backend.core.ui.http import ask
from backend.matching import services
from backend.matching.enums import Verdict


@role_required(Role.COACH)
@require_POST
def judge(request: HttpRequest, opening_id: UUID, participant_id: UUID) -> HttpResponse:
    """Keep what the coach says of the row, and go back to the list as it was."""
    verdict = request.POST.get("verdict", "")
    if verdict not in Verdict.values:
        raise Http404
    filters = request.POST.get("filters", "")
    to = f"{reverse('matching:candidates', args=[opening_id])}?{filters}#said-{participant_id}"
    said = _("Noted: %(said)s. It helps the list become better.") % {"said": Verdict(verdict).label}
    judgement: dict[str, Any] = {
        "opening_id": opening_id,
        "participant_id": participant_id,
        "verdict": verdict,
    }
    return ask(request, services.record_judgement, to=to, said=said, **judgement)
