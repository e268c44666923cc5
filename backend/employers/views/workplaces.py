"""Addresses where an employer receives people."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.accounts.access import signed_in
from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.employers import services
from backend.employers.forms.organisation import WorkplaceForm
from backend.employers.models import Employer, Workplace
from backend.employers.views.access import back_to, is_newcomer, uuid_in, writer_required

ANSWERS = {"yes": True, "no": False}


@writer_required
def workplace_create(request: HttpRequest) -> HttpResponse:
    """Add an address to the reader's employer, or to the one that the address names."""
    employer = _employer(request)
    form = WorkplaceForm(posted(request), instance=None, employer=employer)
    if request.method == "POST" and form.is_valid():
        add = partial(_keep, form=form, keep=partial(services.add_workplace, employer=employer))
        to, said = _after_adding(request, employer), _("The workplace is added.")
        if answer := ask_form(request, form, add, to=to, said=said):
            return answer
    return _form(request, form, employer)


@writer_required
def workplace_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change an address."""
    workplaces = Workplace.objects.writable_by(request.user).select_related("employer__municipality")
    workplace = get_object_or_404(workplaces, pk=pk)
    form = WorkplaceForm(posted(request), instance=workplace, employer=workplace.employer)
    if request.method == "POST" and form.is_valid():
        update = partial(_keep, form=form, keep=partial(services.update_workplace, workplace_id=pk))
        to, said = _page_of(request, workplace.employer), _("Saved.")
        if answer := ask_form(request, form, update, to=to, said=said):
            return answer
    return _form(request, form, workplace.employer)


@require_POST
@writer_required
def adaptation_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep one answer about what can be arranged at a workplace, and go on where the reader was."""
    workplace = get_object_or_404(Workplace.objects.writable_by(request.user), pk=pk)
    code, _colon, answer = request.POST.get("answer", "").partition(":")
    answers = {code: ANSWERS.get(answer)}
    back = back_to(request, workplace.employer_id)
    said = _("Kept at the workplace, for everybody who needs it.")
    return ask(request, services.answer_adaptations, workplace_id=pk, answers=answers, to=back, said=said)


@transaction.atomic
def _keep(*, form: WorkplaceForm, keep: Callable[..., Workplace], by: User, at: datetime) -> Workplace:
    workplace = keep(by=by, at=at, **form.details)
    services.answer_facts(workplace_id=workplace.pk, answers=form.facts_told, by=by, at=at)
    return services.answer_adaptations(workplace_id=workplace.pk, answers=form.answers, by=by, at=at)


def _form(request: HttpRequest, form: WorkplaceForm, employer: Employer) -> HttpResponse:
    context = {
        "form": form,
        "employer": employer,
        "page_of_employer": _page_of(request, employer),
        "is_second_step": is_newcomer(request, employer) and not employer.workplaces.exists(),
    }
    return render(request, "employers/workplace_form.html", context, status=status_of(form))


def _employer(request: HttpRequest) -> Employer:
    """Return the employer that the address names, else the reader's own when there is but one."""
    employers = Employer.objects.writable_by(request.user).select_related("municipality")
    if "employer" in request.GET:
        return get_object_or_404(employers, pk=uuid_in(request.GET["employer"]))
    own = list(employers[:2])
    if len(own) != 1:
        raise Http404
    return own[0]


def _after_adding(request: HttpRequest, employer: Employer) -> str:
    """Return where to go on: a newcomer to the first opening, others to the employer's page."""
    if is_newcomer(request, employer):
        return f"{reverse('employers:opening_create')}?{urlencode({'employer': employer.pk})}"
    return _page_of(request, employer)


def _page_of(request: HttpRequest, employer: Employer) -> str:
    if signed_in(request).persona == Persona.STAFF:
        return reverse("employers:employer_detail", args=[employer.pk])
    return reverse("employers:my_organisation")
