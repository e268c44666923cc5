"""Answering and closing follow-ups."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Persona, Role
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.internships import services
from backend.internships.models import FollowUp, Internship
from backend.internships.pages.access_log import FOLLOW_UP
from backend.internships.pages.for_employers import RELATED, about_check_in
from backend.internships.pages.forms import AnswerForm, CloseForm, OnBehalfForm
from backend.internships.pages.next import said_by
from backend.participants.access_log import shown


@require_http_methods(["GET", "POST"])
def follow_up_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let each side say how it goes; the coach sees both answers and may fill in what was said by phone."""
    reader = signed_in(request)
    follow_up, is_staff = _get(request, pk), reader.persona == Persona.STAFF
    earlier = said_by(follow_up, reader.persona)
    initial = earlier.as_initial if earlier else None
    form = (OnBehalfForm if is_staff else AnswerForm)(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"follow_up_id": pk, "side": reader.persona, **form.cleaned_data}
        to, said = request.path if is_staff else follow_up.internship, _("Thank you. The answer is saved.")
        if answer := ask_form(request, form, services.answer_follow_up, to=to, said=said, **what):
            return answer
    if is_staff:
        return _for_staff(request, follow_up, form=form, close_form=CloseForm())
    context = {"form": form, "said": earlier, **about_check_in(follow_up, reader, on=timezone.localdate())}
    return render(request, "internships/follow_up_answer.html", context, status=status_of(form))


def _for_staff(
    request: HttpRequest, follow_up: FollowUp, *, form: AnswerForm, close_form: CloseForm
) -> HttpResponse:
    """Show both sides' answers, and to the coach how to close."""
    decidable = Internship.objects.decidable_by(signed_in(request))
    context = {
        "form": form,
        "close_form": close_form,
        "follow_up": follow_up,
        "internship": follow_up.internship,
        "may_close": decidable.filter(pk=follow_up.internship_id).exists(),
    }
    return render(request, "internships/follow_up_close.html", context, status=status_of(form, close_form))


def _get(request: HttpRequest, pk: UUID) -> FollowUp:
    related = ("internship__participant", *(f"internship__{path}" for path in RELATED))
    people = ("employer_answered_by", "participant_answered_by", "closed_by")
    readable = FollowUp.objects.read_by(signed_in(request), on=timezone.localdate())
    follow_up = get_object_or_404(readable.select_related(*related, *people), pk=pk)
    shown(request, [follow_up.internship.participant_id], page=FOLLOW_UP)
    return follow_up


@require_POST
@role_required(Role.COACH)
def follow_up_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a follow-up with the coach's summary."""
    coach = signed_in(request)
    theirs = Internship.objects.decidable_by(coach)
    follow_up = get_object_or_404(FollowUp.objects.visible_to(coach).filter(internship__in=theirs), pk=pk)
    form = CloseForm(request.POST)
    if form.is_valid():
        way: dict[str, Any] = {"to": follow_up.internship, "said": _("The follow-up is closed.")}
        return ask(request, services.close_follow_up, follow_up_id=pk, **way, **form.cleaned_data)
    return _for_staff(request, _get(request, pk), form=OnBehalfForm(), close_form=form)
