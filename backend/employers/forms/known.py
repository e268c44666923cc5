"""The form of what is known of an employer."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.employers.enums import CollectiveAgreement, EmployerKind, Sector, SocialCriterion
from backend.employers.models import Employer

NOT_SAID = ("", _("Not said"))


class FactsForm(forms.Form):
    """Facts that staff see, and that are used where the union is asked about a workplace."""

    SINGLE: ClassVar = (
        *("kind", "employees", "website", "sector"),
        *("collective_agreement", "agreement_with", "union_contact"),
    )

    kind = forms.ChoiceField(
        label=_("Kind of organisation"), choices=EmployerKind.choices, widget=forms.RadioSelect
    )
    criteria = forms.MultipleChoiceField(
        label=_("Criteria of a social enterprise"),
        help_text=_("Only for social enterprises. Your name and today's date are kept with what you tick."),
        choices=SocialCriterion.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=[NOT_SAID, *Sector.choices], required=False)
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
    collective_agreement = forms.ChoiceField(
        label=_("Is there a collective agreement?"),
        choices=[*CollectiveAgreement.choices, NOT_SAID],
        widget=forms.RadioSelect,
        required=False,
    )
    agreement_with = forms.CharField(
        label=_("Which agreement, and with which union?"), max_length=100, required=False
    )
    union_contact = forms.CharField(
        label=_("Union contact"),
        help_text=_("Whom the job coach asks before somebody is placed, and how to reach them."),
        max_length=150,
        required=False,
    )

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        stands = {name: getattr(employer, name) for name in (*self.SINGLE, "criteria")}
        super().__init__(*args, **{"initial": stands, **kwargs})

    @property
    def details(self) -> dict[str, Any]:
        """What `update_facts` takes."""
        facts = {name: self.cleaned_data[name] for name in self.SINGLE}
        return {"facts": facts, "criteria": self.cleaned_data["criteria"]}
