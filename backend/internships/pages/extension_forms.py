"""What a coach writes when an internship is extended, or agreed anew from a day on."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker
from backend.internships.enums import ConsultationOutcome
from backend.internships.models import Internship
from backend.participants.forms import NO_HEALTH

KEPT = ("ends_on", "hours_per_week", "tasks", "basis_by", "basis_from", "basis_until")
"""What stands is filled in; the new decision and what the union says of it are written anew."""


class ExtensionForm(forms.Form):
    """The new terms, from which day, by which decision, and what the union says of them."""

    valid_from = WorkingDate(label=_("Holds from"), widget=DatePicker)
    ends_on = WorkingDate(label=_("New last day"), widget=DatePicker)
    hours_per_week = forms.DecimalField(
        label=_("Hours a week"), min_value=1, max_value=40, max_digits=4, decimal_places=2
    )
    tasks = forms.CharField(label=_("Tasks"), max_length=2000, widget=forms.Textarea({"rows": 4}))
    new_content = forms.CharField(
        label=_("What is new?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Learning goals or duties that were not there before. Nothing about health."),
    )
    basis_by = forms.CharField(label=_("Who decided"), max_length=100)
    decision_reference = forms.CharField(label=_("Reference of the decision"), max_length=60)
    basis_from = WorkingDate(label=_("The decision holds from"), widget=DatePicker)
    basis_until = WorkingDate(label=_("The decision holds until"), widget=DatePicker)
    union_name = forms.CharField(label=_("Union asked"), max_length=100, required=False)
    union_asked_on = WorkingDate(label=_("Union asked on"), required=False, widget=DatePicker)
    union_outcome = forms.ChoiceField(
        label=_("The union's answer"), choices=[("", "–"), *ConsultationOutcome.choices]
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=NO_HEALTH,
    )
    groups: tuple[Any, ...] = (
        (_("What is agreed anew"), ["valid_from", "ends_on", "hours_per_week", "tasks", "new_content"]),
        (_("The new decision"), ["basis_by", "decision_reference", "basis_from", "basis_until"]),
        (_("The union"), ["union_name", "union_asked_on", "union_outcome"]),
        (_("Why?"), ["why"]),
    )


def terms_that_stand(internship: Internship) -> dict[str, Any]:
    """Return what stands, for the form to begin with."""
    after = internship.ends_on + timedelta(days=1)
    return {"valid_from": after, **{name: getattr(internship, name) for name in KEPT}}
