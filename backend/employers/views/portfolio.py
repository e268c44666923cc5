"""The staff's pages about employers."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.signing_in.second_factor import fresh_second_factor
from backend.core.clock import day_of
from backend.core.text.searching import best_first
from backend.core.ui.excel import excel_response
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, paginate, status_of
from backend.core.ui.next import Next
from backend.core.ui.panels import panels_for, read_with
from backend.employers import services
from backend.employers.enums import LISTED_STATES
from backend.employers.forms.organisation import CheckForm
from backend.employers.merging.likely import doubles_of
from backend.employers.models import Employer, EmployerContact, Opening
from backend.employers.pages import columns, lines, presenting
from backend.employers.pages.filters import EmployerFilter, filtered
from backend.employers.pages.inviting import invited
from backend.employers.pages.next import next_about_members, next_for_staff
from backend.employers.views.access import STAFF, back_to

BAND, SECTIONS = "employers.band", "employers.employer"
"""Where other apps stand on an employer's page."""
ORDERS: dict[str, list[Any]] = {
    "name": ["sort_key", "pk"],
    "-name": ["-sort_key", "pk"],
    "openings": ["published", "sort_key", "pk"],
    "-openings": ["-published", "sort_key", "pk"],
    "created": ["created_at", "pk"],
    "-created": ["-created_at", "pk"],
}


@role_required(*STAFF)
@require_GET
def employer_list(request: HttpRequest) -> HttpResponse:
    """List the employers of the reader's municipality."""
    found, sort = _found(request)
    page = paginate(request, best_first(found.qs, *_orders()[sort]), filters=found.form.fields)
    context = {
        "page": page,
        "rows": columns.rows(page),
        "columns": columns.columns(),
        "filter": found,
        "sort": sort,
        "excel_url": f"{reverse('employers:employer_export')}?{request.GET.urlencode()}",
    }
    return render(request, "employers/employer_list.html", context)


@role_required(*STAFF)
@require_GET
@fresh_second_factor
def employer_export(request: HttpRequest) -> HttpResponse:
    """Give the filtered list as an Excel file."""
    found, sort = _found(request)
    headings = [
        _("Name"),
        _("Organisation number"),
        _("Kind of organisation"),
        _("Status"),
        _("Number of employees"),
        _("Published openings"),
        _("Registered"),
        *(str(column.heading) for column in columns.columns()),
    ]
    return excel_response(_("employers"), headings, map(_cells, best_first(found.qs, *_orders()[sort])))


@role_required(*STAFF)
@require_GET
def employer_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show everything about one employer."""
    today = day_of(timezone.now())
    theirs = Employer.objects.decidable_by(request.user).for_page(on=today)
    employer = get_object_or_404(theirs.annotate(**read_with(request, BAND, SECTIONS)), pk=pk)
    openings = Opening.objects.visible_to(request.user, on=today).filter(workplace__employer=employer)
    latest = lines.read(openings.order_by("-state_changed_at", "pk"))[:50]
    context = {
        "employer": employer,
        "rows": lines.drawn(latest, own=True, with_state=True),
        "next": _next_of(employer, today=today),
        "members": next_about_members(employer, may_decide=True),
        **_known_of(request, employer),
        "timeline": presenting.timeline_of(employer, reader=signed_in(request)),
    }
    return render(request, "employers/employer_detail.html", context)


def _next_of(employer: Employer, *, today: date) -> Next | None:
    obstacles = services.obstacles(employer=employer, on=today)
    to_call = services.to_call_back(employer.memberships.all())
    return next_for_staff(employer, today=today, obstacles=obstacles, to_call=to_call)


def _known_of(request: HttpRequest, employer: Employer) -> dict[str, Any]:
    """Return what stands on top of an employer's page, and the sections of other apps."""
    return {
        "bands": panels_for(BAND, request, employer),
        "invitations": invited(employer, at=timezone.now()),
        "contacts": [each.user for each in employer.memberships.all() if each.answers],
        "panels": panels_for(SECTIONS, request, employer),
        "doubles": doubles_of(employer, Employer.objects.decidable_by(request.user)),
        **_journal_of(request, employer),
    }


def _journal_of(request: HttpRequest, employer: Employer) -> dict[str, Any]:
    """Return the contacts that colleagues have had, the newest first, and who has had most of them."""
    noted = EmployerContact.objects.visible_to(request.user).filter(employer=employer)
    newest_first = list(noted.select_related("recorded_by"))
    return {"noted": newest_first, "known_by": presenting.known_by(newest_first)}


@role_required(*STAFF)
def check_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what was looked into about an employer."""
    employer = get_object_or_404(Employer.objects.decidable_by(request.user), pk=pk)
    form = CheckForm(posted(request), day=day_of(timezone.now()))
    if request.method == "POST" and form.is_valid():
        noted: dict[str, Any] = {
            name: value for name, value in form.cleaned_data.items() if name != "valid_until"
        }
        noted["until"] = form.cleaned_data["valid_until"]
        way: dict[str, Any] = {"to": back_to(request, pk), "said": _("Recorded.")}
        if answer := ask_form(request, form, services.record_checks, employer=employer, **way, **noted):
            return answer
    context = {"form": form, "employer": employer, "back": back_to(request, pk)}
    return render(request, "employers/check_form.html", context, status=status_of(form))


@require_POST
def employer_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let people be placed with the employer."""
    to, said = reverse("employers:employer_detail", args=[pk]), _("The employer is approved.")
    return ask(request, services.approve_employer, employer_id=pk, to=to, said=said)


def _found(request: HttpRequest) -> tuple[EmployerFilter, str]:
    published = Count("workplaces__openings", Q(workplaces__openings__state__in=LISTED_STATES), distinct=True)
    employers = Employer.objects.decidable_by(request.user).with_standing(day_of(timezone.now()))
    sort = request.GET.get("sort", "name")
    found = filtered(EmployerFilter, request, columns.with_columns(employers.annotate(published=published)))
    return found, sort if sort in _orders() else "name"


def _orders() -> dict[str, list[Any]]:
    return {**ORDERS, **columns.orders()}


def _cells(employer: Any) -> list[Any]:
    return [
        employer.name,
        employer.number_written_out,
        employer.get_kind_display(),
        employer.standing_label,
        employer.employees,
        employer.published,
        employer.created_at,
        *columns.cells(employer),
    ]
