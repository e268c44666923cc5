"""The journal of an employer: one line for each contact, which can be taken back."""

from datetime import date, datetime
from uuid import UUID

from backend.accounts.journal.lines import ContactChannel, check_line
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.transactions import one_write
from backend.employers.models import Employer, EmployerContact


@one_write
def record_employer_contact(
    *,
    employer_id: UUID,
    on: date,
    channel: str = ContactChannel.PHONE,
    with_whom: str = "",
    line: str = "",
    next_step: str = "",
    next_on: date | None = None,
    by: User,
    at: datetime,
) -> EmployerContact:
    """Note that `by` and an employer were in contact `on` a day, and what comes next, if that is agreed.

    Raises Employer.DoesNotExist when `by` does not decide on the employer, and Refused as `check_line` does.
    """
    employer = Employer.objects.decidable_by(by).get(pk=employer_id)
    check_line(on=on, next_step=next_step, next_on=next_on, today=day_of(at))
    contact = EmployerContact(
        employer=employer,
        channel=channel,
        with_whom=with_whom.strip(),
        happened_on=on,
        line=line.strip(),
        next_step=next_step.strip(),
        next_on=next_on,
        recorded_by=by,
        recorded_at=at,
    )
    contact.full_clean()
    contact.save(force_insert=True)
    audit.record(employer, "contact_noted", by=by, at=at)
    return contact


@one_write
def remove_employer_contact(*, contact_id: UUID, by: User, at: datetime) -> Employer:
    """Take back a line that was written by mistake. Raises EmployerContact.DoesNotExist for strangers."""
    contact = EmployerContact.objects.visible_to(by).select_related("employer").get(pk=contact_id)
    employer = contact.employer
    contact.delete()
    audit.record(employer, "contact_taken_back", by=by, at=at)
    return employer
