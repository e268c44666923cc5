"""What both sides say of an internship that is over, and the coach who goes through it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Persona, Role
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.internships import services
from backend.internships.models import Evaluation, Internship
from backend.internships.pages.access_log import EVALUATION
from backend.internships.pages.answering import which_placement
from backend.internships.pages.evaluating import EvaluationForm, LookForm, form_for, heard
from backend.participants.access_log import shown

RELATED = ("internship__participant", "internship__workplace__employer", "internship__opening__workplace")


@require_http_methods(["GET", "POST"])
def evaluation_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a side say how an internship was; the coach of the case writes it down by phone."""
    reader, evaluation = signed_in(request), _get(request, pk)
    is_staff = reader.persona == Persona.STAFF
    may_decide = is_staff and Internship.objects.decidable_by(reader).filter(evaluations=evaluation).exists()
    may_write = evaluation.may_be_changed and (may_decide or not is_staff)
    form = form_for(evaluation, posted(request))
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"evaluation_id": pk, "verdict": form.verdict}
        what |= {"to": request.path, "said": _("Thank you. The answer is saved.")}
        if answer := ask_form(request, form, services.answer_evaluation, **what):
            return answer
    page = _said(evaluation, form, may_write=may_write)
    if not is_staff:
        return render(request, "internships/evaluation_answer.html", page, status=status_of(form))
    page |= {"evaluation": evaluation, "look": _look_form(evaluation) if may_decide else None}
    return render(request, "internships/evaluation_of_side.html", page, status=status_of(form))


def _said(evaluation: Evaluation, form: EvaluationForm, *, may_write: bool) -> dict[str, Any]:
    """Return what the page shows to each side, from which no way leads to the person's file."""
    return {
        "form": form,
        "heard": heard(evaluation) if evaluation.answered_at else None,
        "answered_at": evaluation.answered_at,
        "may_write": may_write,
        "placement_url": evaluation.internship.get_absolute_url(),
        **which_placement(evaluation.internship),
    }


def _look_form(evaluation: Evaluation) -> LookForm | None:
    if evaluation.answered_at is None or evaluation.looked_at is not None:
        return None
    return LookForm(skills=list(evaluation.skills.all()))


@require_POST
@role_required(Role.COACH)
def evaluation_look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the coach has gone through an answer, and write in the file what was seen."""
    evaluation = _get(request, pk)
    form = LookForm(request.POST, skills=list(evaluation.skills.all()))
    page = reverse("internships:evaluation_answer", args=[pk])
    taken = form.cleaned_data.get("taken", []) if form.is_valid() else []
    what: dict[str, Any] = {"evaluation_id": pk, "taken": taken}
    what |= {"to": evaluation.internship, "back": page, "said": _("Gone through.")}
    return ask(request, services.look_at_evaluation, **what)


@require_POST
@role_required(Role.COACH)
def evaluation_leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask one side no more, who could not be reached."""
    said = _("Noted: no answer. It is asked no more.")
    return ask(request, services.leave_evaluation, evaluation_id=pk, to="home:my_home", said=said)


def _get(request: HttpRequest, pk: UUID) -> Evaluation:
    readable = Evaluation.objects.visible_to(signed_in(request)).select_related(*RELATED, "answered_by")
    evaluation = get_object_or_404(readable, pk=pk)
    shown(request, [evaluation.internship.participant_id], page=EVALUATION)
    return evaluation
