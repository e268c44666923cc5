"""What a participant can do and has worked as: adding, settling what was meant, removing."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import role_required
from backend.accounts.enums import Role
from backend.core.ui.forms import asks_for_rows, posted, rows_as_asked
from backend.core.ui.http import ask, ask_form, status_of
from backend.participants import services
from backend.participants.access_log import open_case
from backend.participants.file.enrolment import AllRows, drafts, rows_to_add
from backend.participants.file.meaning import MeaningForm
from backend.participants.file.page import unsettled
from backend.participants.forms import SkillLevelForm, WhereWorked, WhyWished
from backend.participants.views.actions import page_of


class _About(NamedTuple):
    """What is said about the rows of one list: the question, the form, the service and its name for a row."""

    question: Promise
    form: type[Form]
    write: Callable[..., Any]
    key: str


_ABOUT = {
    "skill": _About(
        gettext_lazy("How well can %(name)s do it, and who says so?"),
        SkillLevelForm,
        services.set_skill_level,
        "skill_id",
    ),
    "experience": _About(
        gettext_lazy("Where has %(name)s worked as this, and for how long?"),
        WhereWorked,
        services.describe_experience,
        "experience_id",
    ),
    "wish": _About(
        gettext_lazy("Why does %(name)s want this?"), WhyWished, services.describe_wish, "wish_id"
    ),
}
# No key in the database has more digits; a longer number would not fit into the query.
LONGEST_KEY = 18


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def skill_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add skills and occupations, several at once."""
    participant = open_case(request, pk)
    rows = rows_to_add(posted(request))
    all_rows = AllRows(rows.values())
    if asks_for_rows(request.POST):
        rows = {name: rows_as_asked(each, request.POST) for name, each in rows.items()}
    elif request.method == "POST" and all_rows.is_valid():
        way: dict[str, Any] = {"participant_id": pk, "to": _skills_of(pk), **drafts(rows)}
        if answer := ask_form(request, rows["skills"], services.add_written, **way):
            return answer
    context = {"participant": participant, **rows, "all_rows": all_rows}
    return render(request, "participants/skill_add.html", context, status=status_of(*rows.values()))


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def text_edit(request: HttpRequest, pk: UUID, kind: str, text_id: UUID) -> HttpResponse:
    """Say anew what is told about a row: how well, where and how long, or why."""
    participant = open_case(request, pk)
    rows: Any = services.ROWS[kind]._default_manager.select_related("concept")
    text = get_object_or_404(rows, pk=text_id, participant=participant)
    about: Any = _ABOUT[kind]
    form = about.form(posted(request), initial=about.form.said_of(text))
    if request.method == "POST" and form.is_valid():
        what = {about.key: text_id, **form.cleaned_data}
        if answer := ask_form(request, form, about.write, to=_skills_of(pk), **what):
            return answer
    question = about.question % {"name": participant.first_name}
    context = {"participant": participant, "text": text, "question": question, "form": form}
    return render(request, "participants/text_edit.html", context, status=status_of(form))


@require_POST
@role_required(Role.COACH)
def text_confirm(request: HttpRequest, pk: UUID, kind: str, text_id: UUID) -> HttpResponse:
    """Settle what a text means: the concept that was chosen, or as it is written."""
    chosen = request.POST.get("concept", "")
    concept_id = int(chosen) if chosen.isdecimal() and len(chosen) <= LONGEST_KEY else None
    settle: dict[str, Callable[..., Any]] = {
        "skill": partial(services.confirm_skill, skill_id=text_id),
        "experience": partial(services.confirm_experience, experience_id=text_id),
        "wish": partial(services.confirm_wish, wish_id=text_id),
    }
    return ask(request, settle[kind], concept_id=concept_id, to=_next_question(request, pk, text_id))


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def text_mend(request: HttpRequest, pk: UUID, kind: str, text_id: UUID) -> HttpResponse:
    """Say what a text means, of whichever kind; the municipality understands the words so from now on."""
    participant = open_case(request, pk)
    text: Any = get_object_or_404(services.ROWS[kind], pk=text_id, participant=participant)
    form = MeaningForm(posted(request), text=text.text)
    if request.method == "POST" and form.is_valid():
        what = {"kind": kind, "text_id": text_id, "choice": form.chosen, "level": form.cleaned_data["level"]}
        said = _("Changed. The same words are understood so from now on.")
        if answer := ask_form(request, form, services.change_meaning, to=_skills_of(pk), said=said, **what):
            return answer
    context = {"participant": participant, "text": text, "form": form}
    return render(request, "participants/text_mend.html", context, status=status_of(form))


@require_POST
@role_required(Role.COACH)
def text_remove(request: HttpRequest, pk: UUID, kind: str, text_id: UUID) -> HttpResponse:
    """Take a skill or an occupation out of the file."""
    remove: dict[str, Callable[..., Any]] = {
        "skill": partial(services.remove_skill, skill_id=text_id),
        "experience": partial(services.remove_experience, experience_id=text_id),
        "wish": partial(services.remove_wish, wish_id=text_id),
    }
    return ask(request, remove[kind], to=_skills_of(pk), said=_("Removed."))


@require_POST
@role_required(Role.COACH)
def wish_to_experience(request: HttpRequest, pk: UUID, text_id: UUID) -> HttpResponse:
    """Move what stands as a wish to what the participant has worked as."""
    said = _("Moved to what the person has worked as.")
    return ask(request, services.move_to_experience, wish_id=text_id, to=_skills_of(pk), said=said)


@require_POST
@role_required(Role.COACH)
def wish_keep(request: HttpRequest, pk: UUID, text_id: UUID) -> HttpResponse:
    """Settle that an occupation is a wish."""
    return ask(request, services.keep_as_wish, wish_id=text_id, to=_skills_of(pk), said=_("Kept as a wish."))


def _skills_of(pk: UUID) -> str:
    return f"{page_of(pk)}#kompetenser"


def _next_question(request: HttpRequest, pk: UUID, text_id: UUID) -> str:
    """Return where the page asks next what is meant, once this one is settled."""
    asked = unsettled(open_case(request, pk))
    after = asked[asked.index(text_id) + 1 :] if text_id in asked else asked
    rest = [*after, *(each for each in asked if each != text_id)]
    return f"{page_of(pk)}#text-{rest[0]}" if rest else _skills_of(pk)
