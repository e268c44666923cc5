"""The yearly thanks to an employer, as a page and on paper."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from backend.accounts.access import persona_required, signed_in
from backend.accounts.enums import Persona
from backend.core.documents import PDF, CannotMakePdf, can_make_pdf, render_pdf
from backend.employers.models import Employer
from backend.employers.views.access import member_required
from backend.internships.pages.thanks import years_at, years_at_employers


@require_GET
@member_required
def thanks_page(request: HttpRequest, year: int) -> HttpResponse:
    """Show what a year at the reader's organisations led to."""
    employers = Employer.objects.of(signed_in(request))
    years = _years(employers, year)
    context = {
        "year": str(year),
        "years": [str(each) for each in years],
        "rows": years_at_employers(employers, year=year),
        "has_pdf": can_make_pdf(),
    }
    return render(request, "internships/thanks.html", context)


@require_GET
@persona_required(Persona.EMPLOYER, Persona.STAFF)
def thanks_document(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    """Give the thanks of a year to one employer as a PDF, to hang on a wall."""
    employers = Employer.objects.visible_to(signed_in(request)).filter(pk=pk)
    get_object_or_404(employers)
    _years(employers, year)
    [thanks] = years_at_employers(employers, year=year)
    try:
        made = render_pdf("documents/thanks.html", {"thanks": thanks}, get_language() or "sv")
    except CannotMakePdf as error:
        raise Http404 from error
    name = f"{_('thanks')}-{year}.pdf"
    return HttpResponse(
        made, content_type=PDF, headers={"Content-Disposition": content_disposition_header(True, name)}
    )


def _years(employers: QuerySet[Employer], year: int) -> list[int]:
    """Return the years that can be thanked for. Raises Http404 when `year` is none of them."""
    years = years_at(employers, today=timezone.localdate())
    if year not in years:
        raise Http404
    return years
