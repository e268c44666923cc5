"""What an administrator says of how the municipality is reached."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Accessibility
from backend.accounts.models import MunicipalityContact
from backend.core.ui.widgets import DatePicker


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """The contact from a day on. Nothing is saved here: what was said goes to the service."""

    accessibility = forms.ChoiceField(
        label=_("Follows WCAG 2.2 AA"), choices=Accessibility, widget=forms.RadioSelect
    )

    class Meta:
        model = MunicipalityContact
        fields = (
            "valid_from",
            "phone",
            "hours",
            "email",
            "address",
            "controller",
            "protection_officer",
            "accessibility_email",
            "accessibility",
            "shortcomings",
            "tested_on",
            "tested_how",
        )
        widgets = {
            "valid_from": DatePicker,
            "tested_on": DatePicker,
            "shortcomings": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "hours": _("For example weekdays 9–15."),
            "controller": _("The board that answers for the data, for example the labour-market board."),
            "shortcomings": _("One thing a line. Printed in the accessibility statement."),
        }

    def validate_unique(self) -> None:
        """Leave it to the service, which replaces what was said from the same day."""

    def validate_constraints(self) -> None:
        """Leave it to the service."""
