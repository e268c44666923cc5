"""What a participant can do: written freely, understood at once, confirmed by hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.transactions import one_write
from backend.participants.enums import EvidenceSource
from backend.participants.models import Participant, SkillEvidence
from backend.participants.services import written
from backend.participants.services.locking import lock_case
from backend.participants.services.occupations import (
    ExperienceDraft,
    WishDraft,
    write_experiences,
    write_wishes,
)


class SkillDraft(NamedTuple):
    """One row of a form: the words, how well, and who says so; `concept` as in `written.Draft`."""

    text: str
    level: int | None = None
    source: str = EvidenceSource.SELF
    concept: int | None = None


@one_write
def add_skill(
    *,
    participant_id: UUID,
    text: str,
    level: int | None = None,
    source: str = EvidenceSource.SELF,
    by: User,
    at: datetime,
) -> SkillEvidence:
    """Write down something the participant can do, understood as far as the catalogue allows.

    Raises Participant.DoesNotExist for strangers, and Refused for a text that is empty, too long or
    already there.
    """
    participant = lock_case(participant_id=participant_id, by=by)
    [skill] = write_skills(drafts=[SkillDraft(text, level, source)], participant=participant, by=by, at=at)
    return skill


@one_write
def add_written(
    *,
    participant_id: UUID,
    skills: Sequence[SkillDraft] = (),
    experiences: Sequence[ExperienceDraft] = (),
    wishes: Sequence[WishDraft] = (),
    by: User,
    at: datetime,
) -> None:
    """Write down all rows of a form; rows that repeat another are taken once. Raises as `add_skill`."""
    participant = lock_case(participant_id=participant_id, by=by)
    write_skills(drafts=written.each_once(skills), participant=participant, by=by, at=at)
    write_experiences(drafts=written.each_once(experiences), participant=participant, by=by, at=at)
    write_wishes(drafts=written.each_once(wishes), participant=participant, by=by, at=at)


@one_write
def confirm_skill(*, skill_id: UUID, concept_id: int | None, by: User, at: datetime) -> SkillEvidence:
    """Settle what a skill means: a concept that a person chose, or None to keep it as written.

    Raises SkillEvidence.DoesNotExist for strangers and Concept.DoesNotExist for what is not a current skill.
    """
    skill = written.settle(row=written.mine(model=SkillEvidence, pk=skill_id, by=by), concept_id=concept_id)
    audit.record(skill.participant, "skill_confirmed", by=by, at=at)
    return skill


@one_write
def set_skill_level(
    *, skill_id: UUID, level: int | None, source: str, by: User, at: datetime
) -> SkillEvidence:
    """Say anew how well the participant can do something, and who says so."""
    skill = written.mine(model=SkillEvidence, pk=skill_id, by=by)
    skill.level, skill.source, skill.recorded_on = level, source, day_of(at)
    written.keep(row=skill, fields=("level", "source", "recorded_on"))
    audit.record(skill.participant, "skill_level_set", by=by, at=at)
    return skill


@one_write
def remove_skill(*, skill_id: UUID, by: User, at: datetime) -> None:
    """Take a skill out of the file; what a consent has released stays in the consent."""
    skill = written.mine(model=SkillEvidence, pk=skill_id, by=by)
    skill.delete()
    audit.record(skill.participant, "skill_removed", by=by, at=at)


def write_skills(
    *, drafts: Sequence[SkillDraft], participant: Participant, by: User, at: datetime
) -> list[SkillEvidence]:
    """Write rows of what somebody can do, inside another write. Raises as `add_skill`."""
    read = written.read(drafts, participant=participant, among=SkillEvidence)
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
    if count := written.insert(rows=rows):
        audit.record(participant, "skill_added", by=by, at=at, changes={"count": count})
    return rows


def write_seen_skills(
    *, drafts: Sequence[SkillDraft], participant: Participant, by: User, at: datetime
) -> None:
    """Write what was seen of somebody's skills, inside another write: it counts over what was said.

    A skill that the file has, by its words or by what they mean, gets level and source of what was seen.
    """
    rows = list(participant.skills.select_for_update())
    by_text = {row.text.casefold(): row for row in rows}
    known = [row for row in rows if row.concept_id and not row.needs_answer]
    by_concept: dict[int | None, SkillEvidence] = {row.concept_id: row for row in known}
    new = []
    for draft in drafts:
        row = by_text.get(draft.text.casefold()) or by_concept.get(draft.concept)
        if row is None:
            new.append(draft)
            continue
        row.level, row.source, row.recorded_on = draft.level, draft.source, day_of(at)
        written.keep(row=row, fields=("level", "source", "recorded_on"))
        audit.record(participant, "skill_level_set", by=by, at=at)
    if new:
        write_skills(drafts=new, participant=participant, by=by, at=at)
