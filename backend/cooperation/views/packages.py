"""Packages, for staff: made with the person, looked at, printed, handed over."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.cooperation import services
from backend.cooperation.access_log import PACKAGE, PREPARING
from backend.cooperation.models import Package
from backend.cooperation.pages.documents import as_pdf
from backend.cooperation.pages.forms import PackageForm
from backend.cooperation.pages.packages import to_agency
from backend.core.timeline import timeline
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.participants.access_log import open_case, shown
from backend.participants.models import Agency
from backend.participants.services import releasable_items


@role_required(Role.COACH)
@require_http_methods(["GET", "POST"])
def package_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a coach choose with the person what an agency may read."""
    participant = open_case(request, pk, page=PREPARING)
    agencies = Agency.objects.visible_to(signed_in(request)).prefetch_related("contacts")
    releasable = releasable_items(participant, to_agency=True)
    form = PackageForm(posted(request), agencies=agencies, releasable=releasable, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        send = partial(services.send_package, participant_id=pk, **form.asked_for)
        if answer := ask_form(request, form, send, said=_("The package is made.")):
            return answer
    context = {"participant": participant, "form": form if agencies else None}
    return render(request, "cooperation/package_create.html", context, status=status_of(form))


@role_required(Role.COACH, Role.MANAGER)
@require_GET
def package_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show staff what an agency reads, and who has read it."""
    package = _package(request, pk)
    seen = to_agency([package], on=timezone.localdate())[0]
    context = {
        "package": package,
        "seen": seen,
        "reads": package.reads.select_related("by"),
        "can_decide": Package.objects.decidable_by(signed_in(request)).filter(pk=pk).exists(),
        "timeline": timeline(package, package.consent, reader=signed_in(request).persona),
    }
    return render(request, "cooperation/package_detail.html", context)


@role_required(Role.COACH)
@require_GET
def package_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the package as a PDF, to be handed over on paper."""
    seen = to_agency([_package(request, pk)], on=timezone.localdate())[0]
    if not seen.is_readable:
        raise Http404
    return as_pdf(seen)


@role_required(Role.COACH)
@require_POST
def package_handed_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the package was handed over on paper."""
    package = _package(request, pk)
    said = _("It is noted that the agency has it on paper.")
    return ask(request, services.note_handed_over, package_id=package.pk, to=package, said=said)


def _package(request: HttpRequest, pk: UUID) -> Package:
    theirs = Package.objects.visible_to(signed_in(request)).with_receiver()
    package = get_object_or_404(theirs.select_related("participant__unit"), pk=pk)
    shown(request, [package.participant_id], page=PACKAGE)
    return package
