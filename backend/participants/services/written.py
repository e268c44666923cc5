"""What the lists of skills and occupations share: rows of free text, understood at once, settled by hand."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db.models import Model

from backend.accounts.models import User
from backend.core.writing.refusals import Refused
from backend.participants.meanings import understand
from backend.participants.models import OccupationExperience, OccupationWish, Participant, SkillEvidence
from backend.participants.refusals import WordsRefusal
from backend.participants.services.locking import lock_case
from backend.skills.enums import ConceptKind, Resolution
from backend.skills.models import Concept

MOST_WRITTEN = 60
KINDS: dict[type[Model], ConceptKind] = {
    SkillEvidence: ConceptKind.SKILL,
    OccupationExperience: ConceptKind.OCCUPATION,
    OccupationWish: ConceptKind.OCCUPATION,
}
MEANS: dict[type[Model], frozenset[ConceptKind]] = {
    SkillEvidence: frozenset({ConceptKind.SKILL}),
    OccupationExperience: frozenset({ConceptKind.OCCUPATION}),
    OccupationWish: frozenset({ConceptKind.OCCUPATION, ConceptKind.SKILL}),
}
"""What a row of each list may mean: somebody may want to use a skill as well as to have an occupation."""


class Draft(Protocol):
    """One row of a form; `concept` is the writer's answer to what was meant: 0 for as written."""

    @property
    def text(self) -> str: ...

    @property
    def concept(self) -> int | None: ...


Written = TypeVar("Written", SkillEvidence, OccupationExperience, OccupationWish)
AnyDraft = TypeVar("AnyDraft", bound=Draft)


def read(drafts: Sequence[Draft], *, participant: Participant, among: type[Written]) -> list[dict[str, Any]]:
    """Return the columns for each text, once none is empty, too long, one too many or there already."""
    texts = [" ".join(draft.text.split()) for draft in drafts]
    present = among._default_manager.filter(participant=participant).values_list("text", flat=True)
    _refuse_unusable(texts, present={_key(text) for text in present}, longest=_longest(among))
    settled = {draft.concept for draft in drafts if draft.concept}
    known = Concept.objects.current().filter(kind=KINDS[among]).in_bulk(settled)
    if len(known) < len(settled):
        raise Concept.DoesNotExist
    whose = participant.unit.municipality_id
    readings = understand(texts, KINDS[among], municipality_id=whose)
    return [
        reading if draft.concept is None else reading | _settled(known.get(draft.concept))
        for draft, reading in zip(drafts, readings, strict=True)
    ]


def each_once(drafts: Sequence[AnyDraft]) -> list[AnyDraft]:
    """Return the drafts without those that say the same as an earlier one; the last of the same is kept."""
    return list({_key(draft.text): draft for draft in drafts}.values())


def insert(*, rows: Sequence[Written]) -> int:
    """Write new rows of one list and return how many they are."""
    for row in rows:
        row.clean_fields(exclude=["concept", "participant"])
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)
    return len(rows)


def mine(*, model: type[Written], pk: UUID, by: User) -> Written:
    """Return a row in whose case `by` may act, and lock the case. Raises DoesNotExist for strangers."""
    whose = model._default_manager.filter(pk=pk).values_list("participant", flat=True).first()
    if whose is None or not Participant.objects.decidable_by(by).filter(pk=whose).exists():
        raise model.DoesNotExist
    lock_case(participant_id=whose, by=by)
    return model._default_manager.select_related("participant").get(pk=pk)


def settle(*, row: Written, concept_id: int | None) -> Written:
    """Write what `row` means: a concept that a person chose, or None for as it is written.

    Raises Concept.DoesNotExist for what is not a current concept that the list may hold.
    """
    concepts = Concept.objects.current().filter(kind__in=MEANS[type(row)])
    columns = _settled(concepts.get(pk=concept_id) if concept_id else None)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    return row


def keep(*, row: Written, fields: Sequence[str]) -> None:
    """Write what was said anew about `row`, once it can be used."""
    row.full_clean(exclude=["concept", "participant"])
    row.save(update_fields=fields)


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
