from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from backend.skills import index
from backend.skills.enums import ConceptKind

LONGEST_TEXT = 200


def _suggestions(request: HttpRequest, kind: ConceptKind) -> JsonResponse:
    found = index.current().suggest(request.GET.get("q", "")[:LONGEST_TEXT], kind)
    return JsonResponse({"suggestions": [{"text": each.text, "hint": each.hint} for each in found]})


@login_not_required
@require_GET
def skill_suggestion_list(request: HttpRequest) -> JsonResponse:
    """Offer skills for `q`, as `core.widgets.Combobox` reads them.

    Public: the catalogue tells nothing about anybody, and openings are searched without signing in.
    """
    return _suggestions(request, ConceptKind.SKILL)


@login_not_required
@require_GET
def occupation_suggestion_list(request: HttpRequest) -> JsonResponse:
    """Offer occupations for `q`, as `skill_suggestion_list` does skills."""
    return _suggestions(request, ConceptKind.OCCUPATION)
