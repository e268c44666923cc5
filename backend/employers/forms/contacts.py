"""What staff fill in about a contact with an employer."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.accounts.journal.forms import JournalForm
from backend.core.ui.addresses import address

FROM_MY_DAY = "min-dag"
"""What the address says of whoever came from My day, and goes back there."""


def address_from_my_day(employer_id: UUID) -> str:
    """Return where a contact is noted, by whoever goes back to My day then."""
    return f"{address('employers:employer_contact_record', employer_id)}?fran={FROM_MY_DAY}"


class EmployerContactForm(JournalForm):
    """A line of an employer's journal, which colleagues read."""

    line = forms.CharField(
        label=_("One line"),
        max_length=200,
        required=False,
        help_text=_("Your colleagues read this. Write nothing about participants."),
    )
    with_whom = forms.CharField(label=_("With whom"), max_length=100, required=False)
    field_order = ("channel", "on", "with_whom", "line", "next_step", "next_on")
