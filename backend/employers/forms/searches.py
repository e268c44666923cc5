"""What is asked of who saves a search."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.employers.enums import SearchPace


class SearchForm(forms.Form):
    """A user's: what it is called, and how often they are told."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("So that you know it among others."))
    pace = forms.ChoiceField(
        label=_("New openings by e-mail"), choices=SearchPace.choices, widget=forms.RadioSelect
    )


class FollowForm(forms.Form):
    """A visitor's: where the mails go, and how often."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("We send a mail with a link. Nothing else is sent until you have followed it."),
    )
    pace = forms.ChoiceField(
        label=_("New openings by e-mail"),
        choices=[choice for choice in SearchPace.choices if choice[0] != SearchPace.NEVER],
        widget=forms.RadioSelect,
    )
