"""What coach, employer and participant write about an internship."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.ui.widgets import DatePicker
from backend.internships.enums import (
    EmploymentForm,
    EndReason,
    Mood,
    RetentionAnswer,
    Side,
)
from backend.internships.models import Internship
from backend.participants.forms import NO_HEALTH


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """The terms of a placement; the service asks the safeguards."""

    groups = (
        (_("When and what"), ["kind", "starts_on", "ends_on", "hours_per_week", "tasks"]),
        (_("Who leads the work"), ["supervisor_name", "supervisor_phone"]),
        (
            _("What it rests on"),
            ["decided_by", "decision_reference", "insurance"],
            _("Without a decision and an insurance the intern would be an employee."),
        ),
        (_("The union"), ["union_name", "union_asked_on", "union_outcome"]),
    )

    class Meta:
        model = Internship
        fields = (
            "kind",
            "starts_on",
            "ends_on",
            "hours_per_week",
            "tasks",
            "supervisor_name",
            "supervisor_phone",
            "decided_by",
            "decision_reference",
            "insurance",
            "union_name",
            "union_asked_on",
            "union_outcome",
        )
        widgets = {
            "starts_on": DatePicker,
            "ends_on": DatePicker,
            "union_asked_on": DatePicker,
            "tasks": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "tasks": _("What the participant will do and learn, in plain words."),
            "union_asked_on": _("The local union party must be asked before anybody is placed."),
        }

    def _get_validation_exclusions(self) -> set[str]:
        # The rest of the row is known to the service alone, and it validates the whole.
        return {field.name for field in Internship._meta.get_fields()} - set(self.fields)

    def validate_constraints(self) -> None:
        """Leave the constraints to the service, which knows the whole row."""


class StartForm(forms.Form):
    started_on = forms.DateField(label=_("First day"), widget=DatePicker)


class CompleteForm(forms.Form):
    ended_on = forms.DateField(label=_("Last day"), widget=DatePicker)


class EndEarlyForm(CompleteForm):
    """Which side, and why."""

    side = forms.ChoiceField(label=_("Whose circumstances ended it?"), choices=Side, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Why?"), choices=[("", "–"), *EndReason.choices])
    note = forms.CharField(
        label=_("In your own words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=NO_HEALTH,
    )


class CancelForm(forms.Form):
    why = forms.CharField(label=_("Why is it called off?"), max_length=300)


class AnswerForm(forms.Form):
    """How it goes: one of three answers and, if one wants, some words."""

    mood = forms.ChoiceField(label=_("How is it going?"), choices=Mood, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Do you want to tell more?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=NO_HEALTH,
    )


class OnBehalfForm(AnswerForm):
    """The coach fills in what somebody said by phone."""

    side = forms.ChoiceField(
        label=_("Who said so?"),
        choices=[("employer", _("The employer")), ("participant", _("The participant"))],
        widget=forms.RadioSelect,
    )
    field_order = ("side", "mood", "note")


class CloseForm(forms.Form):
    coach_note = forms.CharField(
        label=_("Your summary"), max_length=2000, widget=forms.Textarea({"rows": 4}), help_text=NO_HEALTH
    )


class ConcernForm(forms.Form):
    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Only the job coach reads this. Write nothing about health or diagnoses."),
    )


class OutcomeForm(forms.Form):
    outcome = forms.CharField(label=_("What was done?"), max_length=2000, widget=forms.Textarea({"rows": 4}))


class JobForm(forms.Form):
    """A paid job."""

    employer_name = forms.CharField(label=_("Employer"), max_length=200)
    title = forms.CharField(label=_("Work"), max_length=150)
    form = forms.ChoiceField(label=_("Form of employment"), choices=EmploymentForm)
    percent = forms.IntegerField(label=_("Percent of full time"), min_value=1, max_value=100, initial=100)
    starts_on = forms.DateField(label=_("First day"), widget=DatePicker)

    def __init__(self, *args: Any, internship: Internship | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if internship is not None:
            del self.fields["employer_name"]


class RetentionForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Is the person still employed?"), choices=RetentionAnswer, widget=forms.RadioSelect
    )
    said_by = forms.CharField(
        label=_("Who said so?"), max_length=100, help_text=_("For example: the participant, by phone.")
    )
