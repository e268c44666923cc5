from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from backend.places.lookup import LONGEST_TEXT
from backend.places.suggest import suggest_places


@login_not_required
@require_GET
def suggestion_list(request: HttpRequest) -> JsonResponse:
    """Offer places for `q`, those in the municipality `near` first, as `core.widgets.Combobox` reads them.

    Public: the gazetteer tells nothing about anybody, and an employer needs it before signing in.
    """
    typed, near = request.GET.get("q", "")[:LONGEST_TEXT], request.GET.get("near", "")[:4]
    places = suggest_places(typed, near_municipality=near)
    return JsonResponse(
        {"suggestions": [{"text": place.written_out, "hint": place.county_name} for place in places]}
    )
