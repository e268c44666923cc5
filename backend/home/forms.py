"""Who takes over which cases, and until when something is put off."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker
from backend.participants.forms import NO_HEALTH, coaches_of
from backend.participants.models import Participant, ParticipantQuerySet


class Cases(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Cases by name; a protected identity by its reference alone."""

    def label_from_instance(self, obj: Any) -> str:
        """Return how the case is called in the list."""
        return f"{obj} · {obj.reference}" if obj.is_findable else obj.reference


class HandOverForm(forms.Form):
    """The cases, all ticked, and their new coach."""

    cases = Cases(Participant.objects.none(), label=_("Cases"), widget=forms.CheckboxSelectMultiple)
    coach = forms.ModelChoiceField(User.objects.none(), label=_("New job coach"))

    def __init__(self, data: Any, *, cases: ParticipantQuerySet) -> None:
        super().__init__(data)
        shown = list(cases)
        chosen, coach = self.fields["cases"], self.fields["coach"]
        chosen.queryset, chosen.initial = cases, [each.pk for each in shown]  # type: ignore[attr-defined]
        coaches = coaches_of({each.unit_id for each in shown})
        coach.queryset = coaches  # type: ignore[attr-defined]


def in_a_week() -> date:
    """Return the day a week from today."""
    return timezone.localdate() + timedelta(days=7)


def tomorrow() -> date:
    """Return the day after today."""
    return timezone.localdate() + timedelta(days=1)


class PutOffForm(forms.Form):
    """Until when something waits, and why; the day is filled in."""

    until = WorkingDate(label=_("Put off until"), widget=DatePicker, initial=in_a_week)
    reason = forms.CharField(label=_("Why it can wait"), max_length=120, help_text=NO_HEALTH)


class PutOffRedForm(PutOffForm):
    """The same where somebody says that it goes badly: what was done about it is told."""

    until = WorkingDate(label=_("Put off until"), widget=DatePicker, initial=tomorrow)
    reason = forms.CharField(label=_("What you have done about it"), max_length=120, help_text=NO_HEALTH)
