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
) -> Workplace:
    """Add an address where `employer` receives people.

    Raises Employer.DoesNotExist when `by` may not write for the employer.
    """
    own = Employer.objects.writable_by(by).get(pk=employer.pk)
    workplace = Workplace(
        employer=own, name=name, street=street, environment=environment, **place.as_fields()
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
) -> Workplace:
    """Change an address. Raises Workplace.DoesNotExist when `by` may not write for its employer."""
    workplace = Workplace.objects.writable_by(by).get(pk=workplace_id)
    values = {"name": name, "street": street, "environment": environment, **place.as_fields()}
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
    own = Workplace.objects.writable_by(by).filter(pk=workplace_id)
    workplace = locked(own, "employer").get()
    said: dict[str, bool | None] = dict.fromkeys(workplace.adaptations_offered, True)
    said |= dict.fromkeys(workplace.adaptations_refused, False)
    changed = {code: answer for code, answer in answers.items() if said.get(code) != answer}
    if changed:
        said |= changed
        workplace.adaptations_offered = sorted(code for code, answer in said.items() if answer is True)
        workplace.adaptations_refused = sorted(code for code, answer in said.items() if answer is False)
        workplace.save(update_fields=["adaptations_offered", "adaptations_refused"])
        audit.record(workplace, "adaptations_answered", by=by, at=at, changes={"answers": changed})
    return workplace
