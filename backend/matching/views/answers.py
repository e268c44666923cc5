"""What employer, coach and participant decide about a proposal; each address only takes a POST."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import signed_in
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.matching import services
from backend.matching.models import Proposal
from backend.matching.pages.answering import form_of
from backend.matching.pages.forms import DeclineForm, WithdrawForm
from backend.matching.views.proposals import RELATED, for_coach, for_employer


def _page(pk: UUID) -> str:
    return reverse("matching:proposal_detail", args=[pk])


@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say yes on the employer's behalf."""
    said = _("Thank you! The job coach plans the start with you.")
    return ask(request, services.accept_proposal, proposal_id=pk, to=_page(pk), said=said)


@require_POST
def interview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask to meet the person first."""
    said = _("Thank you! The job coach books a time with you.")
    return ask(request, services.ask_for_interview, proposal_id=pk, to=_page(pk), said=said)


@require_POST
def decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say no with a reason; the form comes back when it is missing."""
    proposals = Proposal.objects.decidable_by(signed_in(request)).select_related(*RELATED)
    proposal = get_object_or_404(proposals, pk=pk)
    form = DeclineForm(request.POST)
    if form.is_valid():
        what: dict[str, Any] = {"proposal_id": pk, **form.cleaned_data, "to": _page(pk)}
        said = _("Thank you for answering. A no helps us to propose better.")
        if done := ask_form(request, form, services.decline_proposal, said=said, **what):
            return done
    return for_employer(request, proposal, form=form, status=422)


@require_http_methods(["GET", "POST"])
def answer_in_words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for any answer with words; to fill the box with a reply first writes nothing."""
    proposals = Proposal.objects.decidable_by(signed_in(request)).select_related(*RELATED)
    proposal = get_object_or_404(proposals, pk=pk)
    form = form_of(proposal, posted(request))
    if form.is_valid():
        said = _("Thank you for answering. The job coach reads it.")
        what: dict[str, Any] = {"proposal_id": pk, **form.said, "to": _page(pk)}
        if done := ask_form(request, form, services.answer_proposal, said=said, **what):
            return done
    opening = proposal.opening
    replies = reverse("employers:reply_list", args=[opening.workplace.employer_id])
    context = {"opening": opening, "replies": replies, "form": form, "back": _page(pk)}
    return render(request, "matching/answer_in_words.html", context, status=status_of(form))


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a proposal back as its coach."""
    proposals = Proposal.objects.handled_by(signed_in(request)).select_related(*RELATED)
    proposal = get_object_or_404(proposals, pk=pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        what: dict[str, Any] = {"proposal_id": pk, **form.cleaned_data, "to": _page(pk)}
        said = _("The proposal is withdrawn. The employer sees the person no more.")
        if done := ask_form(request, form, services.withdraw_proposal, said=said, **what):
            return done
    return for_coach(request, proposal, form=form, status=422)


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a participant's own yes, to all that was asked for or to what was ticked of it, or no."""
    chooses = "some" in request.POST
    agrees = chooses or "yes" in request.POST
    said = (
        _("Thank you. You are proposed now.")
        if agrees
        else _("Thank you. You are not proposed, and that is fine.")
    )
    what: dict[str, Any] = {"proposal_id": pk, "agrees": agrees}
    what["item_keys"] = request.POST.getlist("items") if chooses else None
    return ask(request, services.answer_as_participant, to=_page(pk), said=said, **what)
