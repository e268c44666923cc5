"""Forms about invitations: who is asked in, and what somebody who comes without an account says."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.accounts.forms import SignupDetailsForm
from backend.employers.enums import MembershipRole


class InvitationForm(forms.Form):
    """Whom an employer asks in, and as what."""

    MEANS: ClassVar = {
        MembershipRole.ADMINISTRATOR: _("Lets others in and decides on everything"),
        MembershipRole.CONTACT: _("Writes openings and answers proposals"),
        MembershipRole.SUPERVISOR: _("Follows those who are placed, and answers how it goes"),
    }

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Only whoever reads mail there can use the invitation."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, initial=MembershipRole.CONTACT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, f"{role.label} – {means}") for role, means in self.MEANS.items()]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]


class AcceptanceForm(forms.Form):
    """Nothing to fill in for somebody who has signed in."""


class NewcomerForm(SignupDetailsForm):
    """The name, and the phone for who wants, of somebody who has no account yet."""
