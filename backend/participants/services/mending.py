"""Another meaning for what stands in a file, of whichever kind: the row goes where it belongs."""

from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.participants.models import OccupationExperience, OccupationWish, Participant, SkillEvidence
from backend.participants.refusals import WordsRefusal
from backend.participants.services import written
from backend.participants.services.occupations import WishDraft, write_wishes
from backend.participants.services.skills import SkillDraft, write_skills
from backend.skills.enums import ConceptKind, Tells
from backend.skills.services import remember_meaning
from backend.skills.understanding.choices import Choice

ROWS: dict[str, type[SkillEvidence | OccupationExperience | OccupationWish]] = {
    "skill": SkillEvidence,
    "experience": OccupationExperience,
    "wish": OccupationWish,
}


@one_write
def change_meaning(
    *, kind: str, text_id: UUID, choice: Choice, level: str = "", by: User, at: datetime
) -> Participant:
    """Let a row of the list `kind` mean `choice`, and the same words from now on in the municipality.

    What the list cannot hold moves: a skill that is a licence to the licences, experience that is a skill to
    the skills. A skill that is an occupation is asked about, for nobody has said that the person has had it.
    `level` is that of a language; one that was said before stays where it is empty. Raises Refused for a
    wish that is neither occupation nor skill, and DoesNotExist for strangers.
    """
    row = written.mine(model=ROWS[kind], pk=text_id, by=by)  # type: ignore[type-var]
    participant = row.participant
    stays = choice.kind in written.MEANS[type(row)]
    if isinstance(row, OccupationWish) and not stays:
        raise Refused(WordsRefusal.NOT_WORK, about="meaning")
    remember_meaning(text=row.text, choice=choice, municipality=participant.unit.municipality, at=at)
    if stays:
        written.settle(row=row, concept_id=int(choice.value))  # type: ignore[type-var]
    else:
        row.delete()
        _move(row.text, choice, level, participant=participant, by=by, at=at)
    audit.record(participant, "meaning_changed", by=by, at=at)
    return participant


def _move(text: str, choice: Choice, level: str, *, participant: Participant, by: User, at: datetime) -> None:
    if choice.kind == ConceptKind.SKILL:
        skill = SkillDraft(text, concept=int(choice.value))
        write_skills(drafts=[skill], participant=participant, by=by, at=at)
    elif choice.kind == ConceptKind.OCCUPATION:
        wish = WishDraft(text, concept=int(choice.value), is_unsorted=True)
        write_wishes(drafts=[wish], participant=participant, by=by, at=at)
    elif choice.kind == Tells.LICENCE:
        participant.licences = sorted({*participant.licences, choice.value})
        participant.save(update_fields=["licences"])
    else:
        said = participant.languages.get(choice.value, "")
        participant.languages = {**participant.languages, choice.value: level or said}
        participant.save(update_fields=["languages"])
