"""What is known of an employer beside its number and name."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.employers.enums import EmployerKind
from backend.employers.models import Employer
from backend.employers.refusals import OrganisationRefusal

FACTS = frozenset(
    {"kind", "employees", "website", "sector", "collective_agreement", "agreement_with", "union_contact"}
)


@one_write
def show_number(*, employer_id: UUID, why: str, by: User, at: datetime) -> str:
    """Return the number of an employer as people write it, a sole trader's too, and note who saw it and why.

    Raises Employer.DoesNotExist when `by` does not decide on the employer, and Refused without a reason.
    """
    employer = Employer.objects.decidable_by(by).get(pk=employer_id)
    if not why.strip():
        raise Refused(OrganisationRefusal.NUMBER_WITHOUT_REASON, about="why")
    audit.record(employer, "number_shown", by=by, at=at, why=why.strip())
    return employer.own_number


@one_write
def update_facts(
    *,
    employer_id: UUID,
    facts: Mapping[str, Any],
    by: User,
    at: datetime,
    criteria: Iterable[str] | None = None,
) -> Employer:
    """Change facts of an employer, any of FACTS, and attest which criteria of a social enterprise it meets.

    What is not among `facts` stays, and so do the criteria when they are None. Who attests others than those
    that stand does so today; an employer of another kind has none. Raises Employer.DoesNotExist when
    `by` does not administer it, and ValidationError for what does not hold together.
    """
    if unknown := facts.keys() - FACTS:
        raise TypeError(f"no facts of an employer: {', '.join(sorted(unknown))}")
    employer = locked(Employer.objects.administered_by(by).filter(pk=employer_id)).get()
    changed = [name for name, value in facts.items() if getattr(employer, name) != value]
    for name in changed:
        setattr(employer, name, facts[name])
    wanted = sorted(set(employer.criteria if criteria is None else criteria))
    if employer.kind != EmployerKind.SOCIAL_ENTERPRISE:
        wanted = []
    is_attested = wanted != sorted(employer.criteria)
    if is_attested:
        employer.criteria = wanted
        employer.criteria_attested_on = day_of(at) if wanted else None
        employer.criteria_attested_by = by if wanted else None
    employer.full_clean()
    employer.save(update_fields=[*changed, "criteria", "criteria_attested_on", "criteria_attested_by"])
    if changed:
        audit.record(employer, "facts_changed", by=by, at=at, changes={"fields": changed})
    if is_attested:
        audit.record(employer, "criteria_attested", by=by, at=at, changes={"criteria": wanted})
    return employer
