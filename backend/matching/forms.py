"""What people fill in about a proposal."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.matching.enums import DeclineReason
from backend.participants.enums import ConsentMeans
from backend.participants.services import Releasable

INTENTS = ("send", "ask", "draft", "preview")


class ProposeForm(forms.Form):
    """What is told, how the participant said yes, and the coach's words; one button for each intent."""

    items = forms.MultipleChoiceField(
        label=_("What may be told"), widget=forms.CheckboxSelectMultiple, required=False
    )
    message = forms.CharField(
        label=_("Your words to the employer"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        required=False,
        help_text=_("Why you think that it fits. Nothing about health, benefits or private matters."),
    )
    means = forms.ChoiceField(
        label=_("How did the participant say yes?"),
        choices=[choice for choice in ConsentMeans.choices if choice[0] != ConsentMeans.IN_APP],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how the participant said yes, or ask in the app instead.")},
    )

    def __init__(self, *args: Any, releasable: Sequence[Releasable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = cast("forms.MultipleChoiceField", self.fields["items"])
        items.choices = [(item.key, item.text) for item in releasable]
        self.fields["means"].required = not self.is_bound or self.intent == "send"

    @property
    def intent(self) -> str:
        """Which button was pressed; looking is the harmless one."""
        return next((name for name in INTENTS if name in self.data), "preview")

    @property
    def chosen(self) -> list[str]:
        """The keys of the items that are ticked now, judged or not."""
        return [str(key) for key in self["items"].value() or []]

    def clean(self) -> dict[str, Any]:
        """Ask for what the pressed button needs."""
        cleaned = super().clean() or self.cleaned_data
        if self.intent in ("send", "ask") and not cleaned.get("items") and "items" not in self.errors:
            self.add_error("items", _("Choose at least one thing to tell the employer."))
        return cleaned


class DeclineForm(forms.Form):
    """An employer's no: a reason, so that the next proposal fits better."""

    reason = forms.ChoiceField(
        label=_("Why not this time?"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why, so that the next proposal fits better.")},
    )
    note = forms.CharField(
        label=_("In your own words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The job coach reads this, the participant does not."),
    )


class WithdrawForm(forms.Form):
    """Why a coach takes a proposal back."""

    why = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        help_text=_("For your own notes: the employer is told only that it is withdrawn."),
        error_messages={"required": _("Write a few words on why.")},
    )
