"""Setting how a municipality is reached from a day on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import Municipality, MunicipalityContact, User
from backend.core.writing import audit
from backend.core.writing.transactions import locked, one_write


@one_write
def set_contact(*, municipality_id: UUID, by: User, at: datetime, **said: Any) -> MunicipalityContact:
    """Set the contact that holds from `valid_from` on; one of the same day is replaced, earlier ones stay.

    Raises Municipality.DoesNotExist for who does not administer it, and ValidationError for what cannot be.
    """
    municipality = locked(Municipality.objects.run_by(by).filter(pk=municipality_id)).get()
    same_day = MunicipalityContact.objects.filter(
        municipality=municipality, valid_from=said["valid_from"]
    ).first()
    contact = same_day or MunicipalityContact(municipality=municipality)
    for name, value in said.items():
        setattr(contact, name, value)
    contact.full_clean()
    contact.save()
    audit.record(municipality, "contact_set", by=by, at=at, changes={"from": said["valid_from"].isoformat()})
    return contact
