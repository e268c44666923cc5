"""Where an employer receives people."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.text.keys import KEYS
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.employers.models import Employer, Workplace
from backend.employers.refusals import ArrangingRefusal
from backend.employers.work_facts import WorkFact
from backend.places.found import Place
from backend.skills.enums import Adaptation


@one_write
def add_workplace(
    *,
    employer: Employer,
    name: str,
    place: Place,
    by: User,
    at: datetime,
    street: str = "",
    environment: str = "",
    nearest_stop: str = "",
    walk_minutes: int | None = None,
) -> Workplace:
    """Add an address where `employer` receives people.

    Raises Employer.DoesNotExist when `by` may not write for the employer.
    """
    own = Employer.objects.writable_by(by).get(pk=employer.pk)
    way = {"nearest_stop": nearest_stop, "walk_minutes": walk_minutes}
    workplace = Workplace(
        employer=own, name=name, street=street, environment=environment, **way, **place.as_fields()
    )
    workplace.full_clean()
    workplace.save(force_insert=True)
    audit.record(workplace, "workplace_added", by=by, at=at)
    return workplace


@one_write
def update_workplace(
    *,
    workplace_id: UUID,
    name: str,
    place: Place,
    by: User,
    at: datetime,
    street: str = "",
    environment: str = "",
    nearest_stop: str = "",
    walk_minutes: int | None = None,
) -> Workplace:
    """Change an address. Raises Workplace.DoesNotExist when `by` may not write for its employer."""
    workplace = Workplace.objects.writable_by(by).get(pk=workplace_id)
    way = {"street": street, "nearest_stop": nearest_stop, "walk_minutes": walk_minutes}
    values = {"name": name, "environment": environment, **way, **place.as_fields()}
    changed = [field for field, value in values.items() if getattr(workplace, field) != value]
    for field in changed:
        setattr(workplace, field, values[field])
    workplace.full_clean()
    workplace.save(update_fields=[*changed, *KEYS])
    audit.record(workplace, "workplace_changed", by=by, at=at, changes={"fields": changed})
    return workplace


@one_write
def answer_adaptations(
    *, workplace_id: UUID, answers: Mapping[str, bool | None], by: User, at: datetime
) -> Workplace:
    """Keep what can be arranged at a workplace and what cannot, for every opening there; None takes it back.

    What is not among `answers` stays as it is. Raises Workplace.DoesNotExist when `by` may not write for its
    employer, and Refused for what is no adaptation.
    """
    if not answers.keys() <= set(Adaptation.values):
        raise Refused(ArrangingRefusal.UNKNOWN_ADAPTATION)
    lists = ("adaptations_offered", "adaptations_refused")
    return _answer(workplace_id, answers, lists, action="adaptations_answered", by=by, at=at)


@one_write
def answer_facts(
    *, workplace_id: UUID, answers: Mapping[str, bool | None], by: User, at: datetime
) -> Workplace:
    """Keep what is so at a workplace and what is not, by code of WorkFact; None takes it back.

    What is not among `answers` stays as it is; openings follow at once, save where they say otherwise. Raises
    Workplace.DoesNotExist when `by` may not write for its employer, and Refused for what is no such fact.
    """
    if not answers.keys() <= set(WorkFact.values):
        raise Refused(ArrangingRefusal.UNKNOWN_FACT)
    lists = ("facts_present", "facts_absent")
    return _answer(workplace_id, answers, lists, action="work_facts_answered", by=by, at=at)


def _answer(
    workplace_id: UUID,
    answers: Mapping[str, bool | None],
    lists: tuple[str, str],
    *,
    action: str,
    by: User,
    at: datetime,
) -> Workplace:
    """Keep yes in the first of `lists` and no in the second; the same again writes nothing."""
    own = Workplace.objects.writable_by(by).filter(pk=workplace_id)
    # As rows: whoever answers both on one page locks the workplace for both, which is no loop.
    if not (found := list(locked(own, "employer"))):
        raise Workplace.DoesNotExist
    workplace = found[0]
    yes, no = lists
    said: dict[str, bool | None] = dict.fromkeys(getattr(workplace, yes), True)
    said |= dict.fromkeys(getattr(workplace, no), False)
    changed = {code: answer for code, answer in answers.items() if said.get(code) != answer}
    if changed:
        said |= changed
        setattr(workplace, yes, sorted(code for code, answer in said.items() if answer is True))
        setattr(workplace, no, sorted(code for code, answer in said.items() if answer is False))
        workplace.save(update_fields=lists)
        audit.record(workplace, action, by=by, at=at, changes={"answers": changed})
    return workplace
