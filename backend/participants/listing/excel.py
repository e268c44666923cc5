"""The columns of the Excel file."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.participants.models import Participant

EXPORTED = (
    _("Reference"),
    _("Surname"),
    _("First name"),
    _("State"),
    _("Waiting since"),
    _("Days waited"),
    _("Last contact"),
    _("Job coach"),
    _("Unit"),
    _("Place"),
)


def exported(participant: Participant, *, today: date) -> list[Any]:
    """Return the cells of one participant, in the order of EXPORTED: what the page shows, and no more."""
    return [
        participant.reference,
        participant.last_name,
        participant.first_name,
        participant.get_state_display(),
        participant.waiting_since,
        participant.days_waited(today),
        participant.last_contact_on,
        str(participant.coach),
        participant.unit.name,
        participant.locality_name or participant.place_text,
    ]
