"""What an administrator writes of a mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.accounts.own_words.pages import goes_to_participants
from backend.core.models import OwnWords
from backend.core.outbox import MessageKind
from backend.core.outbox.wording import examples


class WordsForm(forms.Form):
    """The subject and the text between greeting and link. Nothing is judged here: the service does that."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"), widget=forms.TextInput({"maxlength": OwnWords.LONGEST_SUBJECT})
    )
    text = forms.CharField(
        label=gettext_lazy("What the mail says"),
        widget=forms.Textarea({"rows": 4, "maxlength": OwnWords.LONGEST_TEXT}),
    )

    def __init__(self, *args: Any, kind: MessageKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("One or two sentences, the same to everybody: no names, numbers or addresses.")
        if goes_to_participants(kind):
            self.fields["subject"].help_text = _(
                "To participants the subject line is another: it tells nothing of what the mail is about."
            )
        self.fields["text"].help_text = " ".join([help_text, *_named(kind)])


def _named(kind: MessageKind) -> list[str]:
    """Say what each {name} stands for."""
    made_up = examples()
    return [
        _("{%(name)s} becomes for example “%(example)s”.") % {"name": name, "example": made_up[name]}
        for name in kind.offers
    ]
