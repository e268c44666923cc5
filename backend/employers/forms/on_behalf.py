"""The form in which staff register an employer that they have on the phone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Municipality, User
from backend.core.text.names import validate_name
from backend.core.text.phones import validate_phone
from backend.employers.forms.organisation import RegistrationForm
from backend.employers.services import ContactDetails
from backend.places.forms import PlaceField

OF_CONTACT = ("contact_name", "contact_phone", "contact_email")


class PhoneRegistrationForm(RegistrationForm):
    """An employer's facts, its first workplace and whom to ring there."""

    contact_name = forms.CharField(
        label=_("Contact person"),
        max_length=150,
        validators=[validate_name],
        help_text=_("Who you spoke with. Nobody there needs an account yet."),
    )
    contact_phone = forms.CharField(
        label=_("Contact person's phone"),
        max_length=30,
        required=False,
        validators=[validate_phone],
        widget=forms.TextInput({"type": "tel"}),
    )
    contact_email = forms.EmailField(
        label=_("Contact person's e-mail address"), max_length=254, required=False
    )
    workplace_name = forms.CharField(label=_("Name of the workplace"), max_length=150)
    place = PlaceField(help_text=_("For example 632 20 or Torshälla."))
    street = forms.CharField(label=_("Street address"), max_length=150, required=False)

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = Municipality.objects.filter(pk__in=reader.municipality_ids()).order_by("area__sort_key")
        field: Any = self.fields["municipality"]
        field.queryset = theirs
        if len(theirs) == 1:
            field.initial, field.widget = theirs[0], forms.HiddenInput()
        place: Any = self.fields["place"]
        place.near_municipality = theirs[0].area_id if theirs else ""

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach the contact person."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not (said.get("contact_phone") or said.get("contact_email") or self.errors):
            words = _("Write a telephone number or an e-mail address.")
            raise ValidationError({"contact_phone": words})
        return said

    @property
    def details(self) -> dict[str, Any]:
        """What `register_for_employer` takes."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in OF_CONTACT}
        name, phone, email = (self.cleaned_data[field] for field in OF_CONTACT)
        return {**said, "contact": ContactDetails(name=name, phone=phone, email=email)}
