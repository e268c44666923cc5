"""What a participant can do and has worked as: adding, settling what was meant, removing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.ui.forms import with_empty_row
from backend.core.ui.http import refusals_to, tell_refusal
from backend.participants import services
from backend.participants.access_log import open_case
from backend.participants.file.enrolment import AllRows, drafts, wishes
from backend.participants.forms import OccupationRows, SkillLevelForm, SkillRows, posted
from backend.participants.meanings import read_aloud
from backend.participants.models import OccupationWish, Participant, SkillEvidence
from backend.participants.views.actions import back_to_file
from backend.skills.enums import ConceptKind
from backend.skills.models import Concept

GONE = (
    SkillEvidence.DoesNotExist,
    OccupationWish.DoesNotExist,
    Concept.DoesNotExist,
    Participant.DoesNotExist,
)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def skill_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add skills and occupations, several at once."""
    participant = open_case(request, pk)
    skills = SkillRows(posted(request), prefix="skills")
    occupations = OccupationRows(posted(request), prefix="occupations")
    if "add_row" in request.POST:
        skills, occupations = with_empty_row(skills), with_empty_row(occupations)
    elif request.method == "POST" and _add(request, participant, skills, occupations):
        return redirect(f"{participant.get_absolute_url()}#kompetenser")
    rows = {"skills": skills, "occupations": occupations, "all_rows": AllRows([skills, occupations])}
    return render(request, "participants/skill_add.html", {"participant": participant, **rows})


def _add(request: HttpRequest, participant: Participant, skills: Any, occupations: Any) -> bool:
    if not all([skills.is_valid(), occupations.is_valid()]):
        return False
    try:
        services.add_written(
            participant_id=participant.pk,
            skills=drafts(skills),
            occupations=wishes(occupations),
            by=signed_in(request),
            at=timezone.now(),
        )
    except ValidationError as error:
        tell_refusal(request, error)
        return False
    return True


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
@refusals_to(back_to_file)
def skill_edit(request: HttpRequest, pk: UUID, text_id: UUID) -> HttpResponse:
    """Say anew how well the participant can do something."""
    participant = open_case(request, pk)
    skill = get_object_or_404(participant.skills.select_related("concept"), pk=text_id)
    form = SkillLevelForm(posted(request), instance=skill)
    if request.method == "POST" and form.is_valid():
        by, at, chosen = signed_in(request), timezone.now(), form.cleaned_data
        services.set_skill_level(skill_id=text_id, by=by, at=at, **chosen)
        return redirect(f"{participant.get_absolute_url()}#kompetenser")
    context = {"participant": participant, "skill": skill, "form": form}
    return render(request, "participants/skill_edit.html", context)


@require_GET
@role_required(Role.COACH)
def text_reading(request: HttpRequest, kind: str) -> HttpResponse:
    """Tell, while a row is being written, how the catalogue understands it; tells nothing about anybody."""
    field = next((name for name in request.GET if name.endswith("text")), "")
    reading = read_aloud(request.GET.get(field, "")[:200], ConceptKind(kind))
    return render(
        request,
        "participants/_reading.html",
        {"reading": reading, "name": field.removesuffix("text") + "concept"},
    )


@require_POST
@role_required(Role.COACH)
@refusals_to(back_to_file)
def text_confirm(request: HttpRequest, pk: UUID, kind: str, text_id: UUID) -> HttpResponse:
    """Settle what a text means: the concept that was chosen, or as it is written."""
    chosen = request.POST.get("concept", "")
    concept_id = int(chosen) if chosen.isdecimal() else None
    by, at = signed_in(request), timezone.now()
    try:
        if kind == ConceptKind.SKILL:
            services.confirm_skill(skill_id=text_id, concept_id=concept_id, by=by, at=at)
        else:
            services.confirm_occupation(wish_id=text_id, concept_id=concept_id, by=by, at=at)
    except GONE as gone:
        raise Http404 from gone
    return redirect(f"{_url(pk)}#kompetenser")


@require_POST
@role_required(Role.COACH)
def text_remove(request: HttpRequest, pk: UUID, kind: str, text_id: UUID) -> HttpResponse:
    """Take a skill or an occupation out of the file."""
    by, at = signed_in(request), timezone.now()
    try:
        if kind == ConceptKind.SKILL:
            services.remove_skill(skill_id=text_id, by=by, at=at)
        else:
            services.remove_occupation(wish_id=text_id, by=by, at=at)
    except GONE as gone:
        raise Http404 from gone
    messages.success(request, _("Removed."))
    return redirect(f"{_url(pk)}#kompetenser")


def _url(pk: UUID) -> str:
    return Participant(pk=pk).get_absolute_url()
