"""Who of those who wait gets chances, and who never: for the team, about nobody's work."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.matching.access_log import IN_EXPOSURE
from backend.matching.bridge.keys import rows_of
from backend.matching.pages.forms import PeriodForm
from backend.matching.rankings.exposure import PERIODS, exposure_for, waiting_for
from backend.participants.access_log import shown

PAGE_SIZE = 20


@role_required(Role.COACH, Role.MANAGER)
@require_GET
def exposure(request: HttpRequest) -> HttpResponse:
    """Show how suggestions and proposals fall on those who wait in the reader's units."""
    user, at = signed_in(request), timezone.now()
    form = PeriodForm(request.GET, periods=PERIODS)
    found = exposure_for(user, at=at, days=form.chosen)
    page = Paginator(found.neither, PAGE_SIZE).get_page(request.GET.get("page"))
    people = rows_of(waiting_for(user).select_related("unit"), found.keys_on(page))
    shown(request, people.values(), page=IN_EXPOSURE)
    rows = {"longest": found.longest(people), "neither": [people[key] for key in page if key in people]}
    context = {"exposure": found, "form": form, "page": page, "is_coach": user.has_role(Role.COACH)}
    return render(request, "matching/exposure.html", context | rows)
