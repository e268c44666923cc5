"""A package on paper."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from backend.cooperation.pages.packages import PackageToAgency
from backend.core.documents import PDF, CannotMakePdf, render_pdf


def as_pdf(package: PackageToAgency) -> HttpResponse:
    """Return a package as a PDF to be saved. Raises Http404 where the host lacks what makes one."""
    try:
        made = render_pdf("documents/package.html", {"package": package}, settings.LANGUAGE_CODE)
    except CannotMakePdf as error:
        raise Http404 from error
    response = HttpResponse(made, content_type=PDF)
    response["Content-Disposition"] = content_disposition_header(True, f"{_('package')}-{package.pk}.pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response
