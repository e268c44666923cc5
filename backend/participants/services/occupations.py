"""What a participant has worked as and what they want: two lists, neither inferred from the other."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.participants.models import OccupationExperience, OccupationWish, Participant
from backend.participants.refusals import WordsRefusal
from backend.participants.services import written
from backend.participants.services.locking import lock_case


class ExperienceDraft(NamedTuple):
    """One row of a form: an occupation, and where, for how long and when last; `concept` as in `written`."""

    text: str
    workplace: str = ""
    months: int | None = None
    last_year: int | None = None
    concept: int | None = None


class WishDraft(NamedTuple):
    """One row of a form: an occupation that is wanted, and why; `concept` as in `written`.

    `is_unsorted`: nobody has said whether it is wanted or has been done.
    """

    text: str
    motivation: str = ""
    concept: int | None = None
    is_unsorted: bool = False


@one_write
def add_experience(
    *,
    participant_id: UUID,
    text: str,
    workplace: str = "",
    months: int | None = None,
    last_year: int | None = None,
    by: User,
    at: datetime,
) -> OccupationExperience:
    """Write down an occupation that the participant has had. Raises as `add_skill`."""
    participant = lock_case(participant_id=participant_id, by=by)
    draft = ExperienceDraft(text, workplace, months, last_year)
    [experience] = write_experiences(drafts=[draft], participant=participant, by=by, at=at)
    return experience


@one_write
def add_wish(
    *, participant_id: UUID, text: str, motivation: str = "", by: User, at: datetime
) -> OccupationWish:
    """Write down an occupation that the participant wants. Raises as `add_skill`."""
    participant = lock_case(participant_id=participant_id, by=by)
    [wish] = write_wishes(drafts=[WishDraft(text, motivation)], participant=participant, by=by, at=at)
    return wish


@one_write
def confirm_experience(
    *, experience_id: UUID, concept_id: int | None, by: User, at: datetime
) -> OccupationExperience:
    """Settle what an occupation that somebody has had means, as `confirm_skill` does."""
    experience = written.mine(model=OccupationExperience, pk=experience_id, by=by)
    written.settle(row=experience, concept_id=concept_id)
    audit.record(experience.participant, "occupation_confirmed", by=by, at=at)
    return experience


@one_write
def confirm_wish(*, wish_id: UUID, concept_id: int | None, by: User, at: datetime) -> OccupationWish:
    """Settle what an occupation that somebody wants means, as `confirm_skill` does."""
    wish = written.settle(row=written.mine(model=OccupationWish, pk=wish_id, by=by), concept_id=concept_id)
    audit.record(wish.participant, "occupation_confirmed", by=by, at=at)
    return wish


@one_write
def describe_experience(
    *,
    experience_id: UUID,
    workplace: str,
    months: int | None,
    last_year: int | None,
    by: User,
    at: datetime,
) -> OccupationExperience:
    """Say anew where somebody has worked, for how long and when last. Raises Refused for a year to come."""
    experience = written.mine(model=OccupationExperience, pk=experience_id, by=by)
    _refuse_year_to_come(last_year, at=at)
    experience.workplace = " ".join(workplace.split())
    experience.months, experience.last_year = months, last_year
    written.keep(row=experience, fields=("workplace", "months", "last_year"))
    audit.record(experience.participant, "occupation_described", by=by, at=at)
    return experience


@one_write
def describe_wish(*, wish_id: UUID, motivation: str, by: User, at: datetime) -> OccupationWish:
    """Say anew why somebody wants an occupation."""
    wish = written.mine(model=OccupationWish, pk=wish_id, by=by)
    wish.motivation = motivation.strip()
    written.keep(row=wish, fields=("motivation",))
    audit.record(wish.participant, "occupation_described", by=by, at=at)
    return wish


@one_write
def remove_experience(*, experience_id: UUID, by: User, at: datetime) -> None:
    """Take an occupation that somebody has had out of the file."""
    experience = written.mine(model=OccupationExperience, pk=experience_id, by=by)
    experience.delete()
    audit.record(experience.participant, "occupation_removed", by=by, at=at)


@one_write
def remove_wish(*, wish_id: UUID, by: User, at: datetime) -> None:
    """Take an occupation that somebody wants out of the file."""
    wish = written.mine(model=OccupationWish, pk=wish_id, by=by)
    wish.delete()
    audit.record(wish.participant, "occupation_removed", by=by, at=at)


@one_write
def move_to_experience(*, wish_id: UUID, by: User, at: datetime) -> None:
    """Move what stands as a wish to what the participant has worked as, because the person says so.

    What stands there already in the same words stays as it is.
    """
    wish = written.mine(model=OccupationWish, pk=wish_id, by=by)
    kept = ("text", "concept_id", "degree", "margin", "why", "resolution", "index_version")
    OccupationExperience.objects.get_or_create(
        participant=wish.participant, text=wish.text, defaults={name: getattr(wish, name) for name in kept}
    )
    wish.delete()
    audit.record(wish.participant, "wish_was_experience", by=by, at=at)


@one_write
def keep_as_wish(*, wish_id: UUID, by: User, at: datetime) -> OccupationWish:
    """Settle that an occupation is one that the participant wants, so that nobody is asked again."""
    wish = written.mine(model=OccupationWish, pk=wish_id, by=by)
    if wish.is_unsorted:
        wish.is_unsorted = False
        wish.save(update_fields=["is_unsorted"])
        audit.record(wish.participant, "wish_is_wish", by=by, at=at)
    return wish


def write_experiences(
    *, drafts: Sequence[ExperienceDraft], participant: Participant, by: User, at: datetime
) -> list[OccupationExperience]:
    """Write new rows under the lock of the case."""
    for draft in drafts:
        _refuse_year_to_come(draft.last_year, at=at)
    read = written.read(drafts, participant=participant, among=OccupationExperience)
    rows = [
        OccupationExperience(
            participant=participant,
            workplace=" ".join(draft.workplace.split()),
            months=draft.months,
            last_year=draft.last_year,
            **columns,
        )
        for draft, columns in zip(drafts, read, strict=True)
    ]
    if count := written.insert(rows=rows):
        audit.record(participant, "occupation_added", by=by, at=at, changes={"count": count})
    return rows


def write_wishes(
    *, drafts: Sequence[WishDraft], participant: Participant, by: User, at: datetime
) -> list[OccupationWish]:
    """Write new rows under the lock of the case."""
    read = written.read(drafts, participant=participant, among=OccupationWish)
    rows = [
        OccupationWish(
            participant=participant,
            motivation=draft.motivation.strip(),
            is_unsorted=draft.is_unsorted,
            **columns,
        )
        for draft, columns in zip(drafts, read, strict=True)
    ]
    if count := written.insert(rows=rows):
        audit.record(participant, "occupation_added", by=by, at=at, changes={"count": count})
    return rows


def _refuse_year_to_come(last_year: int | None, *, at: datetime) -> None:
    if last_year and last_year > day_of(at).year:
        raise Refused(WordsRefusal.YEAR_TO_COME, about="last_year")
