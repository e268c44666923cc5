"""What an agency reads, on paper."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from backend.cooperation.pages.at_the_table import ReviewToAgency
from backend.cooperation.pages.packages import PackageToAgency
from backend.core.documents import PDF, CannotMakePdf, render_pdf


def as_pdf(package: PackageToAgency) -> HttpResponse:
    """Return a package as a PDF to be saved. Raises Http404 where the host lacks what makes one."""
    return _pdf("documents/package.html", {"package": package}, f"{_('package')}-{package.pk}.pdf")


def review_as_pdf(review: ReviewToAgency) -> HttpResponse:
    """Return what one agency reads of a case review as a PDF. Raises Http404 where none can be made."""
    name = f"{_('case-review')}-{review.starts_at:%Y-%m-%d}.pdf"
    return _pdf("documents/case_review_to_agency.html", {"review": review}, name)


def _pdf(template: str, context: dict[str, Any], name: str) -> HttpResponse:
    try:
        made = render_pdf(template, context, settings.LANGUAGE_CODE)
    except CannotMakePdf as error:
        raise Http404 from error
    response = HttpResponse(made, content_type=PDF)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
