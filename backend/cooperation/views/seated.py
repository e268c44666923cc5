"""A case review as a guest from an agency reads it, and what the guest said to do there."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from backend.accounts.access import persona_required, signed_in
from backend.accounts.enums import Persona
from backend.cooperation import services
from backend.cooperation.access_log import AS_AGENCY
from backend.cooperation.enums import ReadHow
from backend.cooperation.models import ReviewSeat
from backend.cooperation.pages.at_the_table import ReviewToAgency, review_to_agency
from backend.cooperation.pages.documents import review_as_pdf
from backend.core.ui.http import ask
from backend.participants.access_log import shown


@persona_required(Persona.AGENCY)
@require_GET
def my_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a review: when, where, and those who have released something to the agency."""
    seen = _seen(request, pk, how=ReadHow.PAGE)
    return render(request, "cooperation/my_review.html", {"review": seen})


@persona_required(Persona.AGENCY)
@require_GET
def my_review_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the agency's own edition as a PDF."""
    return review_as_pdf(_seen(request, pk, how=ReadHow.PDF))


@persona_required(Persona.AGENCY)
@require_POST
def my_action_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a guest say that something is done."""
    to = reverse("cooperation:my_packages")
    return ask(request, services.finish_action, action_id=pk, to=to, said=_("It is noted as done."))


def _seen(request: HttpRequest, pk: UUID, *, how: ReadHow) -> ReviewToAgency:
    reader, today = signed_in(request), timezone.localdate()
    seat = get_object_or_404(ReviewSeat.objects.of_guest(reader, on=today).with_review(), pk=pk)
    seen = review_to_agency(seat, on=today, reader=reader)
    shown(request, seen.cases, page=AS_AGENCY)
    if read := [each.package.pk for each in seen.people]:
        services.note_review_reading(seat_id=pk, package_ids=read, how=how, by=reader, at=timezone.now())
    return seen
