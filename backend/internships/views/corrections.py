"""Mending what was written of an internship or a follow-up."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, status_of
from backend.internships import services
from backend.internships.models import FollowUp, Internship
from backend.internships.pages import presenting
from backend.internships.pages.access_log import FOLLOW_UP, INTERNSHIP
from backend.internships.pages.forms import CorrectFollowUpForm
from backend.internships.pages.plan_forms import TermsForm
from backend.internships.safeguards.plans import adaptations_that_may_be
from backend.participants.access_log import shown

RELATED = ("workplace__employer", "proposal__consent", "consent", "opening__workplace")
KEPT = _("Done. What stood before is kept.")


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def internship_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the terms of an internship: a correction, or a new decision."""
    coach = signed_in(request)
    theirs = Internship.objects.decidable_by(coach).select_related("participant", *RELATED)
    internship = get_object_or_404(theirs, pk=pk)
    form = TermsForm(posted(request), instance=internship, arranged=adaptations_that_may_be(internship))
    if request.method == "POST" and form.is_valid():
        change = partial(services.correct_terms, internship_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, change, to=internship, said=KEPT):
            return answer
    shown(request, [internship.participant], page=INTERNSHIP)
    context = {"form": form, "internship": internship, "corrections": presenting.corrections(internship)}
    return render(request, "internships/internship_correct.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def follow_up_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct what was written in a follow-up."""
    coach = signed_in(request)
    theirs = FollowUp.objects.filter(internship__in=Internship.objects.decidable_by(coach))
    related = ("internship__participant", "internship__workplace__employer")
    follow_up = get_object_or_404(theirs.select_related(*related), pk=pk)
    form = CorrectFollowUpForm(posted(request), follow_up=follow_up)
    if request.method == "POST" and form.is_valid():
        change = partial(services.correct_follow_up, follow_up_id=pk, **form.cleaned_data)
        page = reverse("internships:follow_up_answer", args=[pk])
        if answer := ask_form(request, form, change, to=page, said=KEPT):
            return answer
    shown(request, [follow_up.internship.participant], page=FOLLOW_UP)
    context = {"form": form, "follow_up": follow_up, "corrections": presenting.corrections(follow_up)}
    return render(request, "internships/follow_up_correct.html", context, status=status_of(form))
