"""Reviews of employers, for staff: the list, one review, and what managers do about it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.core import rules as dated
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, paginate
from backend.internships.models import Concern
from backend.safeguarding import rules, services
from backend.safeguarding.models import Review
from backend.safeguarding.pages.forms import (
    AppealDecisionForm,
    AskForm,
    DecideForm,
    EvidenceForm,
    ReasonForm,
    first_reply_day,
)
from backend.safeguarding.pages.pending import pending_at
from backend.safeguarding.pages.reviews import known_of
from backend.safeguarding.views.measures import DECIDING
from backend.safeguarding.views.trust import STAFF, concerns_of, form_page


@role_required(*STAFF)
@require_GET
def review_list(request: HttpRequest) -> HttpResponse:
    """List the reviews of the municipality's employers, those that wait for a manager first."""
    theirs = Review.objects.visible_to(signed_in(request)).for_lists()
    waiting = theirs.awaiting_manager().order_by("state_changed_at", "pk")
    page = paginate(request, theirs.with_others().order_by("-state_changed_at", "pk"))
    elsewhere = Concern.objects.visible_to(signed_in(request)).unhandled().elsewhere()
    context = {"waiting": waiting, "page": page, "elsewhere": elsewhere.order_by("raised_at", "pk")[:50]}
    return render(request, "safeguarding/review_list.html", context)


@role_required(*STAFF)
@require_GET
def review_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one review: what it rests on, what the employer says, what is decided."""
    reader = signed_in(request)
    people = ("employer", "measure", "replied_by", "decided_by")
    review = get_object_or_404(Review.objects.visible_to(reader).select_related(*people), pk=pk)
    return render(request, "safeguarding/review_detail.html", known_of(review, reader))


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def evidence_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add to what a review rests on."""
    theirs = Review.objects.visible_to(signed_in(request)).undecided().select_related("employer")
    review = get_object_or_404(theirs, pk=pk)
    form = EvidenceForm(posted(request), concerns=concerns_of(request, review.employer))
    lead = _("A manager asks the employer to reply, and decides. The employer never reads this.")
    more = {"heading": _("Add what it rests on"), "label": _("Add"), "lead": lead}
    return _act(request, form, review, services.add_evidence, **more)


@role_required(*DECIDING)
@require_http_methods(["GET", "POST"])
def reply_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the employer to reply."""
    review, today = _managed(request, pk), timezone.localdate()
    days = dated.value_on(rules.REPLY_DAYS, today)
    form = AskForm(posted(request), first=first_reply_day(today, days))
    lead = _(
        "The employer reads these words and nothing else of the review. They never say who has told you."
    )
    more = {"heading": _("Ask for the employer's reply"), "label": _("Ask for a reply"), "lead": lead}
    return _act(request, form, review, services.ask_reply, **more)


@role_required(*DECIDING)
@require_http_methods(["GET", "POST"])
def review_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide on a measure or none."""
    review, today = _managed(request, pk), timezone.localdate()
    form = DecideForm(posted(request), today=today)
    points = pending_at(review.employer, today=today)
    lead = _("Advice changes nothing of this. A pause or a stop does, from its first day to its last:")
    more = {"heading": _("Decide"), "label": _("Record the decision"), "lead": lead, "points": points}
    return _act(request, form, review, services.decide_review, quote=review.reply, **more)


@role_required(*DECIDING)
@require_http_methods(["GET", "POST"])
def review_dismiss(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lay a review aside."""
    review, form = _managed(request, pk), ReasonForm(posted(request))
    lead = _("There was nothing in it. An employer that was asked is told, and reads your reasons.")
    more = {"heading": _("Dismiss the review"), "label": _("Dismiss the review"), "lead": lead}
    return _act(request, form, review, services.dismiss_review, **more)


@role_required(*DECIDING)
@require_http_methods(["GET", "POST"])
def appeal_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the decision stand, or give the employer right."""
    review, form = _managed(request, pk), AppealDecisionForm(posted(request))
    more = {"heading": _("Another decision?"), "label": _("Record the decision"), "quote": review.appeal}
    return _act(request, form, review, services.decide_appeal, **more)


def _managed(request: HttpRequest, pk: UUID) -> Review:
    theirs = Review.objects.managed_by(signed_in(request)).select_related("employer")
    return get_object_or_404(theirs, pk=pk)


def _act(request: HttpRequest, form: Any, review: Review, service: Any, **more: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        said = form.decision() if isinstance(form, DecideForm) else form.cleaned_data
        do = partial(service, review_id=review.pk, **said)
        if answer := ask_form(request, form, do, to=review, back=review, said=_("Recorded.")):
            return answer
    return form_page(request, form, review.employer, **{**more, "back": review.get_absolute_url()})
