"""What a coach fills in to say anew what a text in the file means."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from backend.core.ui.widgets import Combobox
from backend.skills.enums import LanguageLevel, Tells
from backend.skills.understanding.choices import choice_of, choices_for


class MeaningForm(forms.Form):
    """Another meaning for a text: written with suggestions, or chosen among those that were found by it."""

    meaning = forms.CharField(
        label=_("What is meant?"),
        max_length=200,
        required=False,
        widget=Combobox("skills:meaning_suggestion_list"),
        help_text=_("A skill, an occupation, a language or a licence."),
    )
    choice = forms.ChoiceField(label=_("Which of these?"), required=False, widget=forms.RadioSelect)
    level = forms.ChoiceField(
        label=_("How well, if it is a language"), choices=[("", "–"), *LanguageLevel.choices], required=False
    )

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = str(self["meaning"].value() or "") if self.is_bound else ""
        self.found = choices_for(written or text)
        kinds = dict(Tells.choices)
        labelled = [(each.key, f"{each.text} ({kinds[Tells(each.kind)]})") for each in self.found]
        self.fields["choice"].choices = labelled  # type: ignore[attr-defined]
        if not labelled:
            del self.fields["choice"]

    def clean(self) -> None:
        """Take what was chosen, or what alone is called as was written; otherwise ask which."""
        written = " ".join(self.cleaned_data.get("meaning", "").split()).casefold()
        same = [each for each in self.found if written and each.text.casefold() == written]
        chosen = choice_of(self.cleaned_data.get("choice") or "")
        self.chosen = same[0] if len(same) == 1 else chosen
        if self.chosen is None and not self.errors:
            about = "choice" if "choice" in self.fields else "meaning"
            self.add_error(
                about,
                ValidationError(
                    _("Choose one of these.") if about == "choice" else _("Nothing is called that.")
                ),
            )
