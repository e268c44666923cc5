"""What a coach writes who places somebody without a proposal."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.ui.widgets import DatePicker
from backend.employers.models import Opening, Workplace
from backend.internships.enums import WITHOUT_PROPOSAL, WayIn
from backend.internships.models import EmergencyContact
from backend.internships.pages.plan_forms import PlanForm
from backend.matching.pages.forms import RenewForm
from backend.participants.models import Participant
from backend.participants.services import Releasable

OF_WAY_IN = ("way_in", "agreed_with", "agreed_on", "work")


class PlaceForm(PlanForm):
    """How the person came there, what the workplace may read of them, and the terms."""

    items = RenewForm.base_fields["items"]
    means = RenewForm.base_fields["means"]
    opening = forms.ModelChoiceField(
        label=_("Which opening's place is it?"),
        queryset=Opening.objects.none(),
        required=False,
        empty_label=_("None of them"),
        help_text=_("One of its places is taken then."),
    )
    groups = (
        (_("How it came about"), [*OF_WAY_IN, "opening"]),
        (
            _("What is told"),
            ["items", "means"],
            _("The participant has said yes to each line. The workplace reads that and nothing else."),
        ),
        *PlanForm.groups,
    )

    class Meta(PlanForm.Meta):
        fields = (*OF_WAY_IN, *PlanForm.Meta.fields)
        widgets = {**PlanForm.Meta.widgets, "way_in": forms.RadioSelect, "agreed_on": DatePicker}
        help_texts = {
            **PlanForm.Meta.help_texts,
            "agreed_with": _("The name of whoever you spoke with. Only if it was agreed by phone."),
            "work": _("For example: kitchen assistant."),
        }

    def __init__(
        self, *args: Any, releasable: Sequence[Releasable], openings: Iterable[Opening], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.value, each.label) for each in WITHOUT_PROPOSAL]
        way_in = forms.ChoiceField(
            label=_("Which of these is it?"), choices=choices, widget=forms.RadioSelect
        )
        self.fields["way_in"] = way_in
        items = cast("forms.MultipleChoiceField", self.fields["items"])
        items.choices = [(item.key, item.text) for item in releasable]
        cast("forms.ModelChoiceField[Opening]", self.fields["opening"]).queryset = openings  # type: ignore[assignment]
        if not openings:
            del self.fields["opening"]

    @property
    def said(self) -> dict[str, Any]:
        """What the service wants to know."""
        said = dict(self.cleaned_data)
        opening = said.pop("opening", None)
        keys = said.pop("items")
        if said["way_in"] != WayIn.BY_PHONE:
            said |= {"agreed_with": "", "agreed_on": None}
        return {**said, "item_keys": keys, "opening_id": opening.pk if opening else None}


class EmergencyContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whom the participant wants to be rung; both empty takes it away."""

    class Meta:
        model = EmergencyContact
        fields = ("name", "phone")
        help_texts = {"name": _("For example: Mona, sister. Leave both empty to take it away.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class WhereForm(forms.Form):
    """Who comes to which of an employer's workplaces."""

    participant = forms.ModelChoiceField(label=_("Who?"), queryset=Participant.objects.none())
    workplace = forms.ModelChoiceField(label=_("Where?"), queryset=Workplace.objects.none())

    def __init__(self, *args: Any, people: Any, workplaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Participant]", self.fields["participant"]).queryset = people
        cast("forms.ModelChoiceField[Workplace]", self.fields["workplace"]).queryset = workplaces
        only = list(workplaces[:2])
        if len(only) == 1:
            self.fields["workplace"].initial = only[0].pk
