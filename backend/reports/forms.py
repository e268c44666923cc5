"""The period that a report covers."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker
from backend.reports.figures import Period


class PeriodForm(forms.Form):
    """First and last day, both included."""

    first = WorkingDate(label=gettext_lazy("From"), widget=DatePicker)
    last = WorkingDate(label=gettext_lazy("To"), widget=DatePicker)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        values = super().clean() or {}
        if values.get("first") and values.get("last") and values["last"] < values["first"]:
            self.add_error("last", _("The last day cannot come before the first."))
        return values

    @property
    def period(self) -> Period:
        """The period of a valid form."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])


def last_year(today: date) -> dict[str, str]:
    """Return the form's values for the twelve months until today."""
    return {"first": str(today - timedelta(days=364)), "last": str(today)}
