from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.ui.forms import posted
from backend.core.ui.http import PAGE_SIZE, ask_form, paginate, status_of
from backend.skills.enums import ConceptKind, LabelKind, Tells
from backend.skills.models import Concept, Relation
from backend.skills.pages.filters import ConceptFilter
from backend.skills.pages.forms import OverrideForm, WithdrawForm
from backend.skills.pages.reading import LONGEST_TEXT, read_aloud
from backend.skills.pages.related import Counted, counted_for
from backend.skills.services import EDITORS, override_relation, withdraw_override
from backend.skills.understanding import index
from backend.skills.understanding.choices import choices_for


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


@login_not_required
@require_GET
def meaning_suggestion_list(request: HttpRequest) -> JsonResponse:
    """Offer skills, occupations, languages and licences for `q`, each with its kind."""
    found = choices_for(request.GET.get("q", "")[:LONGEST_TEXT])
    labels = dict(Tells.choices)
    return JsonResponse(
        {"suggestions": [{"text": each.text, "hint": str(labels[Tells(each.kind)])} for each in found]}
    )


@require_GET
def text_reading(request: HttpRequest, kind: str) -> HttpResponse:
    """Tell, while a row is being written, how the catalogue understands it; tells nothing about anybody."""
    field = next((name for name in request.GET if name.endswith("text")), "")
    reading = read_aloud(request.GET.get(field, ""), ConceptKind(kind))
    return render(
        request, "skills/_reading.html", {"reading": reading, "name": field.removesuffix("text") + "concept"}
    )


@role_required(*Role)
@require_GET
def concept_list(request: HttpRequest) -> HttpResponse:
    """List the skills and occupations of the catalogue."""
    by_hand = Relation.objects.set_by_hand_in(signed_in(request).municipality_ids())
    concepts = Concept.objects.current().annotate(is_changed=Exists(by_hand.filter(target=OuterRef("pk"))))
    found = ConceptFilter(request.GET, queryset=concepts, request=request)
    page = paginate(request, found.qs, filters=found.form.fields)
    return render(request, "skills/concept_list.html", {"page": page, "filter": found})


@role_required(*Role)
@require_GET
def concept_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a concept and what counts for it; `?for=` names the related concept that the form begins with."""
    concept = get_object_or_404(Concept, pk=pk)
    counted = _counted(request, concept)
    form = OverrideForm(target=concept, initial=_begun(counted, request.GET.get("for", "")))
    return _concept_page(request, concept, counted, form)


@role_required(*EDITORS)
@require_http_methods(["GET", "POST"])
def override_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Set what a related concept is worth where this one is asked for; links on a refused form lead back."""
    concept = get_object_or_404(Concept, pk=pk)
    if request.method == "GET":
        return redirect(f"{concept.get_absolute_url()}?{request.GET.urlencode()}")
    form = OverrideForm(request.POST, target=concept)
    if form.is_valid():
        what: dict[str, Any] = {"target": concept, **form.relation, "to": concept}
        said = _("Saved. Matching counts with it from now on.")
        if answer := ask_form(request, form, override_relation, said=said, **what):
            return answer
    return _concept_page(request, concept, _counted(request, concept), form, status=status_of(form))


@role_required(*EDITORS)
@require_http_methods(["GET", "POST"])
def override_withdraw(request: HttpRequest, pk: int, related_pk: int) -> HttpResponse:
    """Let what was computed hold again for a pair."""
    by_hand = Relation.objects.set_by_hand_in(signed_in(request).municipality_ids())
    relation = get_object_or_404(by_hand.select_related("source", "target"), source=related_pk, target=pk)
    form = WithdrawForm(posted(request))
    if form.is_valid():
        what: dict[str, Any] = {"source": relation.source, "target": relation.target, **form.cleaned_data}
        said = _("Taken back. What was computed holds again.")
        if answer := ask_form(request, form, withdraw_override, to=relation.target, said=said, **what):
            return answer
    context = {"relation": relation, "form": form, "cancel_url": relation.target.get_absolute_url()}
    return render(request, "skills/override_withdraw.html", context, status=status_of(form))


def _counted(request: HttpRequest, concept: Concept) -> list[Counted]:
    return counted_for(concept, signed_in(request).municipality_ids())


def _begun(counted: list[Counted], related: str) -> dict[str, Any]:
    """Return what the form holds from the beginning for the related concept with the key `related`."""
    for each in counted:
        if str(each.relation.source_id) == related:
            return {"related": each.relation.source.name, "degree": round(100 * each.relation.degree)}
    return {}


def _concept_page(
    request: HttpRequest, concept: Concept, counted: list[Counted], form: Form, *, status: int = 200
) -> HttpResponse:
    labels = concept.labels.exclude(kind=LabelKind.HIDDEN).order_by("language", "text")
    context = {
        "concept": concept,
        "labels": [each.text for each in labels if each.text not in (concept.name_sv, concept.name_en)],
        "groups": concept.groups.order_by("group"),
        "page": Paginator(counted, PAGE_SIZE).get_page(request.GET.get("page")),
        "form": form,
        "may_edit": signed_in(request).has_role(*EDITORS),
    }
    return render(request, "skills/concept_detail.html", context, status=status)
