"""The form of an opening, and of lasting places, which asks for a little more."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.forms.models import fields_for_model
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from backend.core.ui.forms import ConstraintsByField
from backend.core.ui.widgets import Combobox, DatePicker
from backend.employers.enums import Intent, OpeningKind, PlacementKind
from backend.employers.forms.arranging import (
    answers_of,
    arranging_field,
    codes_of,
    facts_field,
    facts_of,
)
from backend.employers.models import Capacity, Opening, Workplace
from backend.skills.enums import Licence, Weekday


class WorkplaceChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Workplaces by name and place; with the employer's name where there are several employers."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what the list shows for one workplace."""
        place = obj.locality_name or obj.place_text
        named = obj.name if place in obj.name else f"{obj.name}, {place}"
        return f"{obj.employer} – {named}" if self.names_employers else named

    @property
    def names_employers(self) -> bool:
        """Whether the choice is between workplaces of several employers."""
        return len({workplace.employer_id for workplace in self.queryset or ()}) > 1


def _codes(label: Any, choices: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class OpeningForm(ConstraintsByField, forms.ModelForm):  # type: ignore[type-arg]
    """An opening, except its rows of skills and languages.

    `needed_later`: what a draft may lack and a published opening may not; it is not called optional.
    """

    needed_later = ("description",)
    asks_week = True
    """Whether hours and weekdays are asked here; a week of lasting places has a form of its own."""

    workplace = WorkplaceChoice(Workplace.objects.none(), label=_("Workplace"))
    occupation = forms.CharField(
        label=_("Occupation"),
        help_text=_("In your own words, for example “cook” or “warehouse worker”."),
        max_length=200,
        required=False,
        widget=Combobox(
            "skills:occupation_suggestion_list",
            {
                "hx-get": reverse_lazy("employers:usual_skills"),
                "hx-trigger": "change",
                "hx-target": "#usual-skills",
                "hx-swap": "outerHTML",
                "hx-include": "[name^=skills-]",
            },
        ),
    )
    weekdays = _codes(
        _("Weekdays"),
        [(code, capfirst(day)) for code, day in Weekday.choices],
        help_text=_("Leave empty if it does not matter."),
    )
    licences = _codes(_("Licences that are needed"), Licence.choices)
    adaptations = arranging_field(
        label=_("What can you arrange?"),
        help_text=_(
            "Tick only what you can truly arrange: it opens the door for more people. What you do not "
            "tick is asked about when somebody needs it."
        ),
    )
    facts = facts_field(
        label=_("What is different in this work?"),
        help_text=_("Only what is not as at the workplace; you answer for the workplace on its own page."),
        not_told=_("As at the workplace"),
    )

    class Meta:
        model = Opening
        fields: ClassVar = [
            "kind",
            "intent",
            "title",
            "description",
            "workplace",
            "places",
            "starts_on",
            "ends_on",
            "hours_min",
            "hours_max",
            "weekdays",
            "supervisor_name",
            "licences",
            "adaptations",
        ]
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            "intent": forms.RadioSelect,
            "description": forms.Textarea({"rows": "6"}),
            "places": forms.NumberInput({"min": "1", "max": "200"}),
            "starts_on": DatePicker,
            "ends_on": DatePicker,
        }
        help_texts: ClassVar = {
            "title": _("For example “Kitchen assistant in a school kitchen”."),
            "description": _(
                "Needed to publish. What does one do on an ordinary day? Write nothing about anybody's "
                "health."
            ),
            "intent": _("For an internship. Say it as it is: people plan their lives by it."),
            "starts_on": _("Leave empty if it can begin at any time."),
            "ends_on": _("Leave empty if there is no end."),
            "supervisor_name": _("Who shows the work. Shown only to you and the municipality's staff."),
        }

    def __init__(self, *args: Any, workplaces: models.QuerySet[Workplace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["workplace"]
        field.queryset = workplaces.select_related("employer")  # type: ignore[attr-defined]
        is_given = len(field.queryset) == 1  # type: ignore[attr-defined]
        self._show_answers(field.queryset[0] if is_given else None)  # type: ignore[attr-defined]
        field.empty_label = None if is_given else _("Choose a workplace")  # type: ignore[attr-defined]
        for name, choices in (("kind", OpeningKind.choices), ("intent", Intent.choices)):
            if name in self.fields:
                self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _show_answers(self, only: Workplace | None) -> None:
        """Begin with what has been said of the workplace: the opening's own, or the only one there is."""
        stored = not self.instance._state.adding
        workplace = self.instance.workplace if stored else only
        self.shows_answers_of = str(workplace.pk) if workplace else ""
        if self.is_bound and "answers_of" in self.data:
            # The page was shown before it was known where, and stayed as it was.
            self.shows_answers_of = self.data["answers_of"]
        said = answers_of(workplace) if workplace else {}
        self.initial["adaptations"] = said | dict.fromkeys(self.instance.adaptations, "yes")
        self.initial["facts"] = facts_of(self.instance)

    def clean(self) -> dict[str, Any]:
        """Give a job its intent, which the form asks of internships only."""
        values = super().clean() or {}
        if values.get("kind") == OpeningKind.JOB:
            values["intent"] = Intent.WILL_HIRE
        return values

    def clean_adaptations(self) -> list[str]:
        """Keep apart what is said of the opening, which is what it offers, and what of the workplace."""
        self.answers: dict[str, bool] = self.cleaned_data["adaptations"]
        return sorted(code for code, can_be_done in self.answers.items() if can_be_done)

    def answers_of_workplace(self, workplace: Workplace) -> dict[str, bool | None]:
        """Return what the form says of `workplace`: each no, and where it had answered otherwise, that too.

        Where its answers were shown, one that is cleared is taken back.
        """
        said: dict[str, bool | None] = {code: False for code, yes in self.answers.items() if not yes}
        said |= {code: True for code in workplace.adaptations_refused if self.answers.get(code)}
        if self.shows_answers_of == str(workplace.pk):
            told = (*workplace.adaptations_offered, *workplace.adaptations_refused)
            said |= {code: None for code in told if code not in self.answers}
        return said

    def opening_fields(self) -> dict[str, Any]:
        """Return the values for the service."""
        own = {
            name: value for name, value in self.cleaned_data.items() if name not in ("occupation", "facts")
        }
        return own | codes_of(self.cleaned_data["facts"])


class CapacityForm(OpeningForm):
    """Lasting places: an internship that stays, with its kind of placement and its supervisors."""

    _own = fields_for_model(
        Capacity,
        ["placement_kind", "supervisors", "support"],
        widgets={"support": forms.Textarea({"rows": "3"})},
    )
    placement_kind = _own["placement_kind"]
    supervisors = _own["supervisors"]
    support = _own["support"]

    class Meta(OpeningForm.Meta):
        fields: ClassVar = [name for name in OpeningForm.Meta.fields if name != "kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kind = OpeningKind.INTERNSHIP
        kinds = [("", _("Choose a kind of placement")), *PlacementKind.choices]
        self.fields["placement_kind"].choices = kinds  # type: ignore[attr-defined]
        capacity = self.instance.capacity
        if capacity is not None and capacity.days.exists():
            self.asks_week = False
            for name in ("hours_min", "hours_max", "weekdays"):
                del self.fields[name]
