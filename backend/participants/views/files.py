"""One participant's file: the page, its forms, and who has looked at it."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.access import role_required
from backend.accounts.enums import Role
from backend.core.ui.http import ask_form, paginate
from backend.participants.access_log import glimpses_of, in_words, looks_at, open_case, open_file
from backend.participants.file.enrolment import page_of, page_of_new, unit_for_enrolment, units_for_enrolment
from backend.participants.file.page import context_of
from backend.participants.models import Participant

STAFF = (Role.COACH, Role.MANAGER)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def participant_create(request: HttpRequest) -> HttpResponse:
    """Enrol a participant in one of the reader's units."""
    unit = unit_for_enrolment(request)
    if unit is None:
        raise Http404
    page = page_of_new(request, unit)
    if request.method == "POST" and not page.grow() and not page.read() and page.is_valid():
        answer = ask_form(request, page.form, page.enrol, said=_said_of_new)
        if answer:
            return answer
    other_units = units_for_enrolment(request).exclude(pk=unit.pk)
    context = {"page": page, "form": page.form, "other_units": other_units}
    return render(request, "participants/participant_create.html", context, status=page.status)


def _said_of_new(participant: Participant) -> str:
    return _("%(name)s is enrolled.") % {"name": participant}


@require_GET
@role_required(*STAFF)
def participant_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one participant's file."""
    participant = open_file(request, pk)
    return render(request, "participants/participant_detail.html", context_of(request, participant))


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def participant_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a participant's file."""
    participant = open_case(request, pk)
    name, page, said = str(participant), page_of(request, participant), _said_of_changed(participant)
    if request.method == "POST" and not page.grow() and page.is_valid():
        answer = ask_form(request, page.form, page.update, participant_id=pk, said=said)
        if answer:
            return answer
    context = {"page": page, "form": page.form, "participant": participant, "name": name}
    return render(request, "participants/participant_edit.html", context, status=page.status)


def _said_of_changed(participant: Participant) -> Callable[[Participant], str]:
    """Return what tells, once the file is saved, whether its account was closed with the old address."""
    had_account = participant.user_id is not None

    def said(changed: Participant) -> str:
        cut_off = had_account and changed.user_id is None
        closed = _("Saved. The account at the old address is closed: invite the participant to the new one.")
        return closed if cut_off else _("Saved.")

    return said


@require_GET
@role_required(*STAFF)
def read_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show everybody who has looked at a file."""
    participant = open_file(request, pk)
    page = paginate(request, looks_at(participant))
    seen = {"looks": in_words(page), "glimpses": glimpses_of(participant)}
    context = {"participant": participant, "page": page, **seen}
    return render(request, "participants/read_list.html", context)
