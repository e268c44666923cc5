"""The forms of agencies, their people, packages and case reviews."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Unit, User
from backend.cooperation.models import CaseReview
from backend.core.fields import WorkingDate
from backend.core.templatetags.ui import moment
from backend.core.ui.widgets import DatePicker, TimePicker
from backend.participants.enums import TOLD_TO_COACH, AgencyKind
from backend.participants.models import Agency, AgencyContact, Participant
from backend.participants.services import Releasable

PAPER = "paper"
STAFF, CONTACT = "staff", "contact"


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


class ReviewPlanForm(forms.Form):
    """When a unit meets agencies, where, and who comes from each."""

    unit = forms.ChoiceField(label=_("Unit"))
    day = WorkingDate(label=_("Day"), widget=DatePicker)
    clock = forms.TimeField(label=_("Time"), widget=TimePicker)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    seats = forms.MultipleChoiceField(
        label=_("Who comes"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One for each agency: somebody who signs in as a guest, or a print."),
    )

    def __init__(
        self, *args: Any, units: Iterable[Unit], agencies: Iterable[Agency], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        unit = cast("forms.ChoiceField", self.fields["unit"])
        unit.choices = [(str(each.pk), str(each)) for each in units]
        seats = cast("forms.MultipleChoiceField", self.fields["seats"])
        seats.choices = [(key, words) for each in agencies for key, words in _ways(each, on=on)]

    @property
    def asked_for(self) -> dict[str, Any]:
        """What the service is asked for."""
        said = dict(self.cleaned_data)
        unit_id = UUID(said.pop("unit"))
        parts = [each.partition(":") for each in said.pop("seats")]
        seats = [(UUID(agency), None if who == PAPER else UUID(who)) for agency, _colon, who in parts]
        return {**said, "unit_id": unit_id, "seats": seats}


class OnAgendaForm(forms.Form):
    """Whom to speak of at a review."""

    participant = forms.ChoiceField(label=_("Participant"))

    def __init__(self, *args: Any, people: Iterable[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["participant"])
        field.choices = [("", _("Choose")), *((str(each.pk), str(each)) for each in people)]


class ToReviewForm(forms.Form):
    """At which review to speak of a person."""

    review = forms.ChoiceField(label=_("Case review"))

    def __init__(self, *args: Any, reviews: Iterable[CaseReview], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["review"])
        field.choices = [(str(each.pk), moment(each.starts_at)) for each in reviews]


class OutcomeForm(forms.Form):
    """What was decided about a person, and what one responsible does until a day."""

    decision = forms.CharField(
        label=_("Decision"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What was decided, not what was told. Agencies that read about the person read it."),
    )
    what = forms.CharField(label=_("Action"), max_length=200, required=False)
    owner = forms.ChoiceField(label=_("Responsible"), required=False)
    by_day = WorkingDate(label=_("By which day"), widget=DatePicker, required=False)

    def __init__(
        self, *args: Any, staff: Iterable[User], contacts: Iterable[AgencyContact], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["owner"])
        field.choices = [
            ("", _("Nobody yet")),
            *((f"{STAFF}:{each.pk}", str(each)) for each in staff),
            *((f"{CONTACT}:{each.pk}", f"{each}, {each.agency}") for each in contacts),
        ]

    @property
    def asked_for(self) -> dict[str, Any]:
        """What the service is asked for."""
        said = dict(self.cleaned_data)
        kind, _colon, key = said.pop("owner").partition(":")
        staff = UUID(key) if kind == STAFF else None
        contact = UUID(key) if kind == CONTACT else None
        return {**said, "staff_id": staff, "contact_id": contact}
