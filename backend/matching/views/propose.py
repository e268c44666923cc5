"""Putting one person forward for one opening: what may be told, how it was agreed, what the employer sees."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.ui.http import ask_form
from backend.employers.models import Opening
from backend.matching import services
from backend.matching.access_log import PROPOSING
from backend.matching.enums import TAKEN_STATES, ProposalState
from backend.matching.models import Proposal
from backend.matching.pages import presenting
from backend.matching.pages.forms import TICKS, ProposeForm
from backend.matching.pages.pairs import Pair, told_last
from backend.matching.rankings.matches import match_of
from backend.participants.access_log import open_case

SAID = {
    "send": _("The proposal is sent. The employer gets an e-mail without personal data."),
    "ask": _("The question is sent to the participant."),
    "draft": _("The draft is saved. Nobody has been told."),
}


@role_required(Role.COACH)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, opening_id: UUID, participant_id: UUID) -> HttpResponse:
    """Show the form with its preview, and do what its buttons say."""
    pair = _pair(request, opening_id, participant_id)
    begun = pair.proposal
    if begun is not None and begun.state not in (ProposalState.DRAFT, ProposalState.ASKED):
        return redirect(begun)
    if request.method == "GET":
        return _page(request, pair, ProposeForm(initial=_initial(begun), releasable=pair.releasable))
    form = ProposeForm(request.POST, releasable=pair.releasable)
    if form.intent in TICKS:
        return _page(request, pair, form.with_ticked(_ticked(pair, form.intent)))
    if form.intent == "preview" or not form.is_valid():
        return _page(request, pair, form, status=200 if form.intent == "preview" else 422)
    answer = ask_form(request, form, services.propose, said=SAID[form.intent], **_asked_for(pair, form))
    return answer or _page(request, pair, form, status=422)


def _pair(request: HttpRequest, opening_id: UUID, participant_id: UUID) -> Pair:
    user = signed_in(request)
    openings = Opening.objects.decidable_by(user).select_related("workplace__employer", "occupation")
    opening = openings.filter(pk=opening_id).first()
    if opening is None:
        raise Http404
    participant = open_case(request, participant_id, page=PROPOSING)
    proposed = Proposal.objects.handled_by(user).filter(opening=opening, state__in=TAKEN_STATES)
    return Pair(opening, participant, proposed.filter(participant=participant).first())


def _ticked(pair: Pair, intent: str) -> set[str]:
    return pair.asked_for(at=timezone.now()) if intent == "counting" else set(told_last(pair).keys)


def _initial(begun: Proposal | None) -> dict[str, Any]:
    return {"items": begun.asked_items, "message": begun.message} if begun else {}


def _asked_for(pair: Pair, form: ProposeForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "opening_id": pair.opening.pk,
        "participant_id": pair.participant.pk,
        "intent": form.intent,
        "item_keys": data["items"],
        "message": data["message"],
        "means": data["means"],
        "explanation": match_of(pair.opening, pair.participant, at=timezone.now()).as_data(),
    }


def _page(request: HttpRequest, pair: Pair, form: ProposeForm, *, status: int = 200) -> HttpResponse:
    at = timezone.now()
    shown = presenting.of_pair(pair, form, coach=signed_in(request), at=at)
    return render(request, "matching/propose.html", shown, status=status)
