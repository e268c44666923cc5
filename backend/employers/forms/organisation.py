"""Forms about an organisation: its registration, its workplaces, and what was checked."""

import re
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Municipality
from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker
from backend.employers.enums import CallBackOutcome, CheckKind, CheckOutcome, EmployerKind
from backend.employers.forms.arranging import answers_of, arranging_field, facts_field, facts_of
from backend.employers.models import Employer, EmployerMembership, Workplace
from backend.employers.organisationsnummer import clean_organisationsnummer
from backend.employers.services import valid_until
from backend.employers.work_facts import WorkFact
from backend.places.forms import PlaceField, initial_place
from backend.skills.enums import Adaptation


class OrganisationNumberField(forms.CharField):
    """A text field that takes an organisation number as people write it and gives its ten digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Organisation number"))
        kwargs.setdefault(
            "help_text",
            _(
                "Ten digits, for example 556000-4615. A sole trader writes the personal identity number, "
                "which is encrypted and shown to nobody but you and staff who say why."
            ),
        )
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return the digits. Raises ValidationError that says what is wrong."""
        return clean_organisationsnummer(super().clean(value))


class RegistrationForm(forms.Form):
    """Which organisation somebody speaks for."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by("area__sort_key"),
        label=_("Municipality"),
        help_text=_("The municipality whose labour-market unit you want to work with."),
    )
    organisationsnummer = OrganisationNumberField()
    name = forms.CharField(label=_("Name of the organisation"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=EmployerKind.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("If you choose none, the number decides."),
    )
    employees = forms.IntegerField(
        label=_("Number of employees"),
        help_text=_("An estimate is enough."),
        min_value=0,
        max_value=1_000_000,
        required=False,
    )
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https", widget=forms.TextInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["municipality"].queryset  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["municipality"].initial = choices[0]
            self.fields["municipality"].widget = forms.HiddenInput()


class WorkplaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """An address where people are received."""

    place = PlaceField(help_text=_("For example 632 20 or Torshälla."))
    adaptations = arranging_field(
        label=_("What can be arranged here?"),
        help_text=_("It holds for every opening here. What you do not answer is asked about."),
    )
    facts = facts_field(
        label=_("How is it here?"),
        help_text=_(
            "It helps us to find people whom the work suits. What you do not answer is asked about when it "
            "matters."
        ),
    )
    field_order = [
        *("name", "place", "street", "nearest_stop", "walk_minutes", "environment"),
        *("facts", "adaptations"),
    ]

    class Meta:
        model = Workplace
        fields: ClassVar = ["name", "street", "nearest_stop", "walk_minutes", "environment"]

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        if kwargs["instance"] is not None:
            kwargs["initial"] = {
                **initial_place(kwargs["instance"]),
                "adaptations": answers_of(kwargs["instance"]),
                "facts": facts_of(kwargs["instance"]),
                **kwargs.get("initial", {}),
            }
        super().__init__(*args, **kwargs)
        self.fields["place"].near_municipality = employer.municipality.area_id  # type: ignore[attr-defined]

    @property
    def details(self) -> dict[str, Any]:
        """What the services take of a workplace."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("adaptations", "facts")
        }

    @property
    def answers(self) -> dict[str, bool | None]:
        """What can be arranged; None for what is not said."""
        said: dict[str, bool] = self.cleaned_data["adaptations"]
        return {code: said.get(code) for code in Adaptation.values}

    @property
    def facts_told(self) -> dict[str, bool | None]:
        """How it is there; None for what is not told."""
        said: dict[str, bool] = self.cleaned_data["facts"]
        return {code: said.get(code) for code in WorkFact.values}


class CheckForm(forms.Form):
    """What somebody looked into about an employer, several kinds at once when they were found alike."""

    kinds = forms.MultipleChoiceField(
        label=_("What was checked"), choices=CheckKind.choices, widget=forms.CheckboxSelectMultiple
    )
    outcome = forms.ChoiceField(
        label=_("What was found"), choices=CheckOutcome.choices, widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        help_text=_("Where you looked, for example an extract from the register. Nothing about people."),
        max_length=300,
    )
    checked_on = WorkingDate(label=_("Checked on"), widget=DatePicker)
    valid_until = WorkingDate(label=_("Valid until"), widget=DatePicker)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checked_on"].initial = day
        self.fields["valid_until"].initial = valid_until(day=day)

    def clean_checked_on(self) -> date:
        """Refuse a check that has not been made yet."""
        day: date = self.cleaned_data["checked_on"]
        if day > self.fields["checked_on"].initial:
            raise ValidationError(_("The day has not come yet."))
        return day


def _digits_of(number: str) -> str:
    """Return the last digits of a telephone number, which are the same with and without a country's code."""
    return re.sub(r"\D", "", number)[-8:]


class CallBackForm(forms.Form):
    """A call to a public number of the employer, about a member."""

    number = forms.CharField(
        label=_("Which number did you call?"),
        help_text=_("One that the organisation itself has made public, never the one that the person gave."),
        max_length=30,
        widget=forms.TextInput({"inputmode": "tel"}),
    )
    found_at = forms.CharField(
        label=_("Where did you find it?"),
        help_text=_("For example the organisation's website or a register."),
        max_length=200,
    )
    outcome = forms.ChoiceField(
        label=_("What did they say?"), choices=CallBackOutcome.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, member: EmployerMembership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_number = _digits_of(member.user.phone)

    def clean_number(self) -> str:
        """Refuse the number that the member has given: whoever answers there proves nothing."""
        number: str = self.cleaned_data["number"]
        if self.own_number and _digits_of(number) == self.own_number:
            raise ValidationError(_("This is the number that the person gave. Call one that is public."))
        return number


class ReturnForm(forms.Form):
    """Why an opening is given back."""

    why = forms.CharField(
        label=_("What should be changed?"),
        help_text=_("The employer reads this on the opening's page."),
        max_length=1000,
        widget=forms.Textarea({"rows": "3"}),
        error_messages={"required": _("Write what should be changed.")},
    )
