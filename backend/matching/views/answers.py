"""What employer, coach and participant decide about a proposal; each address only takes a POST."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.accounts.access import signed_in
from backend.core.ui.http import refusals_to
from backend.matching import services
from backend.matching.models import Proposal
from backend.matching.pages.forms import DeclineForm, WithdrawForm
from backend.matching.views.proposals import RELATED, for_coach, for_employer

to_proposal = refusals_to(lambda pk: redirect("matching:proposal_detail", pk))


@require_POST
@to_proposal
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say yes on the employer's behalf."""
    return _decided(
        request, pk, services.accept_proposal, _("Thank you! The job coach plans the start with you.")
    )


@require_POST
@to_proposal
def interview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask to meet the person first."""
    return _decided(
        request, pk, services.ask_for_interview, _("Thank you! The job coach books a time with you.")
    )


@require_POST
@to_proposal
def decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say no with a reason; the form comes back when it is missing."""
    proposal = get_object_or_404(
        Proposal.objects.decidable_by(signed_in(request)).select_related(*RELATED), pk=pk
    )
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return for_employer(request, proposal, form=form, status=422)
    said = _("Thank you for answering. A no helps us to propose better.")
    return _decided(request, pk, services.decline_proposal, said, **form.cleaned_data)


@require_POST
@to_proposal
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a proposal back as its coach."""
    proposal = get_object_or_404(
        Proposal.objects.handled_by(signed_in(request)).select_related(*RELATED), pk=pk
    )
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return for_coach(request, proposal, form=form, status=422)
    said = _("The proposal is withdrawn. The employer sees the person no more.")
    return _decided(request, pk, services.withdraw_proposal, said, **form.cleaned_data)


@require_POST
@to_proposal
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a participant's own yes or no."""
    agrees = "yes" in request.POST
    said = (
        _("Thank you. You are proposed now.")
        if agrees
        else _("Thank you. You are not proposed, and that is fine.")
    )
    return _decided(request, pk, services.answer_as_participant, said, agrees=agrees)


def _decided(
    request: HttpRequest, pk: UUID, service: Callable[..., Proposal], said: str, **answer: Any
) -> HttpResponse:
    try:
        proposal = service(proposal_id=pk, by=signed_in(request), at=timezone.now(), **answer)
    except Proposal.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, said)
    return redirect(proposal)
