"""The caseload: as a page, as an Excel file, and those whose identity is protected apart from all others."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.accounts.signing_in.second_factor import fresh_second_factor
from backend.core.ui.excel import excel_response
from backend.core.ui.http import paginate
from backend.participants.access_log import EXPORT, LISTED, PROTECTED, shown
from backend.participants.listing.columns import headings, with_columns
from backend.participants.listing.excel import EXPORTED, exported
from backend.participants.listing.filters import LONGEST_FIRST, ParticipantFilter, in_order
from backend.participants.models import Participant

MOST_EXPORTED = 5000


@require_GET
@role_required(Role.COACH, Role.MANAGER)
def participant_list(request: HttpRequest) -> HttpResponse:
    """Show the reader's people, the longest waiting first."""
    user, sort = signed_in(request), request.GET.get("sort") or LONGEST_FIRST
    listed = Participant.objects.listed_for(user).select_related("coach", "unit")
    found = ParticipantFilter(request.GET, listed, request=request)
    page = paginate(request, in_order(found.qs, sort), filters=found.form.fields)
    context = {
        "sort": sort,
        "rows": _rows(request, list(page)),
        "added_headings": headings(),
        "excel_url": f"{reverse('participants:participant_export')}?{request.GET.urlencode()}",
        "with_colleagues": found.with_colleagues(),
        "elsewhere": found.elsewhere(),
        "handles_protected": Participant.objects.protected_with(user).exists(),
        **_as_coach(user, found),
    }
    return render(request, "participants/participant_list.html", {"filter": found, "page": page, **context})


def _rows(request: HttpRequest, people: list[Participant]) -> Any:
    shown(request, people, page=LISTED)
    return with_columns(people)


def _as_coach(user: User, found: ParticipantFilter) -> dict[str, Any]:
    """Return what differs for a coach, whose list is their own people unless they choose otherwise."""
    is_coach = user.has_role(Role.COACH)
    return {"can_enrol": is_coach, "shows_coach": found.form["coach"].value() or not is_coach}


@require_GET
@role_required(Role.COACH, Role.MANAGER)
@fresh_second_factor
def participant_export(request: HttpRequest) -> HttpResponse:
    """Give the list, as it is filtered and sorted, as an Excel file; each person's row counts as a look."""
    listed = Participant.objects.listed_for(signed_in(request)).select_related("coach", "unit")
    found = ParticipantFilter(request.GET, listed, request=request)
    people = list(in_order(found.qs, request.GET.get("sort"))[:MOST_EXPORTED])
    shown(request, people, page=EXPORT)
    today = timezone.localdate()
    rows = [
        [*exported(each, today=today), *(value for _heading, value in added)]
        for each, added in with_columns(people)
    ]
    return excel_response(_("participants"), [str(each) for each in [*EXPORTED, *headings()]], rows)


@require_GET
@role_required(Role.COACH, Role.MANAGER)
@fresh_second_factor
def protected_list(request: HttpRequest) -> HttpResponse:
    """Show a named handler the people whose identity is protected; for all others it is empty."""
    people = Participant.objects.protected_with(signed_in(request)).select_related("coach", "unit")
    shown(request, people, page=PROTECTED)
    return render(request, "participants/protected_list.html", {"people": people})
