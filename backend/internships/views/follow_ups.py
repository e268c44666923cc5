"""Answering and closing follow-ups."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import persona_required, role_required, signed_in
from backend.accounts.enums import Persona, Role
from backend.accounts.models import User
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.internships import services
from backend.internships.enums import Mood
from backend.internships.models import Answer, FollowUp, Internship
from backend.internships.pages.access_log import FOLLOW_UP
from backend.internships.pages.by_phone import sides, way_back
from backend.internships.pages.for_employers import RELATED, about_check_in
from backend.internships.pages.forms import AnswerForm, ByPhoneForm, EmployerAnswerForm, ExtraForm
from backend.internships.pages.next import said_by
from backend.participants.access_log import shown

WRITTEN = [
    *(
        f"{side}_{part}"
        for side in services.SIDES
        for part in (*Answer._fields, "answered_at", "answered_by")
    ),
    "coach_note",
    "closed_at",
]
"""What another may have written while a form was filled in."""


@require_http_methods(["GET", "POST"])
def follow_up_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let each side say how it goes; the coach sees both and writes down what both said by phone."""
    reader, follow_up = signed_in(request), _get(request, pk)
    if reader.persona == Persona.STAFF:
        return _by_phone(request, follow_up)
    earlier = said_by(follow_up, reader.persona)
    make = EmployerAnswerForm if reader.persona == Persona.EMPLOYER else AnswerForm
    form = make(posted(request), initial=earlier.as_initial if earlier else None)
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"follow_up_id": pk, "side": reader.persona, **form.cleaned_data}
        what |= {"to": _after(follow_up, reader, what["mood"]), "said": _("Thank you. The answer is saved.")}
        if answer := ask_form(request, form, services.answer_follow_up, **what):
            return answer
    context = {"form": form, "said": earlier, **about_check_in(follow_up, reader, on=timezone.localdate())}
    return render(request, "internships/follow_up_answer.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def follow_up_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan an extra follow-up of an internship that goes on."""
    theirs = Internship.objects.decidable_by(signed_in(request)).select_related("participant", "workplace")
    internship = get_object_or_404(theirs, pk=pk)
    shown(request, [internship.participant_id], page=FOLLOW_UP)
    form = ExtraForm(posted(request), initial={"due_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"internship_id": pk, "to": internship, **form.cleaned_data}
        if answer := ask_form(request, form, services.add_follow_up, said=_("It is planned."), **what):
            return answer
    context = {"form": form, "internship": internship}
    return render(request, "internships/follow_up_add.html", context, status=status_of(form))


def _after(follow_up: FollowUp, reader: User, mood: str) -> Any:
    """Return where an answer leads: on to the internship, but first to whether the coach should call."""
    asks_more = mood == Mood.BAD and reader.persona == Persona.PARTICIPANT
    return _page(follow_up.pk) if asks_more else follow_up.internship


def _by_phone(request: HttpRequest, follow_up: FollowUp) -> HttpResponse:
    """Show both sides to staff, and let the coach of the case write and close in one form."""
    decidable = Internship.objects.decidable_by(signed_in(request))
    may_write = decidable.filter(pk=follow_up.internship_id).exists()
    form, back = ByPhoneForm(posted(request), follow_up=follow_up), way_back(request, follow_up)
    if request.method == "POST":
        if not may_write:
            raise Http404
        if form.is_valid():
            what: dict[str, Any] = {"follow_up_id": follow_up.pk, **form.heard}
            if answer := ask_form(request, form, services.write_follow_up, to=back, said=_said, **what):
                return answer
            follow_up.refresh_from_db(fields=WRITTEN)
    context = {
        "form": form,
        "sides": sides(follow_up, form),
        "seen_summary": services.stamps_of(follow_up)["coach"],
        "follow_up": follow_up,
        "internship": follow_up.internship,
        "may_write": may_write,
        "back": back,
    }
    return render(request, "internships/follow_up_by_phone.html", context, status=status_of(form))


def _said(follow_up: FollowUp) -> str:
    return _("Saved.") if follow_up.is_open else _("Saved. The follow-up is closed.")


@require_POST
@persona_required(Persona.PARTICIPANT)
def call_want(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the job coach to call, as a participant for whom it goes badly."""
    said = _("Your job coach calls you.")
    return ask(request, services.want_call, follow_up_id=pk, to=_page(pk), said=said)


def _page(pk: UUID) -> str:
    return reverse("internships:follow_up_answer", args=[pk])


def _get(request: HttpRequest, pk: UUID) -> FollowUp:
    related = ("internship__participant", *(f"internship__{path}" for path in RELATED))
    people = ("employer_answered_by", "participant_answered_by", "closed_by")
    readable = FollowUp.objects.read_by(signed_in(request), on=timezone.localdate())
    follow_up = get_object_or_404(readable.select_related(*related, *people), pk=pk)
    shown(request, [follow_up.internship.participant_id], page=FOLLOW_UP)
    return follow_up
