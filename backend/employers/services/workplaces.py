"""Where an employer receives people."""

from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.text.keys import KEYS
from backend.core.writing import audit
from backend.core.writing.transactions import one_write
from backend.employers.models import Employer, Workplace
from backend.places.found import Place


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
