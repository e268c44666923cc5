"""What staff fill in about a contact."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts.journal.lines import ContactChannel
from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker


class JournalForm(forms.Form):
    """A line of a journal; only the way and the day are asked for, and both are filled in."""

    channel = forms.ChoiceField(
        label=_("How"), choices=ContactChannel, initial=ContactChannel.PHONE, widget=forms.RadioSelect
    )
    on = WorkingDate(label=_("Day"), widget=DatePicker, initial=timezone.localdate)
    line = forms.CharField(label=_("One line"), max_length=200, required=False)
    next_step = forms.CharField(
        label=_("Next step"),
        max_length=120,
        required=False,
        help_text=_("For example: call about the study visit. It stands in My day when its day comes."),
    )
    next_on = WorkingDate(label=_("Next step on"), widget=DatePicker, required=False)
