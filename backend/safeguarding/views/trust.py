"""The trust page of an employer for staff, what is noted there, and how a review begins."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, status_of
from backend.employers.models import Employer
from backend.internships.models import Concern
from backend.internships.services import tell_of_workplace
from backend.safeguarding import services
from backend.safeguarding.pages.forms import EvidenceForm, NoteConcernForm
from backend.safeguarding.pages.trust import known_of

STAFF = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)
ACT = "safeguarding/act.html"


def page_of(employer: Employer | UUID) -> str:
    """Return the trust page of an employer."""
    return reverse("safeguarding:trust_page", args=[getattr(employer, "pk", employer)])


def form_page(request: HttpRequest, form: Any, employer: Employer | None, **more: Any) -> HttpResponse:
    """Return a page whose task is one form about an employer, or about one that is not known yet."""
    back = {"back": page_of(employer)} if employer else {}
    context = {"form": form, "employer": employer} | back | more
    return render(request, ACT, context, status=status_of(form))


@role_required(*STAFF)
@require_GET
def trust_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is known of an employer: measures, reviews, concerns, checks, and what speaks for it."""
    today, reader = timezone.localdate(), signed_in(request)
    employer = get_object_or_404(Employer.objects.decidable_by(reader).for_page(on=today), pk=pk)
    context = known_of(employer, reader, today=today)
    return render(request, "safeguarding/trust_page.html", context)


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def concern_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what staff have been told of an employer, without an internship."""
    employer = get_object_or_404(Employer.objects.decidable_by(signed_in(request)), pk=pk)
    form = NoteConcernForm(posted(request), workplaces=employer.workplaces.order_by("name", "pk"))
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        workplace = facts.pop("workplace")
        facts["workplace_id"] = workplace.pk if workplace else None
        note = partial(tell_of_workplace, employer_id=pk, **facts)
        if answer := ask_form(request, form, note, to=page_of(pk), said=_("Noted.")):
            return answer
    lead = _("Nobody is placed there until it has been handled. The workplace sees neither who nor what.")
    return form_page(request, form, employer, heading=_("Something is wrong"), lead=lead, label=_("Save"))


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
def review_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin to look into an employer."""
    reader = signed_in(request)
    employer = get_object_or_404(Employer.objects.decidable_by(reader), pk=pk)
    form = EvidenceForm(posted(request), concerns=concerns_of(request, employer))
    if request.method == "POST" and form.is_valid():
        begin = partial(services.open_review, employer_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, begin, said=_("The review is open, and the managers are told.")):
            return answer
    lead = _("A manager asks the employer to reply, and decides. The employer never reads this.")
    return form_page(
        request, form, employer, heading=_("Open a review"), lead=lead, label=_("Open the review")
    )


def concerns_of(request: HttpRequest, employer: Employer) -> Any:
    """Return the unhandled concerns about an employer, as far as the reader may know of them."""
    theirs = Concern.objects.visible_to(signed_in(request)).unhandled()
    return theirs.about_employer(employer).distinct().order_by("-raised_at", "pk")
