"""Forms about concerns, reviews and measures."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Municipality
from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker
from backend.employers.enums import MeasureKind, MeasureReason
from backend.employers.models import Employer, Opening, Workplace
from backend.internships.enums import ConsultationOutcome, Voice
from backend.internships.models import Concern
from backend.internships.models.consultations import ANSWERS

NO_NAMES = _("Write so that nobody can tell who has said it: no names, no dates, no health.")


def sentences(label: Any, *, help_text: Any = "", required: bool = True, most: int = 2000) -> forms.CharField:
    """Return a field for some sentences."""
    area = forms.Textarea({"rows": 5})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=most, widget=area)


class OwnTellForm(forms.Form):
    """What somebody who has signed in tells: of an employer in the list, or of a workplace in words."""

    employer = forms.ModelChoiceField(
        Employer.objects.none(),
        label=_("Which employer is it about?"),
        required=False,
        empty_label=_("None of these, or I do not know"),
        help_text=_("Those that have something published are here."),
    )
    name = forms.CharField(
        label=_("If it is not in the list: what is the workplace called?"), required=False, max_length=150
    )
    place = forms.CharField(
        label=_("Where is it?"),
        required=False,
        max_length=150,
        help_text=_("An address, or what is near it."),
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by("area__sort_key"), label=_("In which municipality?"), required=False
    )
    text = sentences(_("What is wrong?"), help_text=_("Write nothing about anybody's health."))

    def __init__(self, *args: Any, employers: Any, opening: Opening | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        municipality: Any = self.fields["municipality"]
        if opening is not None:
            for name in ("employer", "name", "place", "municipality"):
                del self.fields[name]
            return
        self.fields["employer"].queryset = employers  # type: ignore[attr-defined]
        known = list(municipality.queryset[:2])
        if len(known) == 1:
            municipality.initial, municipality.widget = known[0].pk, forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Return what was said. Raises ValidationError where two workplaces are named, or too little is."""
        said: dict[str, Any] = super().clean() or {}
        in_words = [said.get("name"), said.get("place")]
        if said.get("employer") and any(in_words):
            self.add_error(
                "name", _("An employer in the list is chosen as well. Choose none, or write nothing.")
            )
        elif not said.get("employer") and all(in_words) and not said.get("municipality"):
            self.add_error("municipality", _("Choose the municipality that the workplace is in."))
        return said


class TellForm(OwnTellForm):
    """What anybody can tell of a workplace, without a name."""

    voice = forms.ChoiceField(
        label=_("Who are you?"),
        choices=[(Voice.ANONYMOUS, _("I would rather not say")), (Voice.UNION, _("I write for a union"))],
        widget=forms.RadioSelect,
        initial=Voice.ANONYMOUS,
    )
    reached_at = forms.CharField(
        label=_("How can we reach you, if you want us to?"), required=False, max_length=200
    )


class LinkForm(forms.Form):
    """Which employer a concern is about."""

    employer = forms.ModelChoiceField(
        Employer.objects.none(), label=_("Which employer is it about?"), empty_label=_("Choose an employer")
    )

    def __init__(self, *args: Any, employers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employer"].queryset = employers  # type: ignore[attr-defined]

    def clean_employer(self) -> Any:
        """Return the key of the employer."""
        return self.cleaned_data["employer"].pk


class NoteConcernForm(forms.Form):
    """What staff have been told of an employer."""

    workplace = forms.ModelChoiceField(
        Workplace.objects.none(), label=_("Workplace"), required=False, empty_label=_("All of the employer")
    )
    voice = forms.ChoiceField(
        label=_("Who has told you?"),
        choices=[each for each in Voice.choices if each[0] != Voice.EMPLOYER],
        widget=forms.RadioSelect,
        initial=Voice.STAFF,
    )
    text = sentences(_("What is wrong?"), help_text=_("No names, and nothing about anybody's health."))

    def __init__(self, *args: Any, workplaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workplace"].queryset = workplaces  # type: ignore[attr-defined]


class WhatWasDoneForm(forms.Form):
    outcome = sentences(_("What was done?"))


class AskUnionForm(forms.Form):
    """What a union is asked about a workplace."""

    workplace = forms.ModelChoiceField(Workplace.objects.none(), label=_("Workplace"), empty_label=None)
    union_name = forms.CharField(label=_("Which union?"), max_length=100)
    work = forms.CharField(
        label=_("What the work is"), help_text=_("Nothing about who is to come."), max_length=200
    )
    asked_how = forms.CharField(label=_("How did you ask?"), max_length=150, required=False)
    answer_by = WorkingDate(label=_("Answer at the latest"), widget=DatePicker)

    def __init__(self, *args: Any, workplaces: Any, first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workplace"].queryset = workplaces  # type: ignore[attr-defined]
        self.fields["answer_by"].initial = first


class UnionAnswerForm(forms.Form):
    """What a union answered."""

    outcome = forms.ChoiceField(
        label=_("What did it answer?"),
        choices=[each for each in ConsultationOutcome.choices if each[0] in ANSWERS],
        widget=forms.RadioSelect,
    )
    answered_by = forms.CharField(label=_("Who answered for the union?"), max_length=100)
    answered_on = WorkingDate(label=_("When?"), widget=DatePicker)
    words = sentences(_("What was said"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answered_on"].initial = today


class RedundancyForm(forms.Form):
    """Who was given notice: how many, when and where, nobody by name."""

    workplace = forms.ModelChoiceField(
        Workplace.objects.none(), label=_("Workplace"), required=False, empty_label=_("All of the employer")
    )
    happened_on = WorkingDate(label=_("When was notice given?"), widget=DatePicker)
    how_many = forms.IntegerField(label=_("How many were given notice?"), min_value=1, max_value=10_000)
    words = sentences(
        _("What do you know, and how do you know it?"), help_text=_("Nobody by name."), most=1000
    )

    def __init__(self, *args: Any, workplaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workplace"].queryset = workplaces  # type: ignore[attr-defined]


class CorrectRedundancyForm(RedundancyForm):
    """What was noted wrongly, as it is right."""

    why = sentences(_("What was wrong?"), most=1000)


class WhatWasWrongForm(forms.Form):
    why = sentences(_("What was wrong?"), most=1000)


class EvidenceForm(forms.Form):
    """What a review rests on: concerns that nobody has handled, and what staff have seen."""

    concern_ids = forms.ModelMultipleChoiceField(
        Concern.objects.none(),
        label=_("Concerns that it is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = sentences(_("What have you seen or heard?"), required=False)

    def __init__(self, *args: Any, concerns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["concern_ids"]
        field.queryset = concerns
        field.label_from_instance = _called

    def clean_concern_ids(self) -> list[Any]:
        """Return the keys of those that were ticked."""
        return [each.pk for each in self.cleaned_data["concern_ids"]]


class AskForm(forms.Form):
    """What the employer is asked to reply to."""

    words = sentences(_("What is the employer asked to reply to?"), help_text=NO_NAMES, most=4000)
    reply_by = WorkingDate(label=_("Reply at the latest"), widget=DatePicker)

    def __init__(self, *args: Any, first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply_by"].initial = first


class ReasonForm(forms.Form):
    reason = sentences(_("Your reasons"), help_text=NO_NAMES, most=2000)


class WhyForm(forms.Form):
    why = sentences(_("Why is it lifted?"), help_text=_("The employer reads this."))


class ReplyForm(forms.Form):
    words = sentences(_("Your reply"), most=4000)


class AppealForm(forms.Form):
    words = sentences(_("Why should the decision be another?"), most=4000)


class MeasureForm(forms.Form):
    """A measure: what, why, from when, perhaps until when."""

    kind = forms.ChoiceField(label=_("Measure"), choices=MeasureKind.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Reason"), choices=MeasureReason.choices)
    words = sentences(_("The reason in words"), help_text=NO_NAMES)
    rests_on = sentences(_("What it rests on"), help_text=_("Only staff read this."), required=False)
    starts_on = WorkingDate(label=_("First day"), widget=DatePicker)
    last_on = WorkingDate(
        label=_("Last day"), widget=DatePicker, required=False, help_text=_("Empty: until further notice.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today


class DecideForm(forms.Form):
    """What a manager decides of a review: a measure or none, and why."""

    kind = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("", _("No measure")), *MeasureKind.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    ground = forms.ChoiceField(label=_("Reason"), choices=MeasureReason.choices)
    reason = sentences(_("Your reasons"), help_text=NO_NAMES)
    starts_on = WorkingDate(label=_("First day"), widget=DatePicker)
    last_on = WorkingDate(
        label=_("Last day"), widget=DatePicker, required=False, help_text=_("Empty: until further notice.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today

    def decision(self) -> dict[str, Any]:
        """Return what the service takes."""
        said = self.cleaned_data
        days = {"starts_on": said["starts_on"], "last_on": said["last_on"]}
        measure = {"kind": said["kind"], "reason": said["ground"], **days} if said["kind"] else None
        return {"reason": said["reason"], "measure": measure}


class AppealDecisionForm(forms.Form):
    """Whether the decision stands, and why."""

    upholds = forms.TypedChoiceField(
        label=_("What do you decide?"),
        choices=[
            ("yes", _("The decision stands")),
            ("no", _("The employer is right: its measure is lifted")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = sentences(_("Your reasons"), help_text=NO_NAMES)


def _called(concern: Concern) -> str:
    """Return what staff call a concern: one about an internship without its words, for they name a case."""
    when = date_format(localdate(concern.raised_at), "j F Y")
    if concern.internship_id:
        return str(_("A concern about an internship, %(day)s") % {"day": when})
    return f"{when}: {concern.text[:120]}"


def first_reply_day(today: date, days: int) -> date:
    """Return the first day that can be the last to reply."""
    return today + timedelta(days=days)
