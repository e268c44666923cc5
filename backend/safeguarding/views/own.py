"""The employer's side of a review: read what is asked, reply, ask for another decision."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.access import persona_required, signed_in
from backend.accounts.enums import Persona
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, status_of
from backend.safeguarding import services
from backend.safeguarding.models import Review
from backend.safeguarding.pages.for_employers import OwnReview, own_view
from backend.safeguarding.pages.forms import AppealForm, ReplyForm
from backend.safeguarding.pages.next import next_for_employer


@persona_required(Persona.EMPLOYER)
@require_GET
def own_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an employer what it is asked, what it has replied and what was decided; nothing else."""
    review = _own(request, pk)
    context = {"review": own_view(review), "next": next_for_employer(review)}
    return render(request, "safeguarding/own_review.html", context)


@persona_required(Persona.EMPLOYER)
@require_http_methods(["GET", "POST"])
def review_reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Reply."""
    more = {"heading": _("Your reply"), "label": _("Send the reply")}
    return _say(request, _own(request, pk), ReplyForm(posted(request)), services.reply_to_review, **more)


@persona_required(Persona.EMPLOYER)
@require_http_methods(["GET", "POST"])
def review_appeal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for another decision."""
    more = {"heading": _("Ask for another decision"), "label": _("Send")}
    return _say(request, _own(request, pk), AppealForm(posted(request)), services.appeal, **more)


def _say(request: HttpRequest, review: Review, form: Any, service: Any, **more: Any) -> HttpResponse:
    page = reverse("safeguarding:own_review", args=[review.pk])
    if request.method == "POST" and form.is_valid():
        say = partial(service, review_id=review.pk, **form.cleaned_data)
        if answer := ask_form(
            request, form, say, to=page, back=page, said=_("Sent. The municipality reads it.")
        ):
            return answer
    shown: OwnReview = own_view(review)
    context = {"form": form, "review": shown, "back": page, **more}
    return render(request, "safeguarding/own_say.html", context, status=status_of(form))


def _own(request: HttpRequest, pk: UUID) -> Review:
    theirs = Review.objects.visible_to(signed_in(request)).select_related("employer", "measure")
    return get_object_or_404(theirs, pk=pk)
