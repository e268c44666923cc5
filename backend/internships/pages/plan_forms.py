"""The plan of a placement as a coach writes it, and as it is changed later."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.ui.widgets import DatePicker
from backend.internships.enums import HAPPENED, NOT_YET
from backend.internships.models import Internship
from backend.participants.forms import NO_HEALTH
from backend.skills.enums import Adaptation

LATER = "later"
"""A group of fields that can wait: it is folded, and says what stands in it."""


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """The terms of a placement; the service asks the safeguards."""

    adaptations = forms.MultipleChoiceField(
        label=_("Arranged at the workplace"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the participant lets the workplace know, and what the workplace offers."),
    )
    groups: tuple[Any, ...] = (
        (
            _("When and what"),
            [
                "kind",
                "programme",
                "starts_on",
                "ends_on",
                "backdated_why",
                "hours_per_week",
                "schedule",
                "tasks",
            ],
        ),
        (_("Who leads the work"), ["supervisor_name", "supervisor_phone"]),
        (
            _("What it rests on"),
            ["basis", "basis_by", "decision_reference", "basis_from", "basis_until", "insurance"],
            _("Without a decision and an insurance the intern would be an employee."),
        ),
        (_("The union"), ["union_name", "union_asked_on", "union_outcome"]),
        (
            _("Tasks made for the person, goals and what is arranged"),
            ["tasks_constructed", "goals", "adaptations", "equipment", "equipment_by"],
            "",
            LATER,
        ),
        (
            _("Risk assessment"),
            ["is_minor", "risk_words", "risk_assessed_on", "risk_assessed_by"],
            _("Needed before anybody under 18 begins. Of the work and the place, never of anybody's health."),
            LATER,
        ),
        (_("Whom to ring in an emergency"), ["emergency_name", "emergency_phone"], "", LATER),
    )

    class Meta:
        model = Internship
        fields: tuple[str, ...] = (
            "kind",
            "programme",
            "starts_on",
            "ends_on",
            "backdated_why",
            "hours_per_week",
            "schedule",
            "tasks",
            "supervisor_name",
            "supervisor_phone",
            "basis",
            "basis_by",
            "decision_reference",
            "basis_from",
            "basis_until",
            "insurance",
            "union_name",
            "union_asked_on",
            "union_outcome",
            "tasks_constructed",
            "goals",
            "equipment",
            "equipment_by",
            "is_minor",
            "risk_words",
            "risk_assessed_on",
            "risk_assessed_by",
            "emergency_name",
            "emergency_phone",
        )
        widgets = {
            "risk_assessed_on": DatePicker,
            "tasks_constructed": forms.Textarea({"rows": 3}),
            "goals": forms.Textarea({"rows": 3}),
            "risk_words": forms.Textarea({"rows": 4}),
            "starts_on": DatePicker,
            "ends_on": DatePicker,
            "union_asked_on": DatePicker,
            "basis_from": DatePicker,
            "basis_until": DatePicker,
            "tasks": forms.Textarea({"rows": 4}),
        }
        error_messages = {
            "starts_on": {"required": _("Choose the first day.")},
            "ends_on": {"required": _("Choose the last day.")},
        }
        help_texts = {
            "schedule": _("For example: Monday to Thursday 9–15, half an hour's lunch."),
            "tasks": _("What the workplace would do anyway, in plain words: one task a line."),
            "tasks_constructed": _("What is done because somebody is there to learn: one task a line."),
            "goals": _(
                "What the participant shall be able to do: one thing a line, at most eight. The workplace is "
                "asked about them when the internship is over."
            ),
            "equipment": _("For example: working clothes and shoes."),
            "risk_words": NO_HEALTH,
            "emergency_name": _("Somebody at the workplace."),
            "backdated_why": _("Only if the first day is past."),
            "basis_by": _("For example: Arbetsförmedlingen, Anna Ek."),
            "programme": _("Some programmes have shorter or longer times by statute."),
            "union_asked_on": _("The local union party must be asked before anybody is placed."),
        }

    def __init__(
        self,
        *args: Any,
        arranged: Collection[str] = (),
        fits: Collection[str] = (),
        unions: str = "",
        **kwargs: Any,
    ) -> None:
        """`unions`: what the employer has said of its agreement and of whom to ask."""
        super().__init__(*args, **kwargs)
        if unions:
            self.fields["union_name"].help_text = unions
        self.initial["adaptations"] = sorted({*fits, *self.instance.adaptations})
        codes = {*arranged, *self.instance.adaptations}
        choices = [(code, label) for code, label in Adaptation.choices if code in codes]
        cast("forms.MultipleChoiceField", self.fields["adaptations"]).choices = choices
        is_made_for_person = self.is_bound and bool(self.data.get("tasks_constructed", "").strip())
        self.fields["tasks"].required = not is_made_for_person
        if not choices:
            del self.fields["adaptations"]

    def clean_adaptations(self) -> list[str]:
        """Return the codes as they are kept."""
        return sorted(self.cleaned_data["adaptations"])

    def _get_validation_exclusions(self) -> set[str]:
        # The rest of the row is known to the service alone, and it validates the whole.
        known_to_others = {field.name for field in Internship._meta.get_fields()} - set(self.fields)
        return super()._get_validation_exclusions() | known_to_others  # type: ignore[no-any-return, misc]

    def validate_constraints(self) -> None:
        """Leave the constraints to the service, which knows the whole row."""


class TermsForm(PlanForm):
    """The terms of a placement that is planned, goes on or has ended, and why they are changed."""

    why = forms.CharField(
        label=_("Why is it changed?"),
        max_length=300,
        help_text=_("For example: a new decision, or what was written wrong."),
    )
    groups = (*PlanForm.groups, (_("What happened"), [*HAPPENED]), (_("The change"), ["why"]))

    class Meta(PlanForm.Meta):
        fields = (*PlanForm.Meta.fields, *HAPPENED)
        widgets = {**PlanForm.Meta.widgets, "started_on": DatePicker, "ended_on": DatePicker}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in HAPPENED:
            if name in NOT_YET[self.instance.state]:
                del self.fields[name]
            else:
                self.fields[name].required = True
