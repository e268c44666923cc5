"""What is asked before an opening is paused."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker


class PauseForm(forms.Form):
    """Until when; the service says which days can be."""

    back_on = WorkingDate(
        label=_("Comes back by itself on"),
        help_text=_("Leave empty if you do not know yet. Then you put it back yourself."),
        required=False,
        widget=DatePicker,
    )
