"""What somebody at an agency reads as a guest: what was released, for what and until when; nothing else."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from backend.accounts.access import persona_required, signed_in
from backend.accounts.enums import Persona
from backend.cooperation import services
from backend.cooperation.access_log import AS_AGENCY
from backend.cooperation.enums import ReadHow
from backend.cooperation.models import Package, ReviewSeat
from backend.cooperation.pages.at_the_table import actions_of, reviews_to_agency
from backend.cooperation.pages.documents import as_pdf
from backend.cooperation.pages.packages import PackageToAgency, as_data, title_of, to_agency
from backend.core.ui.http import ask, paginate, shown_as
from backend.participants.access_log import shown

NEWEST = 10
"""So many reviews stand in the guest's list."""


@persona_required(Persona.AGENCY)
@require_GET
def my_packages(request: HttpRequest) -> HttpResponse:
    """List what the guest has said to do, the reviews, and what was sent, without names of people."""
    reader, today = signed_in(request), timezone.localdate()
    sent = Package.objects.sent_to(reader, on=today).with_receiver()
    page = paginate(request, sent.select_related("participant__unit"))
    seats = ReviewSeat.objects.of_guest(reader, on=today).with_review().order_by("-review__starts_at", "pk")
    actions, people = actions_of(reader, on=today)
    shown(request, people, page=AS_AGENCY)
    context = {
        "page": shown_as(page, to_agency(page, on=today)),
        "reviews": reviews_to_agency(seats[:NEWEST]),
        "actions": actions,
    }
    return render(request, "cooperation/my_packages.html", context)


@persona_required(Persona.AGENCY)
@require_GET
def package_read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was released; when it may not be read any more, that alone."""
    seen = _sent(request, pk)
    if not seen.is_readable:
        return render(request, "cooperation/package_over.html", {"package": seen}, status=HTTPStatus.GONE)
    _note(request, pk, ReadHow.PAGE)
    context = {"package": seen, "title": title_of(seen)}
    return render(request, "cooperation/package_read.html", context)


@persona_required(Persona.AGENCY)
@require_GET
def package_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give what was released as a PDF."""
    seen = _readable(request, pk)
    answer = as_pdf(seen)
    _note(request, pk, ReadHow.PDF)
    return answer


@persona_required(Persona.AGENCY)
@require_GET
def package_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give what was released as a file for programs; its format is docs/formats/package.schema.json."""
    seen = _readable(request, pk)
    _note(request, pk, ReadHow.JSON)
    answer = JsonResponse(as_data(seen), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{_("package")}-{pk}.json"'
    return answer


@persona_required(Persona.AGENCY)
@require_POST
def package_acknowledge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the agency say that it has what it was sent."""
    seen = _sent(request, pk)
    said = _("Thank you. The municipality sees that you have it.")
    return ask(request, services.acknowledge_package, package_id=pk, to=seen.url, said=said)


def _sent(request: HttpRequest, pk: UUID) -> PackageToAgency:
    today = timezone.localdate()
    sent = Package.objects.sent_to(signed_in(request), on=today).with_receiver()
    package = get_object_or_404(sent.select_related("participant__unit"), pk=pk)
    seen = to_agency([package], on=today)[0]
    if seen.is_readable:
        shown(request, [package.participant_id], page=AS_AGENCY)
    return seen


def _readable(request: HttpRequest, pk: UUID) -> PackageToAgency:
    seen = _sent(request, pk)
    if not seen.is_readable:
        raise Http404
    return seen


def _note(request: HttpRequest, pk: UUID, how: ReadHow) -> None:
    services.note_reading(package_id=pk, how=how, by=signed_in(request), at=timezone.now())
