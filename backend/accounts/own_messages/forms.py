"""What is chosen about messages, and the quiet hours of a municipality."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.accounts.own_messages.services import paces_for
from backend.core.enums import Pace
from backend.core.models import MessageChoice, QuietHours
from backend.core.outbox import MessageKind, kinds_for
from backend.core.ui.widgets import DatePicker


class ChoiceForm(forms.Form):
    """How often, and which kinds by mail: what is ticked is mailed."""

    pace = forms.ChoiceField(label=_("When do you want what is not urgent?"), widget=forms.RadioSelect)
    mailed = forms.MultipleChoiceField(
        label=_("What do you want by e-mail?"),
        help_text=_("What you do not tick can still be read here under Messages."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        chosen = MessageChoice.objects.filter(user=by).first() or MessageChoice(user=by)
        self.kinds = [kind for kind in kinds_for(by.persona) if kind.may_be_off]
        mailed = [kind.name for kind in self.kinds if kind.name not in chosen.off]
        kwargs["initial"] = {"pace": chosen.pace, "mailed": mailed}
        super().__init__(*args, **kwargs)
        offered = [(pace, Pace(pace).label) for pace in paces_for(by)]
        _offer(self.fields["pace"], offered)
        _offer(self.fields["mailed"], _named(self.kinds))
        if not self.kinds:
            del self.fields["mailed"]

    def said(self) -> dict[str, Any]:
        """Return what the service is told."""
        mailed = self.cleaned_data.get("mailed", [])
        off = [kind.name for kind in self.kinds if kind.name not in mailed]
        return {"pace": self.cleaned_data["pace"], "off": off}


class UnsubscribeForm(forms.Form):
    """Which kinds that a mail carried are not wanted any more."""

    names = forms.MultipleChoiceField(
        label=_("What do you not want by e-mail any more?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: Iterable[MessageKind], **kwargs: Any) -> None:
        offered = list(offered)
        kwargs["initial"] = {"names": [kind.name for kind in offered]}
        super().__init__(*args, **kwargs)
        _offer(self.fields["names"], _named(offered))


class NumberForm(forms.Form):
    """The mobile number to which a code is sent."""

    number = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        help_text=_("For example 070-123 45 67."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )


class PhoneCodeForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(
        label=_("Code from the SMS"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class QuietForm(forms.ModelForm):  # type: ignore[type-arg]
    """The quiet hours from a day on. Nothing is saved here: what was said goes to the service."""

    class Meta:
        model = QuietHours
        fields = ("valid_from", "starts_at", "ends_at")
        widgets = {
            "valid_from": DatePicker,
            "starts_at": forms.TimeInput({"type": "time"}),
            "ends_at": forms.TimeInput({"type": "time"}),
        }

    def validate_unique(self) -> None:
        """Leave it to the service, which replaces what was said from the same day."""


def _named(offered: Iterable[MessageKind]) -> list[tuple[str, str]]:
    return [(kind.name, str(kind.subject)) for kind in offered]


def _offer(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    field.choices = choices  # type: ignore[attr-defined]
