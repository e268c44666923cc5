"""What a participant can do and wants to work as: written freely, understood at once, confirmed by hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Model

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.participants.enums import EvidenceSource, SkillLevel
from backend.participants.meanings import understand
from backend.participants.models import OccupationWish, Participant, SkillEvidence
from backend.participants.refusals import WordsRefusal
from backend.participants.services.locking import lock_case
from backend.skills.enums import ConceptKind, Resolution
from backend.skills.models import Concept

MOST_WRITTEN = 60
Written = TypeVar("Written", SkillEvidence, OccupationWish)
Draft = TypeVar("Draft", "SkillDraft", "OccupationDraft")
KINDS: dict[type[Model], ConceptKind] = {
    SkillEvidence: ConceptKind.SKILL,
    OccupationWish: ConceptKind.OCCUPATION,
}


class SkillDraft(NamedTuple):
    """One row of a form: the words, how well, and who says so."""

    text: str
    level: int = SkillLevel.WITH_SUPPORT
    source: str = EvidenceSource.SELF
    concept: int | None = None


class OccupationDraft(NamedTuple):
    """One row of a form; `concept` in both is the writer's answer to what was meant: 0 for as written."""

    text: str
    concept: int | None = None


@one_write
def add_skill(
    *,
    participant_id: UUID,
    text: str,
    level: int = SkillLevel.WITH_SUPPORT,
    source: str = EvidenceSource.SELF,
    by: User,
    at: datetime,
) -> SkillEvidence:
    """Write down something the participant can do, understood as far as the catalogue allows.

    Raises Participant.DoesNotExist for strangers, and Refused for a text that is empty, too long or
    already there.
    """
    participant = lock_case(participant_id=participant_id, by=by)
    [skill] = _write_skills([SkillDraft(text, level, source)], participant=participant, by=by, at=at)
    return skill


@one_write
def add_occupation(*, participant_id: UUID, text: str, by: User, at: datetime) -> OccupationWish:
    """Write down an occupation that the participant has had or wants. Raises as `add_skill`."""
    participant = lock_case(participant_id=participant_id, by=by)
    [wish] = _write_occupations([OccupationDraft(text)], participant=participant, by=by, at=at)
    return wish


@one_write
def add_written(
    *,
    participant_id: UUID,
    skills: Sequence[SkillDraft],
    occupations: Sequence[OccupationDraft],
    by: User,
    at: datetime,
) -> None:
    """Write down all rows of a form; rows that repeat another are taken once. Raises as `add_skill`."""
    participant = lock_case(participant_id=participant_id, by=by)
    _write_skills(_each_once(skills), participant=participant, by=by, at=at)
    _write_occupations(_each_once(occupations), participant=participant, by=by, at=at)


@one_write
def confirm_skill(*, skill_id: UUID, concept_id: int | None, by: User, at: datetime) -> SkillEvidence:
    """Settle what a skill means: a concept that a person chose, or None to keep it as written.

    Raises SkillEvidence.DoesNotExist for strangers and Concept.DoesNotExist for what is not a current skill.
    """
    skill = _mine(SkillEvidence, skill_id, by=by)
    concept = Concept.objects.current().skills().get(pk=concept_id) if concept_id else None
    return _confirm(skill, concept, action="skill_confirmed", by=by, at=at)


@one_write
def confirm_occupation(*, wish_id: UUID, concept_id: int | None, by: User, at: datetime) -> OccupationWish:
    """Settle what an occupation means, as `confirm_skill` does."""
    wish = _mine(OccupationWish, wish_id, by=by)
    concept = Concept.objects.current().occupations().get(pk=concept_id) if concept_id else None
    return _confirm(wish, concept, action="occupation_confirmed", by=by, at=at)


@one_write
def set_skill_level(*, skill_id: UUID, level: int, source: str, by: User, at: datetime) -> SkillEvidence:
    """Say anew how well the participant can do something, and who says so."""
    skill = _mine(SkillEvidence, skill_id, by=by)
    skill.level, skill.source, skill.recorded_on = level, source, day_of(at)
    skill.full_clean(exclude=["concept"])
    skill.save(update_fields=["level", "source", "recorded_on"])
    audit.record(skill.participant, "skill_level_set", by=by, at=at)
    return skill


@one_write
def remove_skill(*, skill_id: UUID, by: User, at: datetime) -> None:
    """Take a skill out of the file; what a consent has released stays in the consent."""
    _remove(_mine(SkillEvidence, skill_id, by=by), action="skill_removed", by=by, at=at)


@one_write
def remove_occupation(*, wish_id: UUID, by: User, at: datetime) -> None:
    """Take an occupation out of the file."""
    _remove(_mine(OccupationWish, wish_id, by=by), action="occupation_removed", by=by, at=at)


def _write_skills(
    drafts: Sequence[SkillDraft], *, participant: Participant, by: User, at: datetime
) -> list[SkillEvidence]:
    read = _read(drafts, participant=participant, among=SkillEvidence)
    rows = [
        SkillEvidence(
            participant=participant,
            level=draft.level,
            source=draft.source,
            recorded_on=day_of(at),
            **columns,
        )
        for draft, columns in zip(drafts, read, strict=True)
    ]
    return _add(rows, action="skill_added", by=by, at=at)


def _write_occupations(
    drafts: Sequence[OccupationDraft], *, participant: Participant, by: User, at: datetime
) -> list[OccupationWish]:
    read = _read(drafts, participant=participant, among=OccupationWish)
    rows = [OccupationWish(participant=participant, **columns) for columns in read]
    return _add(rows, action="occupation_added", by=by, at=at)


def _read(drafts: Sequence[Draft], *, participant: Participant, among: type[Written]) -> list[dict[str, Any]]:
    """Return the columns for each text, once none is empty, too long, one too many or there already."""
    texts = [" ".join(draft.text.split()) for draft in drafts]
    present = among._default_manager.filter(participant=participant).values_list("text", flat=True)
    _refuse_unusable(texts, present={_key(text) for text in present}, longest=_longest(among))
    settled = {draft.concept for draft in drafts if draft.concept}
    known = Concept.objects.current().filter(kind=KINDS[among]).in_bulk(settled)
    if len(known) < len(settled):
        raise Concept.DoesNotExist
    readings = understand(texts, KINDS[among])
    return [
        reading if draft.concept is None else reading | _settled(known.get(draft.concept))
        for draft, reading in zip(drafts, readings, strict=True)
    ]


def _refuse_unusable(texts: Sequence[str], *, present: set[str], longest: int) -> None:
    for text in texts:
        if not text:
            raise Refused(WordsRefusal.EMPTY, about="text")
        if len(text) > longest:
            raise Refused(WordsRefusal.TOO_LONG, about="text", n=longest)
        if _key(text) in present:
            raise Refused(WordsRefusal.THERE_ALREADY, about="text", text=text)
    if texts and len(texts) + len(present) > MOST_WRITTEN:
        raise Refused(WordsRefusal.LIST_FULL, about="text")


def _longest(model: type[Written]) -> int:
    return model._meta.get_field("text").max_length or 0


def _settled(concept: Concept | None) -> dict[str, Any]:
    """Return the columns of a text that a person has settled: a concept, or None for as it is written."""
    resolution = Resolution.CONFIRMED if concept else Resolution.NONE
    return {
        "concept_id": concept and concept.pk,
        "resolution": resolution,
        "degree": 1.0 if concept else None,
    }


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _each_once(drafts: Sequence[Draft]) -> list[Draft]:
    return list({_key(draft.text): draft for draft in drafts}.values())


def _add(rows: list[Written], *, action: str, by: User, at: datetime) -> list[Written]:
    for row in rows:
        row.clean_fields(exclude=["concept", "participant"])
    type_ = type(rows[0]) if rows else None
    if type_ is not None:
        type_._default_manager.bulk_create(rows)
        audit.record(rows[0].participant, action, by=by, at=at, changes={"count": len(rows)})
    return rows


def _mine(model: type[Written], pk: UUID, *, by: User) -> Written:
    row = model._default_manager.select_related("participant").filter(pk=pk).first()
    if row is None or not Participant.objects.decidable_by(by).filter(pk=row.participant_id).exists():
        raise model.DoesNotExist
    lock_case(participant_id=row.participant_id, by=by)
    return row


def _confirm(row: Written, concept: Concept | None, *, action: str, by: User, at: datetime) -> Written:
    columns = _settled(concept)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    audit.record(row.participant, action, by=by, at=at)
    return row


def _remove(row: Written, *, action: str, by: User, at: datetime) -> None:
    row.delete()
    audit.record(row.participant, action, by=by, at=at)
