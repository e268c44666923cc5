"""What people fill in about a proposal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from backend.core.ui.forms import as_typed
from backend.employers.replies.forms import ChoosesReply
from backend.matching.board.allocation import DAYS
from backend.matching.board.recent import Settings
from backend.matching.enums import DeclineReason, ProposalState
from backend.participants.enums import TOLD_TO_COACH, ReleasedKind
from backend.participants.services import Releasable
from backend.skills.understanding.private_words import is_private

INTENTS = ("send", "ask", "draft", "counting", "as_last", "preview")
TICKS = ("counting", "as_last")
"""What ticks several items at once, for the coach to go on from; nothing is sent."""


def says_private(message: str, chosen: Iterable[str], releasable: Iterable[Releasable]) -> bool:
    """Tell whether what is told in somebody's own words may be about health, family or benefits."""
    keys = set(chosen)
    own = [each.text for each in releasable if each.kind == ReleasedKind.PRESENTATION and each.key in keys]
    return any(is_private(words) for words in (message, *own))


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
        choices=TOLD_TO_COACH,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how the participant said yes, or ask in the app instead.")},
    )

    is_reviewed = forms.BooleanField(
        label=_("I have read the words again, and they shall be sent as they are"), required=False
    )

    def __init__(self, *args: Any, releasable: Sequence[Releasable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = cast("forms.MultipleChoiceField", self.fields["items"])
        items.choices = [(item.key, item.text) for item in releasable]
        self.presentation = [each for each in releasable if each.kind == ReleasedKind.PRESENTATION]
        self.fields["means"].required = not self.is_bound or self.intent == "send"

    @property
    def intent(self) -> str:
        """Which button was pressed; looking is the harmless one."""
        return next((name for name in INTENTS if name in self.data), "preview")

    @property
    def chosen(self) -> list[str]:
        """The keys of the items that are ticked now, judged or not."""
        return [str(key) for key in self["items"].value() or []]

    @property
    def is_private(self) -> bool:
        """Whether what is told in somebody's own words may be about health, family or benefits."""
        return says_private(str(self["message"].value() or ""), self.chosen, self.presentation)

    def with_ticked(self, keys: Iterable[str]) -> "ProposeForm":
        """Return the form as it was typed, with these items ticked beside those that are."""
        typed = as_typed(self)
        typed.initial["items"] = list(dict.fromkeys([*self.chosen, *keys]))
        return typed

    def clean(self) -> dict[str, Any]:
        """Ask for what the pressed button needs, and once more before private words leave the house."""
        cleaned = super().clean() or self.cleaned_data
        if self.intent in ("send", "ask") and self.is_private and not cleaned.get("is_reviewed"):
            self.add_error("is_reviewed", _("Read your words again, or tick that they shall be sent."))
        if self.intent in ("send", "ask") and not cleaned.get("items") and "items" not in self.errors:
            self.add_error("items", _("Choose at least one thing to tell the employer."))
        return cleaned


class RenewForm(forms.Form):
    """What may be told from now on, and how the participant said so."""

    items = forms.MultipleChoiceField(label=_("What may be told"), widget=forms.CheckboxSelectMultiple)
    means = forms.ChoiceField(
        label=_("How did the participant say yes?"),
        choices=TOLD_TO_COACH,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how the participant said yes.")},
    )

    def __init__(self, *args: Any, releasable: Sequence[Releasable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = cast("forms.MultipleChoiceField", self.fields["items"])
        items.choices = [(item.key, item.text) for item in releasable]


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


class AnswerForm(ChoosesReply, DeclineForm):
    """An employer's answer in words, from the mail or signed in: a possible one, and for a no why.

    The box can be filled with one of the organisation's replies.
    """

    answer = forms.ChoiceField(label=_("What do you say?"), widget=forms.RadioSelect)
    field_order = ("answer", "reason", "reply", "note")

    def __init__(self, *args: Any, answers: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["answer"]).choices = list(answers)
        self.fields["reason"].required = self["answer"].value() == ProposalState.DECLINED
        self.fields["reason"].label = _("If it is a no: why?")
        self.fields["note"].widget.attrs["rows"] = "5"

    @property
    def said(self) -> dict[str, str]:
        """What the service takes of it."""
        return {name: self.cleaned_data[name] for name in ("answer", "reason", "note")}


class WithdrawForm(forms.Form):
    """Why a coach takes a proposal back."""

    why = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        help_text=_("For your own notes: the employer is told only that it is withdrawn."),
        error_messages={"required": _("Write a few words on why.")},
    )


class RangeInput(forms.NumberInput):
    """The browser's own slider; without a mouse the arrow keys move it."""

    input_type = "range"


def _numbers(*numbers: int) -> list[tuple[int, str]]:
    return [(number, str(number)) for number in numbers]


class BoardForm(forms.Form):
    """What a coach sets on the allocation board; in the address, so that it can be kept and shared."""

    days = forms.TypedChoiceField(
        label=_("Published in the last"),
        coerce=int,
        choices=[(days, format_lazy(_("{days} days"), days=days)) for days in DAYS],
    )
    names = forms.TypedChoiceField(
        label=_("Names per opening"), coerce=int, choices=_numbers(1, 2, 3, 4, 5), help_text=_("At least.")
    )
    cap = forms.TypedChoiceField(
        label=_("Places per person"), coerce=int, choices=_numbers(1, 2, 3), help_text=_("At most.")
    )
    priority = forms.IntegerField(
        label=_("Priority to those who have waited longest"),
        min_value=0,
        max_value=100,
        widget=RangeInput(attrs={"step": 10}),
        help_text=_("From none on the left to most on the right. Its price is shown beside."),
    )
    says_optional = False

    def __init__(self, data: Mapping[str, Any]) -> None:
        defaults = asdict(Settings())
        super().__init__({name: data.get(name, default) for name, default in defaults.items()})

    @property
    def settings(self) -> Settings:
        """What is set; what makes no sense is left as it is by default."""
        self.is_valid()
        return Settings(**self.cleaned_data)


class PeriodForm(forms.Form):
    """How far back a page looks; the first of `periods` where nothing sensible is chosen."""

    days = forms.TypedChoiceField(label=_("Period"), coerce=int)

    def __init__(self, data: Mapping[str, Any], *, periods: Sequence[int]) -> None:
        super().__init__({"days": data.get("days", periods[0])})
        self.default = periods[0]
        field = cast("forms.TypedChoiceField", self.fields["days"])
        field.choices = [
            (days, format_lazy(_("the last {days} days"), days=days)) for days in sorted(periods)
        ]

    @property
    def chosen(self) -> int:
        """The period in days."""
        return int(self.cleaned_data["days"]) if self.is_valid() else self.default
