"""The forms of agencies, their people and packages."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker
from backend.participants.enums import TOLD_TO_COACH, AgencyKind
from backend.participants.models import Agency, AgencyContact
from backend.participants.services import Releasable

PAPER = "paper"


class AgencyForm(forms.Form):
    """What an agency is called, and what it is."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=AgencyKind)


class AgencyContactForm(forms.Form):
    """Somebody who works at an agency."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("For signing in as a guest. Without one the person gets what is sent on paper."),
    )
    last_day = WorkingDate(
        label=_("Last day"),
        widget=DatePicker,
        help_text=_("After this day a guest reads nothing. At most a year ahead."),
    )


class LastDayForm(forms.Form):
    """Until when somebody at an agency may read."""

    last_day = WorkingDate(label=_("Last day"), widget=DatePicker)


class PackageForm(forms.Form):
    """Who is told what, for what, until when, and how the participant said yes."""

    receiver = forms.ChoiceField(label=_("Who gets it?"))
    purpose = forms.CharField(
        label=_("What is it for?"),
        max_length=200,
        help_text=_("The agency and the participant read these words. Nothing about health."),
    )
    items = forms.MultipleChoiceField(label=_("What may be told"), widget=forms.CheckboxSelectMultiple)
    valid_until = WorkingDate(label=_("May be read until"), widget=DatePicker)
    means = forms.ChoiceField(
        label=_("How did the participant say yes?"), choices=TOLD_TO_COACH, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        agencies: Iterable[Agency],
        releasable: Sequence[Releasable],
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        receiver = cast("forms.ChoiceField", self.fields["receiver"])
        receiver.choices = [(str(each), list(_ways(each, on=on))) for each in agencies]
        items = cast("forms.MultipleChoiceField", self.fields["items"])
        items.choices = [(each.key, f"{each.kind.label}: {each.text}") for each in releasable]

    @property
    def asked_for(self) -> dict[str, Any]:
        """What the service is asked for."""
        said = dict(self.cleaned_data)
        agency, _colon, contact = said.pop("receiver").partition(":")
        who = None if contact == PAPER else UUID(contact)
        return {"agency_id": UUID(agency), "contact_id": who, "item_keys": said.pop("items"), **said}


def _ways(agency: Agency, *, on: date) -> Iterable[tuple[str, Any]]:
    contacts: Iterable[AgencyContact] = agency.contacts.all()
    for each in contacts:
        if each.user_id and each.reads_on(on):
            yield f"{agency.pk}:{each.pk}", f"{each.name}, {agency}"
    yield f"{agency.pk}:{PAPER}", _("%(agency)s, on paper") % {"agency": agency}
