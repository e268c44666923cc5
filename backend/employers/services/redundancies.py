"""Redundancies at an employer: noted by staff, put otherwise or taken back, and never lost."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.models import Employer, Redundancy, Workplace
from backend.employers.refusals import RedundancyRefusal


@one_write
def record_redundancies(
    *,
    employer_id: UUID,
    happened_on: date,
    how_many: int,
    words: str,
    workplace_id: UUID | None = None,
    by: User,
    at: datetime,
) -> Redundancy:
    """Note that people were given notice for lack of work, at one workplace or anywhere at the employer.

    Raises Employer.DoesNotExist or Workplace.DoesNotExist for whoever is no staff there, Refused for a day to
    come, and ValidationError without words or a number.
    """
    employer = Employer.objects.decidable_by(by).select_for_update(of=("self",)).get(pk=employer_id)
    facts: dict[str, Any] = {"happened_on": happened_on, "how_many": how_many, "words": words}
    noted = _write(employer, workplace_id, **facts, instead_of=None, by=by, at=at)
    audit.record(employer, "redundancies_noted", by=by, at=at, changes=_figures(noted))
    return noted


@one_write
def correct_redundancies(
    *,
    redundancy_id: UUID,
    happened_on: date,
    how_many: int,
    words: str,
    why: str,
    workplace_id: UUID | None = None,
    by: User,
    at: datetime,
) -> Redundancy:
    """Put otherwise what was noted wrongly: a row of its own stands instead, and the first one is kept.

    Raises Redundancy.DoesNotExist for whoever is no staff there, Refused without saying what was wrong and as
    `record_redundancies` does, and TransitionNotAllowed for what holds no more.
    """
    wrong = _take_back(redundancy_id, why=why, by=by, at=at)
    facts: dict[str, Any] = {"happened_on": happened_on, "how_many": how_many, "words": words}
    right = _write(wrong.employer, workplace_id, **facts, instead_of=wrong, by=by, at=at)
    what: dict[str, Any] = {"why": wrong.taken_back_why, "changes": _figures(right)}
    audit.record(wrong.employer, "redundancies_corrected", by=by, at=at, **what)
    return right


@one_write
def take_back_redundancies(*, redundancy_id: UUID, why: str, by: User, at: datetime) -> Redundancy:
    """Take back what was noted by mistake; it stays to be read, with what was wrong.

    Raises as `correct_redundancies` does.
    """
    wrong = _take_back(redundancy_id, why=why, by=by, at=at)
    audit.record(wrong.employer, "redundancies_taken_back", by=by, at=at, why=wrong.taken_back_why)
    return wrong


def _take_back(redundancy_id: UUID, *, why: str, by: User, at: datetime) -> Redundancy:
    if not why.strip():
        raise Refused(RedundancyRefusal.NO_REASON, about="why")
    employer = Redundancy.objects.visible_to(by).values_list("employer", flat=True).get(pk=redundancy_id)
    Employer.objects.select_for_update(of=("self",)).get(pk=employer)
    wrong = Redundancy.objects.select_related("employer").get(pk=redundancy_id)
    if not wrong.holds:
        raise TransitionNotAllowed(current="taken_back", wanted="taken_back")
    wrong.taken_back_at, wrong.taken_back_by, wrong.taken_back_why = at, by, why.strip()
    wrong.full_clean(exclude=["employer", "workplace", "instead_of"])
    wrong.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    return wrong


def _write(
    employer: Employer,
    workplace_id: UUID | None,
    *,
    happened_on: date,
    how_many: int,
    words: str,
    instead_of: Redundancy | None,
    by: User,
    at: datetime,
) -> Redundancy:
    if happened_on > day_of(at):
        raise Refused(RedundancyRefusal.TO_COME, about="happened_on")
    workplace = Workplace.objects.get(pk=workplace_id, employer=employer) if workplace_id else None
    noted = Redundancy(
        employer=employer,
        workplace=workplace,
        happened_on=happened_on,
        how_many=how_many,
        words=words.strip(),
        noted_by=by,
        noted_at=at,
        instead_of=instead_of,
    )
    noted.full_clean(exclude=["employer", "workplace"])
    noted.save(force_insert=True)
    return noted


def _figures(noted: Redundancy) -> dict[str, Any]:
    return {"number": noted.how_many, "day": str(noted.happened_on)}
