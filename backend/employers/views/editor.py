"""Writing an opening, or lasting places."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from backend.accounts.access import signed_in
from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.ui.forms import asks_for_rows
from backend.core.ui.http import ask_form
from backend.employers.forms.editor import Editor, offered_for, written_in
from backend.employers.forms.opening import CapacityForm, OpeningForm
from backend.employers.models import Opening, Workplace
from backend.employers.pages import presenting
from backend.employers.pages.next import words_for_publishing
from backend.employers.refusals import OpeningRefusal
from backend.employers.services import (
    answer_adaptations,
    publish_opening,
    reads_changes,
    register_capacity,
    save_opening,
)
from backend.employers.views.access import is_newcomer, list_of_openings, uuid_in, writer_required
from backend.employers.views.verbs import said_of_published, said_of_saved
from backend.skills.pages.reading import LONGEST_TEXT

EARLIER = 5


@writer_required
def opening_create(request: HttpRequest) -> HttpResponse:
    """Write a new opening."""
    return _edit(request, OpeningForm, _begun(request))


@writer_required
def opening_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change an opening, or the capacity that it stands for; htmx is told what of it is saved."""
    opening = get_object_or_404(_editable(request), pk=pk)
    return _edit(request, CapacityForm if opening.capacity else OpeningForm, opening)


@writer_required
@require_GET
def usual_skills(request: HttpRequest) -> HttpResponse:
    """Offer the skills that are part of the occupation that is being written; tells nothing about anybody."""
    offered = offered_for(request.GET.get("occupation", "")[:LONGEST_TEXT], written_in(request.GET))
    return render(request, "employers/_usual_skills.html", {"offered": offered})


def _edit(request: HttpRequest, form_class: type[OpeningForm], opening: Opening | None) -> HttpResponse:
    workplaces = _workplaces(request, opening)
    if not workplaces.exists():
        messages.info(request, _("First say where it is: add a workplace."))
        return redirect(f"{reverse('employers:workplace_create')}?{request.GET.urlencode()}".rstrip("?"))
    is_meanwhile = bool(request.headers.get("HX-Request"))
    if request.method != "POST":
        editor = Editor.open(form_class, workplaces, opening)
        if is_meanwhile and opening:
            return _saved(request, editor, opening)
        return _page(request, editor, opening)
    editor = Editor.read(form_class, workplaces, opening, request.POST)
    if is_meanwhile:
        return _keep_meanwhile(request, editor, opening)
    if asks_for_rows(request.POST):
        return _page(request, editor.with_rows_as_asked(request.POST), opening)
    if not editor.is_valid():
        return _page(request, editor, opening, status=422)
    if "preview" in request.POST:
        return _previewed(request, editor, opening)
    return _keep(request, editor, opening)


def _editable(request: HttpRequest) -> QuerySet[Opening]:
    return Opening.objects.editable_by(request.user).select_related("workplace__employer", "capacity")


def _begun(request: HttpRequest) -> Opening | None:
    """Return the draft that this page of a new opening has saved meanwhile; None before that."""
    key = _key_of_draft(request)
    return _editable(request).filter(pk=key).first() if key else None


def _key_of_draft(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST["draft"])
    except (KeyError, ValueError):
        return None


def _keep_meanwhile(request: HttpRequest, editor: Editor, opening: Opening | None) -> HttpResponse:
    """Save a draft while it is being written, once it has a title; what others read waits for the button."""
    is_draft = opening is None or opening.is_draft
    if not is_draft or not request.POST.get("title", "").strip():
        return HttpResponse(status=204)
    answer = None
    if editor.is_valid():
        what: dict[str, Any] = {"editor": editor, "opening": opening, "publish": False}
        answer = ask_form(request, editor.form, _save, to=_page_of, key=_key_of_draft(request), **what)
    return answer or render(request, "employers/_saved.html", {"lacking": _first_error(editor)}, status=422)


def _page_of(opening: Opening) -> str:
    return reverse("employers:opening_edit", args=[opening.pk])


def _saved(request: HttpRequest, editor: Editor, opening: Opening) -> HttpResponse:
    """Tell when the draft was saved and what its groups hold; from now on the page is that of the draft."""
    at = timezone.now()
    context = {"at": timezone.localtime(at), "stamp": at.isoformat(), "groups": editor.groups.values()}
    context["remarks"] = editor.remarks.items()
    answer = render(request, "employers/_saved.html", context)
    answer["HX-Replace-Url"] = _page_of(opening)
    return answer


def _first_error(editor: Editor) -> str:
    """Return what is to be mended first, by the name of its field."""
    for form in (editor.form, *editor.skills.forms, *editor.languages.forms):
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            return ": ".join(str(each) for each in (label, errors[0]) if each)
    return ""


def _previewed(request: HttpRequest, editor: Editor, opening: Opening | None) -> HttpResponse:
    """Show how it looks; a period that is over is not shown as if it could be published."""
    ends_on = editor.fields["ends_on"]
    if ends_on and ends_on < timezone.localdate():
        editor.form.add_error("ends_on", OpeningRefusal.LAST_DAY_PASSED.label)
        return _page(request, editor, opening, status=422)
    return _page(request, editor, opening, description=_as_typed(editor))


def _keep(request: HttpRequest, editor: Editor, opening: Opening | None) -> HttpResponse:
    """Save, and publish if that was asked for; a refusal shows the page again with everything typed."""
    publish = "publish" in request.POST
    said = said_of_published if publish else said_of_saved
    what: dict[str, Any] = {"editor": editor, "opening": opening, "publish": publish}
    answer = ask_form(request, editor.form, _save, said=said, key=_key_of_draft(request), **what)
    return _page(request, editor, opening, status=422) if answer is None else answer


@transaction.atomic
def _save(
    *, editor: Editor, opening: Opening | None, key: UUID | None, by: User, at: datetime, publish: bool
) -> Opening:
    words: dict[str, Any] = {"occupation": editor.occupation, "requirements": editor.requirements}
    if opening is None:
        words["key"] = key
    if isinstance(editor.form, CapacityForm):
        capacity = opening.capacity if opening else None
        kept = register_capacity(fields=editor.fields, by=by, at=at, capacity=capacity, **words).opening
    else:
        kept = save_opening(fields=editor.fields, by=by, at=at, opening=opening, **words)
    answers = editor.form.answers_of_workplace(kept.workplace)
    answer_adaptations(workplace_id=kept.workplace_id, answers=answers, by=by, at=at)
    return publish_opening(opening_id=kept.pk, by=by, at=at) if publish else kept


def _page(
    request: HttpRequest,
    editor: Editor,
    opening: Opening | None,
    *,
    description: presenting.Description | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "opening": opening,
        "back": list_of_openings(request, opening, is_own=signed_in(request).persona == Persona.EMPLOYER),
        "editor": editor,
        "form": editor.form,
        "groups": editor.groups,
        "earlier": _earlier(editor, opening, request),
        "reads_again": _is_read_again(request, opening),
        "remarks": editor.remarks,
        "offered": editor.offered,
        "draft": request.POST.get("draft") or uuid4(),
        "is_draft": opening is None or opening.is_draft,
        "is_capacity": isinstance(editor.form, CapacityForm),
        "is_first": opening is None and _is_first(request, editor),
        "is_public": opening is not None and opening.is_offered,
        "may_publish": opening is None or opening.is_startable,
        "publish_label": words_for_publishing(is_reviewed=_is_reviewed(editor, opening)),
        "description": description,
        "adds_row": asks_for_rows(request.POST),
    }
    return render(request, "employers/opening_form.html", context, status=status)


def _earlier(editor: Editor, opening: Opening | None, request: HttpRequest) -> list[Opening]:
    """Return what a new opening can begin with, the newest first."""
    if opening or request.method == "POST":
        return []
    there = editor.form.fields["workplace"].queryset  # type: ignore[attr-defined]
    own = Opening.objects.editable_by(request.user).filter(workplace__in=there)
    is_capacity = isinstance(editor.form, CapacityForm)
    return list(own.filter(capacity__isnull=not is_capacity).order_by("-created_at", "pk")[:EARLIER])


def _is_read_again(request: HttpRequest, opening: Opening | None) -> bool:
    """Tell whether a coach reads what the reader changes here before others do."""
    if opening is None or not opening.is_public:
        return False
    return reads_changes(opening=opening, by=signed_in(request), at=timezone.now())


def _is_first(request: HttpRequest, editor: Editor) -> bool:
    """Tell whether the reader is new here, and this the last step on the way in."""
    workplaces = editor.form.fields["workplace"].queryset  # type: ignore[attr-defined]
    return all(is_newcomer(request, workplace.employer) for workplace in workplaces)


def _is_reviewed(editor: Editor, opening: Opening | None) -> bool:
    """Tell whether a coach reads the opening first, wherever of the choices it will be."""
    places = [opening.workplace] if opening else editor.form.fields["workplace"].queryset  # type: ignore[attr-defined]
    return all(workplace.employer.is_new for workplace in places)


def _as_typed(editor: Editor) -> presenting.Description:
    opening: Opening = editor.form.instance
    opening.languages = editor.fields["languages"]
    return presenting.describe_typed(opening, occupation=editor.occupation, requirements=editor.requirements)


def _workplaces(request: HttpRequest, opening: Opening | None) -> QuerySet[Workplace]:
    """Return where the opening may be: at its own employer, or at the one that the address names."""
    workplaces = Workplace.objects.writable_by(request.user)
    if opening:
        return workplaces.filter(employer=opening.workplace.employer_id)
    if "employer" in request.GET:
        return workplaces.filter(employer=uuid_in(request.GET["employer"]))
    return workplaces
