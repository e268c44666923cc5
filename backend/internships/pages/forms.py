"""What coach, employer and participant write about an internship."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker, Faces
from backend.internships.enums import (
    EndReason,
    Mood,
    Presence,
    Side,
)
from backend.internships.models import Answer, FollowUp
from backend.participants.forms import NO_HEALTH


def _words(label: Any, *, help_text: Any = "") -> forms.CharField:
    """Return a field for some words, which may be left empty."""
    rows = forms.Textarea({"rows": 2})
    return forms.CharField(label=label, max_length=1000, required=False, widget=rows, help_text=help_text)


def _presence(label: Any) -> forms.ChoiceField:
    """Return a field for how much of the time somebody is there; nobody must say."""
    return forms.ChoiceField(label=label, choices=[("", "–"), *Presence.choices], required=False)


class StartForm(forms.Form):
    started_on = WorkingDate(label=_("First day"), widget=DatePicker)
    backdated_why = forms.CharField(
        label=_("Why is it written only now?"),
        max_length=300,
        required=False,
        help_text=_("Only if the first day is some time ago."),
    )


class CompleteForm(forms.Form):
    ended_on = WorkingDate(label=_("Last day"), widget=DatePicker)


class EndEarlyForm(CompleteForm):
    """Which side, and why."""

    side = forms.ChoiceField(label=_("Whose circumstances ended it?"), choices=Side, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Why?"), choices=[("", "–"), *EndReason.choices])
    note = forms.CharField(
        label=_("In your own words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=NO_HEALTH,
    )


class CancelForm(forms.Form):
    why = forms.CharField(label=_("Why is it called off?"), max_length=300)


class AnswerForm(forms.Form):
    """How it goes: one of three answers and, if one wants, some words."""

    mood = forms.ChoiceField(label=_("How is it going?"), choices=Mood, widget=Faces)
    note = _words(_("What works well?"))
    change = _words(_("What must change?"), help_text=NO_HEALTH)
    presence = _presence(_("How is it with being there?"))


class EmployerAnswerForm(AnswerForm):
    """An employer's answer, who may want to be called about it."""

    presence = _presence(_("Does the person come as planned?"))
    wants_call = forms.BooleanField(
        label=_("We want the job coach to call us"),
        required=False,
        help_text=_("The job coach sees it today."),
    )


class ExtraForm(forms.Form):
    """The day of an extra follow-up."""

    due_on = WorkingDate(label=_("Day"), widget=DatePicker)


class CallMeForm(AnswerForm):
    """A participant's answer, who may want to be called about it."""

    wants_call = forms.BooleanField(
        label=_("I want my job coach to call me"),
        required=False,
        help_text=_("When it goes badly, your job coach sees it today."),
    )


class ByPhoneForm(forms.Form):
    """What a coach heard from both sides, and her summary; whoever was not reached is left open."""

    employer_mood = forms.ChoiceField(label=_("How is it going?"), choices=Mood, widget=Faces, required=False)
    employer_note = _words(_("What works well?"))
    employer_change = _words(_("What must change?"))
    employer_presence = _presence(_("Does the person come as planned?"))
    participant_mood = forms.ChoiceField(
        label=_("How is it going?"), choices=Mood, widget=Faces, required=False
    )
    participant_note = _words(_("What works well?"))
    participant_change = _words(_("What must change?"))
    participant_presence = _presence(_("How is it with being there?"))
    coach_note = forms.CharField(
        label=_("Your summary"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=NO_HEALTH,
    )
    CLOSES = "close"

    def __init__(self, *args: Any, follow_up: FollowUp, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(follow_up, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)

    @property
    def heard(self) -> dict[str, Any]:
        """What the service wants to know."""
        said = self.cleaned_data
        sides = (Persona.EMPLOYER, Persona.PARTICIPANT)
        return {
            "answers": {str(side): Answer.of(side, said) for side in sides},
            "coach_note": said["coach_note"],
            "closes": self.CLOSES in self.data,
            "seen": {part: self.data.get(f"seen_{part}", "") for part in (*sides, "coach")},
        }


class ConcernForm(forms.Form):
    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Only the job coach reads this. Write nothing about health or diagnoses."),
    )


class OutcomeForm(forms.Form):
    outcome = forms.CharField(label=_("What was done?"), max_length=2000, widget=forms.Textarea({"rows": 4}))


class DecisionForm(forms.Form):
    """A manager's yes or no, with reasons."""

    allows = forms.TypedChoiceField(
        label=_("What do you decide?"),
        choices=[("yes", _("It may go on")), ("no", _("It may not go on"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Your reasons"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=NO_HEALTH,
    )


class WhyForm(forms.Form):
    """Why what was written is changed."""

    why = forms.CharField(label=_("Why is it changed?"), max_length=300, help_text=NO_HEALTH)


class CorrectFollowUpForm(WhyForm):
    """What each side said, and the coach's summary."""

    employer_mood = forms.ChoiceField(
        label=_("The employer: how it goes"), required=False, choices=[("", "–"), *Mood.choices]
    )
    employer_note = _words(_("The employer: what works"))
    employer_change = _words(_("The employer: what must change"))
    employer_presence = _presence(_("The employer: how it is with being there"))
    participant_mood = forms.ChoiceField(
        label=_("The participant: how it goes"), required=False, choices=[("", "–"), *Mood.choices]
    )
    participant_note = _words(_("The participant: what works"))
    participant_change = _words(_("The participant: what must change"))
    participant_presence = _presence(_("The participant: how it is with being there"))
    coach_note = forms.CharField(
        label=_("Your summary"), max_length=2000, required=False, widget=forms.Textarea({"rows": 4})
    )
    field_order = (
        *(f"{side}_{part}" for side in (Persona.EMPLOYER, Persona.PARTICIPANT) for part in Answer._fields),
        "coach_note",
        "why",
    )

    def __init__(self, *args: Any, follow_up: FollowUp, **kwargs: Any) -> None:
        kwargs["initial"] = what_stands(self, follow_up)
        super().__init__(*args, **kwargs)


def what_stands(form: WhyForm, row: Any) -> dict[str, Any]:
    """Return what `row` says in each field of a form that corrects it."""
    return {name: getattr(row, name) for name in form.base_fields if name != "why"}
