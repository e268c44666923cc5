"""What a coach writes of a pause, and of somebody who never came."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker
from backend.internships.enums import PauseReason, Side
from backend.participants.forms import NO_HEALTH


class NoShowForm(forms.Form):
    """Whose circumstances it was that nobody came."""

    side = forms.ChoiceField(
        label=_("Whose side was it that nobody came?"), choices=Side, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("In your own words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=NO_HEALTH,
    )


class PauseForm(forms.Form):
    """From when, until when and why nobody goes there; never because of health."""

    from_on = WorkingDate(label=_("First day of the pause"), widget=DatePicker)
    back_on = WorkingDate(
        label=_("Expected back on"), widget=DatePicker, help_text=_("The first day in the internship again.")
    )
    reason = forms.ChoiceField(
        label=_("Why?"), choices=[("", "–"), *PauseReason.choices], help_text=_("Never write an illness.")
    )


class ReturnForm(forms.Form):
    back_on = WorkingDate(label=_("Expected back on"), widget=DatePicker)
    why = forms.CharField(label=_("Why is it changed?"), max_length=300, help_text=NO_HEALTH)


class ResumeForm(forms.Form):
    resumed_on = WorkingDate(label=_("First day back"), widget=DatePicker)
