"""The staff's pages on employers that are registered twice."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import role_required
from backend.core.text.searching import search
from backend.core.ui.http import ask, paginate
from backend.employers import services
from backend.employers.merging import preview
from backend.employers.merging.likely import doubles_of, likely_doubles
from backend.employers.models import Employer
from backend.employers.pages import effects
from backend.employers.services.merging import Plan, plan_merger
from backend.employers.views.access import STAFF

MOST_FOUND = 20


@role_required(*STAFF)
@require_GET
def likely_list(request: HttpRequest) -> HttpResponse:
    """List the employers of the reader's municipality that may be registered twice."""
    pairs = likely_doubles(Employer.objects.decidable_by(request.user))
    return render(request, "employers/likely_doubles.html", {"page": paginate(request, pairs)})


@role_required(*STAFF)
@require_GET
def other_choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose which employer is the same: one that looks alike, or one that is looked for by name."""
    theirs = Employer.objects.decidable_by(request.user)
    employer = get_object_or_404(theirs.for_page(on=timezone.localdate()), pk=pk)
    text = request.GET.get("q", "").strip()
    found = search(theirs.exclude(pk=pk), text, "")[:MOST_FOUND] if text else []
    context = {"employer": employer, "doubles": doubles_of(employer, theirs), "found": found, "text": text}
    return render(request, "employers/merge_with.html", context)


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def employer_merge(request: HttpRequest, pk: UUID, other_pk: UUID) -> HttpResponse:
    """Show what follows when another employer is merged into this one, and do so when asked to."""
    if request.method == "POST":
        way: dict[str, Any] = {"to": reverse("employers:employer_detail", args=[pk])}
        said = _("The two are one employer now. Everything has followed.")
        return ask(request, services.merge_employers, into_id=pk, gone_id=other_pk, said=said, **way)
    today = timezone.localdate()
    theirs = Employer.objects.decidable_by(request.user).with_standing(today)
    pair = theirs.prefetch_related("checks", "measures").in_bulk([pk, other_pk])
    if not {pk, other_pk} <= pair.keys():
        raise Http404
    plan = plan_merger(into=pair[pk], gone=pair[other_pk], on=today)
    return render(request, "employers/merge.html", _asked(plan))


def _asked(plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan,
        "sides": [(plan.into, _("Stays")), (plan.gone, _("Is closed"))],
        "reasons": [message for each in plan.reasons for message in each.as_error().messages],
        "follows": preview.follows(plan.gone),
        "effects": preview.effects(plan),
        "recipients": effects.recipients() if plan.twins else [],
        "back": reverse("employers:employer_detail", args=[plan.into.pk]),
    }


@role_required(*STAFF)
@require_POST
def employers_keep_apart(request: HttpRequest, pk: UUID, other_pk: UUID) -> HttpResponse:
    """Note that two employers that look alike are two."""
    way: dict[str, Any] = {
        "to": reverse("employers:likely_doubles"),
        "said": _("Noted. They are not shown as one any more."),
    }
    return ask(request, services.keep_apart, employer_id=pk, other_id=other_pk, **way)
