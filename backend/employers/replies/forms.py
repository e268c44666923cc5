"""The form of a reply, and the choice of one in a form with a box for words."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from backend.employers.enums import ReplyTo
from backend.employers.models import CannedReply
from backend.employers.replies.kept import Reply, reply_with

FILL = "fill"
"""What the button sends that fills the box in."""


class ReplyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A reply to keep."""

    answer = forms.ChoiceField(label=_("To be used for"), choices=ReplyTo.choices, widget=forms.RadioSelect)

    class Meta:
        model = CannedReply
        fields: ClassVar = ["answer", "title", "text"]
        widgets: ClassVar = {"text": forms.Textarea({"rows": "5"})}
        help_texts: ClassVar = {
            "title": _("What you choose it by. Only your organisation sees it."),
            "text": _("No names, numbers or addresses: it is used for many people."),
        }


class ReplyChoice(forms.Select):
    """A choice of replies with a button beside it; the button fills the box on the server."""

    template_name = "employers/reply_choice.html"


class ChoosesReply(forms.Form):
    """A form whose box `note` can be filled with an organisation's reply; nothing written is lost."""

    reply = forms.ChoiceField(
        label=_("Fill in one of your replies"),
        required=False,
        widget=ReplyChoice,
        help_text=_("You can change it before you send it."),
    )

    def __init__(self, data: QueryDict | None = None, *, replies: Sequence[Reply], **kwargs: Any) -> None:
        self.is_filled = data is not None and FILL in data
        if data is not None and self.is_filled:
            kwargs["initial"] = {**kwargs.get("initial", {}), **_filled(data, replies)}
        super().__init__(None if self.is_filled else data, **kwargs)
        labels = dict(ReplyTo.choices)
        groups = {
            str(labels[answer]): [(each.key, each.title) for each in replies if each.answer == answer]
            for answer in dict.fromkeys(each.answer for each in replies)
        }
        self.fields["reply"].choices = [("", "–"), *groups.items()]  # type: ignore[attr-defined]
        if not replies:
            del self.fields["reply"]


def _filled(data: QueryDict, replies: Sequence[Reply]) -> dict[str, Any]:
    """Return all that was sent, with the chosen reply after what stood in the box."""
    chosen, note = reply_with(data.get("reply", ""), replies), data.get("note", "").strip()
    if chosen and chosen.text not in note:
        note = "\n".join(each for each in (note, chosen.text) if each)
    return {**data.dict(), "note": note, "reply": ""}
