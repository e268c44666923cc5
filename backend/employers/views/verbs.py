"""What is done to an opening by one click; each answers with the opening's page."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.core.templatetags.ui import day
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.core.ui.panels import panels_for
from backend.employers import services
from backend.employers.forms.organisation import ReturnForm
from backend.employers.forms.stopping import PauseForm
from backend.employers.models import Opening
from backend.employers.pages import effects
from backend.employers.views.browse import page_of
from backend.skills.enums import Resolution


def _page(pk: UUID) -> str:
    return reverse("employers:opening_detail", args=[pk])


def said_of_published(opening: Opening) -> str:
    """Say whether the opening is out or waits for a coach."""
    if opening.awaits_approval:
        return _("Sent. A job coach reads it before it is published; you get an e-mail.")
    return _("Published. Everybody can read it now.")


def said_of_saved(opening: Opening) -> str:
    """Say that it is saved, and when a coach reads it before others do."""
    if opening.awaits_approval:
        return _("Saved. A job coach reads it before others see it; you get an e-mail.")
    return _("Saved.")


@require_POST
def opening_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish, or send for approval."""
    return ask(request, services.publish_opening, opening_id=pk, to=_page(pk), said=said_of_published)


@require_POST
def opening_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish what waited, and approve its employer."""
    said = _("Approved and published. The employer gets an e-mail.")
    return ask(request, services.approve_opening, opening_id=pk, to=_page(pk), said=said)


@require_POST
def opening_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give an opening back for a change."""
    get_object_or_404(Opening.objects.decidable_by(request.user), pk=pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return page_of(request, pk, form=form, status=422)
    why, said = form.cleaned_data["why"], _("Given back. The employer gets an e-mail.")
    return ask(request, services.return_opening, opening_id=pk, why=why, to=_page(pk), said=said)


@require_POST
def opening_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the opening off the list."""
    said = _("Closed. You can publish it again whenever you like.")
    return ask(request, services.close_opening, opening_id=pk, to=_page(pk), said=said)


@require_http_methods(["GET", "POST"])
def opening_pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what a pause means and until when it is, and take the opening off the list."""
    own = Opening.objects.editable_by(request.user).select_related("workplace__employer")
    opening = get_object_or_404(own, pk=pk)
    form = PauseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        way: dict[str, Any] = {"to": _page(pk), "said": said_of_paused, **form.cleaned_data}
        if answer := ask_form(request, form, services.pause_opening, opening_id=pk, **way):
            return answer
    elif not opening.is_listed:
        return redirect(opening)
    said = {"effects": effects.of_pausing(), "recipients": effects.recipients()}
    context = {"opening": opening, "form": form, "panels": _waiting_at(request, opening), **said}
    return render(request, "employers/opening_pause.html", context, status=status_of(form))


def _waiting_at(request: HttpRequest, *openings: Opening) -> list[dict[str, Any]]:
    """Return what the apps higher up know to be undecided at `openings`."""
    return panels_for("employers.stopping", request, openings)


def said_of_paused(opening: Opening) -> str:
    """Say whether the opening comes back by itself."""
    if opening.back_on is None:
        return _("Paused. It comes back when you say so.")
    return _("Paused. It comes back by itself on %(day)s.") % {"day": day(opening.back_on)}


@require_POST
def opening_resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a paused opening on the list again."""
    said = _("The opening is on the list again.")
    return ask(request, services.resume_opening, opening_id=pk, to=_page(pk), said=said)


@require_POST
def opening_refresh(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the opening still holds."""
    said = _("Thank you. The opening stays open.")
    return ask(request, services.refresh_opening, opening_id=pk, to=_page(pk), said=said)


@require_POST
def requirement_settle(request: HttpRequest, pk: UUID, requirement_pk: UUID) -> HttpResponse:
    """Say whether the catalogue understood a skill rightly."""
    opening = get_object_or_404(Opening.objects.editable_by(request.user), pk=pk)
    requirement = get_object_or_404(opening.requirements.filter(resolution=Resolution.ASK), pk=requirement_pk)
    is_right = request.POST.get("answer") == "yes"
    settle = partial(services.confirm_requirement, requirement_id=requirement.pk, is_right=is_right)
    return ask(request, settle, to=_page(pk))
