"""Openings as everybody may read them."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.timeline import timeline
from backend.core.ui.excel import excel_response
from backend.core.ui.http import paginate
from backend.core.ui.next import Next
from backend.core.ui.panels import panels_for
from backend.employers.exchange.public.feeds import in_other_forms
from backend.employers.exchange.public.posting import posting_script
from backend.employers.exchange.sheets import writing
from backend.employers.forms.organisation import ReturnForm
from backend.employers.jobs import closes_at
from backend.employers.models import Opening, Reader
from backend.employers.pages import effects, lines, presenting
from backend.employers.pages.catalogue import Sought, sought
from backend.employers.pages.changes import changes_of
from backend.employers.pages.filters import StaffOpeningFilter, opening_filter_for
from backend.employers.pages.next import next_for_approver, next_for_reader, next_for_writer
from backend.employers.pages.remarks import rare_of, remarks_of
from backend.employers.pages.where import map_of
from backend.employers.services import obstacles, to_call_back
from backend.employers.views.access import list_of_openings

STAFF = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)


@login_not_required
@require_GET
def opening_list(request: HttpRequest) -> HttpResponse:
    """List the openings that fit the filter; staff can also ask for those in another state."""
    found = sought(request)
    page = paginate(request, found.lines(), filters=found.filter.form.fields)
    excel_url = _export_url(request)
    context = {
        "page": page,
        "found": found,
        "chips": found.chips,
        "filter": found.filter,
        "map": map_of(found) if found.is_map and page.paginator.count else None,
        "rows": [] if found.is_map else _rows(request, page, found),
        "nearby": {} if page.paginator.count else found.nearby,
        "excel_url": excel_url,
        "waiting": _waiting_for(request.user) if excel_url else 0,
    } | in_other_forms(request)
    return render(request, "employers/opening_list.html", context)


def _rows(request: HttpRequest, page: Any, found: Sought) -> list[SafeString]:
    return lines.drawn(page, with_state=bool(request.GET.get("state")), why=found.why)


@role_required(*STAFF)
@require_GET
def opening_export(request: HttpRequest) -> HttpResponse:
    """Give the filtered list as an Excel file."""
    return excel_response(_("openings"), _headings(), map(_cells, writing.with_all(sought(request).rows)))


@login_not_required
@require_GET
def opening_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one opening, with what its reader may do about it."""
    return page_of(request, pk)


def page_of(
    request: HttpRequest, pk: UUID, *, form: ReturnForm | None = None, status: int = 200
) -> HttpResponse:
    """Return the page of an opening; `form` is what somebody sent who would give it back."""
    opening = get_object_or_404(_for_reading(request.user), pk=pk)
    context: dict[str, Any] = {
        "opening": opening,
        "description": presenting.describe(opening),
        "back": list_of_openings(request, opening, is_own=opening.may_edit and not opening.may_decide),
        **_rights(opening),
        "next": next_for_reader(opening),
        "panels": panels_for("employers.opening", request, opening),
        **_for_strangers(opening),
    }
    if opening.may_edit:
        context |= _for_its_owner(opening, signed_in(request)) | {"form": form or ReturnForm()}
    return render(request, "employers/opening_detail.html", context, status=status)


def _rights(opening: Any) -> dict[str, bool]:
    """Return what the reader may do, as `with_rights` says of the opening, where it stands."""
    return {
        "may_edit": opening.may_edit,
        "may_decide": opening.may_decide,
        "may_close": opening.may_edit and opening.is_offered,
        "may_pause": opening.may_edit and opening.is_listed,
    }


def _for_strangers(opening: Any) -> dict[str, Any]:
    """Return whom to ask about an opening, and what search engines, who never sign in, are told of it."""
    if opening.may_decide:
        return {"contact": None, "posting": ""}
    contact = opening.workplace.employer.municipality.contact_on(timezone.localdate())
    posting = posting_script(presenting.describe(opening), contact=contact, at=timezone.now())
    return {"contact": contact, "posting": posting}


def _for_its_owner(opening: Opening, user: User) -> dict[str, Any]:
    """Return what only those see who may write the opening."""
    told = timeline(opening, reader=user.persona)
    return {
        "next": _next(opening, told),
        "steps": presenting.steps_of_opening(opening),
        "timeline": told,
        "questions": [each for each in opening.requirements.all() if each.needs_answer],
        **_worth_another_look(opening),
        "changes": changes_of(opening) if opening.awaits_approval else [],
        "close_effects": effects.of_closing(),
        "recipients": effects.recipients(),
    }


def _worth_another_look(opening: Opening) -> dict[str, Any]:
    """Return what is remarked on in the words of an opening that is not over."""
    if opening.is_over:
        return {}
    return {"remarks": remarks_of(opening), "rare": rare_of(opening)}


def _next(opening: Any, told: list[dict[str, Any]]) -> Next | None:
    """Return what comes next for one who may write the opening, or approve it as well."""
    now = timezone.now()
    if opening.may_decide and opening.awaits_approval:
        employer = opening.workplace.employer
        hinders = [str(each) for each in obstacles(employer=employer, on=day_of(now))]
        to_call = to_call_back(employer.memberships.select_related("user"))
        return next_for_approver(opening, obstacles=hinders, to_call=to_call)
    if opening.may_decide and opening.is_listed:
        return None  # a coach goes on to the candidates, further down
    returned = bool(told) and told[0]["action"] == "returned"
    asked_change = str(told[0]["why"]) if returned else ""
    return next_for_writer(opening, closes_at=closes_at(opening, at=now), asked_change=asked_change)


def _for_reading(user: Reader) -> QuerySet[Any]:
    return Opening.objects.visible_to(user, on=timezone.localdate()).with_rights(user).for_page()


def _export_url(request: HttpRequest) -> str:
    """Return where staff get the same list as a file; nobody else does."""
    is_staff = opening_filter_for(request) is StaffOpeningFilter
    return f"{reverse('employers:opening_export')}?{request.GET.urlencode()}" if is_staff else ""


def _waiting_for(user: Reader) -> int:
    """Return how many openings wait for the reader's approval."""
    return Opening.objects.decidable_by(user).waiting_for_approval().count()


def _headings() -> list[str]:
    return [
        _("Title"),
        _("Employer"),
        _("Internship or job"),
        _("State"),
        _("Place"),
        _("From"),
        _("To"),
        _("Places"),
        _("Places left"),
        _("Published"),
        *writing.headings(),
    ]


def _cells(opening: Opening) -> list[Any]:
    return [
        opening.title,
        opening.workplace.employer.name,
        opening.get_kind_display(),
        opening.get_state_display(),
        opening.workplace.locality_name or opening.workplace.place_text,
        opening.starts_on,
        opening.ends_on,
        opening.places,
        opening.places_left,
        opening.published_at,
        *writing.cells_of(opening),
    ]
