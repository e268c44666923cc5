"""The certificate of an internship: looked at, issued, downloaded."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.documents import file_response
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, status_of
from backend.internships import services
from backend.internships.certified import OVER
from backend.internships.models import DOCUMENTS, Certificate, Internship
from backend.internships.pages import certificates
from backend.internships.pages.access_log import PAPERS
from backend.internships.services.certificates import RELATED
from backend.participants.access_log import shown


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def certificate_issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what the certificate will say, and issue it."""
    theirs = Internship.objects.decidable_by(signed_in(request)).filter(state__in=OVER)
    internship = get_object_or_404(theirs.select_related(*RELATED), pk=pk)
    shown(request, [internship.participant_id], page=PAPERS)
    form = certificates.form_for(internship, posted(request), at=timezone.now())
    if request.method == "POST" and form.is_valid():
        issue = partial(services.issue_certificate, internship_id=pk, with_hours=form.chosen)
        if answer := ask_form(request, form, issue, to=request.path, said=_("The certificate is issued.")):
            return answer
    context = certificates.context_for(internship, form, at=timezone.now())
    return render(request, "internships/certificate_issue.html", context, status=status_of(form))


@require_GET
def certificate_document(request: HttpRequest, pk: UUID, language: str) -> HttpResponse:
    """Give the PDF of one edition in one language, byte for byte as it was made."""
    if language not in DOCUMENTS:
        raise Http404
    theirs = Certificate.objects.visible_to(signed_in(request))
    certificate = get_object_or_404(theirs.select_related("internship", *DOCUMENTS.values()), pk=pk)
    shown(request, [certificate.internship.participant_id], page=PAPERS)
    file = certificate.document_in(language)
    return file_response(file, name=_("certificate-%(n)s") % {"n": f"{certificate.number}-{language}"})
