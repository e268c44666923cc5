"""What staff say before a sole trader's number is shown."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NumberForm(forms.Form):
    """Why the number is needed; it stands in the log."""

    why = forms.CharField(
        label=_("Why do you need it?"),
        max_length=200,
        help_text=_("For example: to look into tax debts. It is noted that you saw the number."),
    )
