"""Fields that the sign-up asks for beside the e-mail address."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.text.names import validate_name
from backend.core.text.phones import validate_phone


class SignupDetailsForm(forms.Form):
    """Name and phone of the contact person; the adapter stores them with the new account."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        validators=[validate_name],
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        validators=[validate_phone],
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Do nothing more: allauth calls this after the adapter has saved the account."""
