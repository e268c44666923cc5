"""What is done to an opening by one click; each answers with the opening's page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.accounts.access import signed_in
from backend.core.ui.http import refusals_to
from backend.employers import services
from backend.employers.enums import OpeningState
from backend.employers.forms.organisation import ReturnForm
from backend.employers.models import Opening
from backend.employers.views.browse import page_of
from backend.skills.enums import Resolution

View = Callable[..., HttpResponse]


def _to_page(pk: UUID, *_args: Any, **_kwargs: Any) -> HttpResponse:
    return redirect("employers:opening_detail", pk)


def tell_published(request: HttpRequest, opening: Opening) -> None:
    """Say whether the opening is out or waits for a coach."""
    if opening.state == OpeningState.AWAITING_APPROVAL:
        messages.success(request, _("Sent. A job coach reads it before it is published; you get an e-mail."))
    else:
        messages.success(request, _("Published. Everybody can read it now."))


@require_POST
@refusals_to(_to_page)
def opening_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish, or send for approval."""
    opening = get_object_or_404(Opening.objects.editable_by(request.user), pk=pk)
    opening = services.publish_opening(opening_id=opening.pk, by=signed_in(request), at=timezone.now())
    tell_published(request, opening)
    return _to_page(pk)


@require_POST
@refusals_to(_to_page)
def opening_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish what waited, and approve its employer."""
    opening = get_object_or_404(Opening.objects.decidable_by(request.user), pk=pk)
    services.approve_opening(opening_id=opening.pk, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Approved and published. The employer gets an e-mail."))
    return _to_page(pk)


@require_POST
@refusals_to(_to_page)
def opening_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give an opening back for a change."""
    opening = get_object_or_404(Opening.objects.decidable_by(request.user), pk=pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return page_of(request, pk, form=form, status=422)
    why = form.cleaned_data["why"]
    services.return_opening(opening_id=opening.pk, by=signed_in(request), at=timezone.now(), why=why)
    messages.success(request, _("Given back. The employer gets an e-mail."))
    return _to_page(pk)


@require_POST
@refusals_to(_to_page)
def opening_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the opening off the list."""
    opening = get_object_or_404(Opening.objects.editable_by(request.user), pk=pk)
    services.close_opening(opening_id=opening.pk, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Closed. You can publish it again whenever you like."))
    return _to_page(pk)


@require_POST
@refusals_to(_to_page)
def opening_refresh(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the opening still holds."""
    opening = get_object_or_404(Opening.objects.editable_by(request.user), pk=pk)
    services.refresh_opening(opening_id=opening.pk, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Thank you. The opening stays open."))
    return _to_page(pk)


@require_POST
def requirement_settle(request: HttpRequest, pk: UUID, requirement_pk: UUID) -> HttpResponse:
    """Say whether the catalogue understood a skill rightly."""
    opening = get_object_or_404(Opening.objects.editable_by(request.user), pk=pk)
    requirement = get_object_or_404(opening.requirements.filter(resolution=Resolution.ASK), pk=requirement_pk)
    services.confirm_requirement(
        requirement_id=requirement.pk,
        is_right=request.POST.get("answer") == "yes",
        by=signed_in(request),
        at=timezone.now(),
    )
    return _to_page(pk)
