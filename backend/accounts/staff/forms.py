"""What an administrator fills in about staff and units, and the code that somebody types who was asked in."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Role
from backend.accounts.models import Municipality, Unit, User
from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker


class RoleForm(forms.Form):
    """A role, and the unit where it is held."""

    role = forms.TypedChoiceField(
        label=_("Role"), choices=Role.choices, coerce=Role, widget=forms.RadioSelect, initial=Role.COACH
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Unit"),
        required=False,
        help_text=_(
            "Administrators belong to none: they run the municipality's Praktikbron, and open no files."
        ),
    )

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data)
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.run_by(by).open()


class InviteForm(RoleForm):
    """Somebody new: the name, the address that the code is mailed to, and the first role."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The invitation is mailed there. It holds a code that opens the account."),
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("Municipality"), empty_label=None
    )
    field_order = ("name", "email", "municipality", "role", "unit")

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data, by=by)
        theirs = Municipality.objects.run_by(by)
        if len(theirs) == 1:
            del self.fields["municipality"]
            self.only: Municipality | None = theirs[0]
        else:
            self.only = None
            municipalities: Any = self.fields["municipality"]
            municipalities.queryset = theirs

    def said(self) -> dict[str, Any]:
        """Return what the service is told."""
        said = dict(self.cleaned_data)
        chosen = self.only or said.pop("municipality")
        where = said["unit"].municipality_id if said["unit"] else chosen.pk
        return {**said, "municipality_id": where}


class LastDayForm(forms.Form):
    """The last day of a role."""

    last_day = WorkingDate(
        label=_("Last day"),
        widget=DatePicker,
        help_text=_("Today: the role ends now. Later: it ends after that day."),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"last_day": timezone.localdate()})


class CodeForm(forms.Form):
    """The code from the invitation."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Twelve letters and digits, for example ABCD-EFGH-JKLM. Hyphens do not matter."),
    )


class UnitForm(forms.Form):
    """A unit's name."""

    name = forms.CharField(label=_("Name"), max_length=100)
