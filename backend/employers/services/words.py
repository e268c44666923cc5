"""What an employer writes in their own words: the occupation, and the skills asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.models import OccupationOfOpening, Opening, SkillRequirement
from backend.employers.refusals import OpeningRefusal
from backend.skills.enums import ConceptKind, Resolution
from backend.skills.models import Concept
from backend.skills.services import resolve_texts

# Each is read by the label index while the row is locked; nobody reads an opening that asks for more.
MOST_REQUIREMENTS = 30


@dataclass(frozen=True)
class RequirementDraft:
    """A skill as an employer writes it, and whether the work cannot be done without it.

    `concept` is the writer's answer to what was meant: a concept, 0 for as written, None for none given.
    """

    text: str
    essential: bool = False
    concept: int | None = None


def write_occupation(*, opening: Opening, text: str) -> list[str]:
    """Let the opening's occupation be what `text` says; return the names of what changed."""
    text = " ".join(text.split())
    before = OccupationOfOpening.objects.filter(opening=opening).first()
    if (before.text if before else "") == text:
        return []
    OccupationOfOpening.objects.filter(opening=opening).delete()
    if text:
        [understood] = resolve_texts([text], kind=ConceptKind.OCCUPATION)
        OccupationOfOpening.objects.create(opening=opening, text=text, **understood)
    return ["occupation"]


def write_requirements(*, opening: Opening, wanted: Sequence[RequirementDraft]) -> list[str]:
    """Let the opening ask for exactly the skills in `wanted`; return the names of what changed.

    A text that stood there before keeps its row, and so the concept that somebody has confirmed for it.
    Raises Refused for more than MOST_REQUIREMENTS.
    """
    wanted = _each_once(wanted)
    if len(wanted) > MOST_REQUIREMENTS:
        raise Refused(OpeningRefusal.TOO_MANY_SKILLS, most=MOST_REQUIREMENTS)
    before = {each.text.casefold(): each for each in opening.requirements.select_for_update()}
    kept = {each.text.casefold() for each in wanted}
    gone = [each.pk for key, each in before.items() if key not in kept]
    changed = bool(opening.requirements.filter(pk__in=gone).delete()[0])
    new = [each for each in wanted if each.text.casefold() not in before]
    meanings = resolve_texts([each.text for each in new], kind=ConceptKind.SKILL)
    meaning_of = dict(zip((each.text for each in new), meanings, strict=True))
    changed = _settle(before, wanted) or changed
    for position, each in enumerate(wanted):
        row = before.get(each.text.casefold())
        if row is None:
            SkillRequirement.objects.create(
                opening=opening,
                text=each.text,
                essential=each.essential,
                position=position,
                **meaning_of[each.text] | _settled(each),
            )
        elif (row.essential, row.position) != (each.essential, position):
            row.essential, row.position = each.essential, position
            row.save(update_fields=["essential", "position"])
        else:
            continue
        changed = True
    return ["requirements"] if changed else []


def words_of(opening: Opening) -> dict[str, Any]:
    """Return what an opening asks for in its writer's words, as `save_opening` takes it."""
    occupation = getattr(opening, "occupation", None)
    requirements = [
        RequirementDraft(each.text, each.essential, each.concept_id if each.is_recognised else None)
        for each in opening.requirements.order_by("position", "pk")
    ]
    return {"occupation": occupation.text if occupation else "", "requirements": requirements}


@one_write
def confirm_requirement(*, requirement_id: UUID, is_right: bool, by: User, at: datetime) -> SkillRequirement:
    """Settle whether the catalogue understood a skill rightly; if not, it stays as it was written.

    Raises SkillRequirement.DoesNotExist when `by` may not write the opening or it is settled already.
    """
    editable = SkillRequirement.objects.filter(opening__in=Opening.objects.editable_by(by))
    requirement = editable.select_for_update(of=("self",)).get(pk=requirement_id, resolution=Resolution.ASK)
    requirement.resolution = Resolution.CONFIRMED if is_right else Resolution.NONE
    if not is_right:
        requirement.concept = None
    requirement.save(update_fields=["resolution", "concept"])
    changes = {"text": requirement.text, "is_right": is_right}
    audit.record(requirement.opening, "requirement_settled", by=by, at=at, changes=changes)
    return requirement


def _each_once(wanted: Sequence[RequirementDraft]) -> list[RequirementDraft]:
    """Drop empty and repeated texts; what is essential once is essential."""
    found: dict[str, RequirementDraft] = {}
    for each in wanted:
        text = " ".join(each.text.split())
        key = text.casefold()
        if key:
            is_essential = each.essential or (key in found and found[key].essential)
            first = found.get(key, RequirementDraft(text))
            concept = first.concept if each.concept is None else each.concept
            found[key] = RequirementDraft(first.text, essential=is_essential, concept=concept)
    return list(found.values())


def _settle(rows: Mapping[str, SkillRequirement], wanted: Sequence[RequirementDraft]) -> bool:
    """Write into rows that stood there before what was meant, where that was answered anew."""
    changed = False
    for each in wanted:
        row, meant = rows.get(each.text.casefold()), _settled(each)
        if row is None or all(getattr(row, name) == value for name, value in meant.items()):
            continue
        for name, value in meant.items():
            setattr(row, name, value)
        row.save(update_fields=list(meant))
        changed = True
    return changed


def _settled(draft: RequirementDraft) -> dict[str, Any]:
    """Return the columns of what a person said was meant; nothing where nobody was asked."""
    if draft.concept is None:
        return {}
    concept = Concept.objects.current().filter(kind=ConceptKind.SKILL, pk=draft.concept).first()
    resolution = Resolution.CONFIRMED if concept else Resolution.NONE
    return {"concept_id": concept and concept.pk, "resolution": resolution}
