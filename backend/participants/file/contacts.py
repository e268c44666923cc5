"""What a coach fills in about a contact."""

from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.core.fields import WorkingDate
from backend.core.ui.addresses import address
from backend.core.ui.widgets import DatePicker
from backend.participants.enums import ContactChannel
from backend.participants.forms import NO_HEALTH

FROM_MY_DAY = "min-dag"
"""What the address says of whoever came from My day, and goes back there."""


def address_from_my_day(participant_id: UUID) -> str:
    """Return where a contact is noted, by whoever goes back to My day then."""
    return f"{address('participants:contact_record', participant_id)}?fran={FROM_MY_DAY}"


class ContactForm(forms.Form):
    """A line of the journal; only the way and the day are asked for, and both are filled in."""

    channel = forms.ChoiceField(
        label=_("How"), choices=ContactChannel, initial=ContactChannel.PHONE, widget=forms.RadioSelect
    )
    on = WorkingDate(label=_("Day"), widget=DatePicker, initial=timezone.localdate)
    line = forms.CharField(label=_("One line"), max_length=200, required=False, help_text=NO_HEALTH)
    next_step = forms.CharField(
        label=_("Next step"),
        max_length=120,
        required=False,
        help_text=_("For example: call about the study visit. It stands in My day when its day comes."),
    )
    next_on = WorkingDate(label=_("Next step on"), widget=DatePicker, required=False)
