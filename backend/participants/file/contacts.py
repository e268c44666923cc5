"""What a coach fills in about a contact."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.accounts.journal.forms import JournalForm
from backend.core.ui.addresses import address
from backend.participants.forms import NO_HEALTH

FROM_MY_DAY = "min-dag"
"""What the address says of whoever came from My day, and goes back there."""


def address_from_my_day(participant_id: UUID) -> str:
    """Return where a contact is noted, by whoever goes back to My day then."""
    return f"{address('participants:contact_record', participant_id)}?fran={FROM_MY_DAY}"


class ContactForm(JournalForm):
    """A line of the journal of a case."""

    line = forms.CharField(label=_("One line"), max_length=200, required=False, help_text=NO_HEALTH)
