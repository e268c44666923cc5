"""Proposing times to meet, choosing one, moving, cancelling, noting how it went; the file for a calendar."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import signed_in
from backend.core.calendars import as_ics
from backend.core.ui.addresses import address
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.matching import services
from backend.matching.calendar import RELATED, entry_of, title_of, where
from backend.matching.models import Proposal, Visit
from backend.matching.pages.visit_forms import CancelForm, OfferForm


def _page(proposal_id: UUID) -> str:
    return address("matching:proposal_detail", proposal_id)


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose times to meet about a proposal."""
    user = signed_in(request)
    proposal = get_object_or_404(Proposal.objects.times_offered_by(user).select_related("opening"), pk=pk)
    form = OfferForm(posted(request), persona=user.persona)
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"proposal_id": pk, **form.cleaned_data, "to": _page(pk)}
        said = _("The times are proposed. Whoever chooses gets a message.")
        if done := ask_form(request, form, services.offer_times, said=said, **what):
            return done
    context = {"form": form, "work": proposal.opening.title, "cancel_url": _page(pk), "moves": False}
    return render(request, "matching/visit_offer.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose other times for a meeting."""
    user, visit = signed_in(request), _arranged(request, pk, may_offer=True)
    kept = {"place": visit.place, "place_words": visit.place_words, "chooser": visit.chooser}
    form = OfferForm(posted(request), persona=user.persona, moves=True, initial=kept)
    page = _page(visit.proposal_id)
    if request.method == "POST" and form.is_valid():
        said = _("Other times are proposed. Everybody who knew of the meeting is told.")
        what: dict[str, Any] = {"visit_id": pk, **form.cleaned_data, "to": page}
        if done := ask_form(request, form, services.move_visit, said=said, **what):
            return done
    context = {"form": form, "work": visit.proposal.opening.title, "cancel_url": page, "moves": True}
    return render(request, "matching/visit_offer.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call a meeting off, for a reason that everybody reads."""
    visit = _arranged(request, pk)
    form = CancelForm(posted(request), persona=signed_in(request).persona)
    page = _page(visit.proposal_id)
    if request.method == "POST" and form.is_valid():
        said = _("The meeting is cancelled. Everybody who knew of it is told.")
        what: dict[str, Any] = {"visit_id": pk, **form.cleaned_data, "to": page}
        if done := ask_form(request, form, services.cancel_visit, said=said, **what):
            return done
    context = {"form": form, "kind": title_of(visit), "when": visit.starts_at, "place": where(visit)}
    return render(
        request, "matching/visit_cancel.html", context | {"cancel_url": page}, status=status_of(form)
    )


@require_POST
def choose(request: HttpRequest, pk: UUID, time_id: UUID) -> HttpResponse:
    """Choose one of the times."""
    visit = _arranged(request, pk)
    said = _("Booked. Everybody gets a message with the time for their calendar.")
    what: dict[str, Any] = {"visit_id": pk, "time_id": time_id}
    return ask(request, services.choose_time, to=_page(visit.proposal_id), said=said, **what)


@require_POST
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note as the coach whether they met."""
    visit = _arranged(request, pk)
    what: dict[str, Any] = {"visit_id": pk, "took_place": request.POST.get("took_place") == "yes"}
    page = _page(visit.proposal_id)
    return ask(request, services.note_visit, to=page, said=_("Noted. Thank you."), **what)


@require_GET
def calendar_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a booked meeting as a file for a calendar; it names nobody."""
    visits = Visit.objects.listed_for(signed_in(request)).booked().select_related(*RELATED)
    entry = entry_of(get_object_or_404(visits, pk=pk))
    if entry is None:
        raise Http404
    answer = HttpResponse(as_ics([entry]), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="mote.ics"'
    return answer


def _arranged(request: HttpRequest, pk: UUID, *, may_offer: bool = False) -> Visit:
    """Return the meeting that the reader may change."""
    user = signed_in(request)
    visits = Visit.objects.arranged_by(user).select_related(*RELATED)
    if may_offer:
        visits = visits.filter(proposal__in=Proposal.objects.times_offered_by(user))
    return get_object_or_404(visits, pk=pk)
