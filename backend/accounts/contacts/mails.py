"""What stands under the mails of a municipality: its name, telephone number and e-mail address."""

from datetime import date
from uuid import UUID

from backend.accounts.models import MunicipalityContact
from backend.core.outbox.reached import tell_reached


@tell_reached
def lines(municipality: UUID, on: date) -> str:
    """Return how the municipality is reached on a day; nothing while it has not said so."""
    contacts = MunicipalityContact.objects.in_force(on).filter(municipality=municipality)
    contact = contacts.select_related("municipality").first()
    return f"{contact.municipality}, {contact.phone}, {contact.email}" if contact else ""
