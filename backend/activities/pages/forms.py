"""Forms of schedules and attendance."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from backend.activities.enums import (
    CALLED_OFF,
    CODES_FOR,
    AbsenceKind,
    Capacity,
    Certificate,
    Code,
    Weekday,
)
from backend.activities.models import ActivitySession
from backend.activities.pages.at_workplace import CHOICES, SessionAtWorkplace
from backend.activities.planning import PlannedDay
from backend.activities.services import Said
from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker, TimePicker

NO_HEALTH = _("Write nothing about health or diagnoses.")
LONGEST_BREAK = 240


class ScheduleForm(forms.Form):
    """From when, and from and to of each weekday; a day without times is free."""

    valid_from = WorkingDate(label=_("Holds from"), widget=DatePicker)

    def __init__(self, *args: Any, days: Sequence[PlannedDay] = (), first: date, **kwargs: Any) -> None:
        by_day = {each.weekday: each for each in days}
        kwargs["initial"] = {"valid_from": first}
        super().__init__(*args, **kwargs)
        for weekday in Weekday:
            self._add_day(weekday, by_day.get(weekday))

    def _add_day(self, weekday: Weekday, planned: PlannedDay | None) -> None:
        times: dict[str, Any] = {"required": False, "widget": TimePicker()}
        label = {"day": capfirst(weekday.label)}
        self.fields[f"starts_at_{weekday}"] = forms.TimeField(
            label=_("%(day)s from") % label, initial=planned and planned.starts_at, **times
        )
        self.fields[f"ends_at_{weekday}"] = forms.TimeField(
            label=_("%(day)s to") % label, initial=planned and planned.ends_at, **times
        )
        self.fields[f"break_{weekday}"] = forms.IntegerField(
            label=_("%(day)s break, minutes") % label,
            required=False,
            min_value=0,
            max_value=LONGEST_BREAK,
            initial=planned and planned.break_minutes,
        )

    @property
    def rows(self) -> list[tuple[Any, list[Any]]]:
        """The weekdays, each with its three fields."""
        names = ("starts_at", "ends_at", "break")
        return [(day.label, [self[f"{name}_{day}"] for name in names]) for day in Weekday]

    def clean(self) -> dict[str, Any]:
        """Refuse a day with one of its two times."""
        said: dict[str, Any] = super().clean() or {}
        for day in Weekday:
            first, last = said.get(f"starts_at_{day}"), said.get(f"ends_at_{day}")
            if (first is None) != (last is None):
                missing = "starts_at" if first is None else "ends_at"
                self.add_error(f"{missing}_{day}", _("State both from and to, or leave the day empty."))
        return said

    @property
    def planned(self) -> dict[str, Any]:
        """What the service wants to know."""
        said = self.cleaned_data
        days = [
            PlannedDay(
                day.value, said[f"starts_at_{day}"], said[f"ends_at_{day}"], said.get(f"break_{day}") or 0
            )
            for day in Weekday
            if said.get(f"starts_at_{day}") and said.get(f"ends_at_{day}")
        ]
        return {"valid_from": said["valid_from"], "days": days}


class RollCallForm(forms.Form):
    """Who was there, of everybody expected on a day. Nothing is chosen beforehand."""

    REST, CONFIRMED = "rest", "confirmed"

    def __init__(self, *args: Any, sessions: Sequence[SessionAtWorkplace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = [each for each in sessions if each.may_be_marked]
        for each in self.sessions:
            choices = [(choice.value, choice.label) for choice in CHOICES]
            radio = forms.RadioSelect
            self.fields[f"code_{each.pk}"] = forms.ChoiceField(
                label=each.person, choices=choices, required=False, widget=radio
            )
            self.fields[f"minutes_{each.pk}"] = forms.IntegerField(
                label=_("Minutes there, of %(all)s") % {"all": each.net_minutes}, required=False, min_value=1
            )
            if each.said:
                self.fields[f"why_{each.pk}"] = forms.CharField(
                    label=_("Why is it changed?"), max_length=300, required=False, help_text=NO_HEALTH
                )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The sessions that can be marked, each with its fields."""
        return [
            {
                "session": each,
                "code": self[f"code_{each.pk}"],
                "minutes": self[f"minutes_{each.pk}"],
                "why": self[f"why_{each.pk}"] if each.said else None,
            }
            for each in self.sessions
        ]

    @property
    def is_for_rest(self) -> bool:
        """Whether the button that marks the rest as present was pressed."""
        return self.REST in self.data

    @property
    def is_confirmed(self) -> bool:
        """Whether marking the rest was confirmed."""
        return self.CONFIRMED in self.data

    @property
    def has_rest(self) -> bool:
        """Whether nobody has said anything of somebody yet."""
        return any(not each.said for each in self.sessions)

    @property
    def rest(self) -> list[SessionAtWorkplace]:
        """Those of whom nothing is said, neither now nor before."""
        return [each for each in self.sessions if not each.said and not self._chosen(each.pk)]

    def _chosen(self, pk: UUID) -> str:
        return str(self.cleaned_data.get(f"code_{pk}") or "")

    @property
    def said(self) -> list[Said]:
        """What the service wants to know; the rest as present where that was asked for."""
        found = [self._said(each.pk) for each in self.sessions if self._chosen(each.pk)]
        if self.is_for_rest:
            found += [Said(each.pk, Code.PRESENT) for each in self.rest]
        return found

    def _said(self, pk: UUID) -> Said:
        known = self.cleaned_data
        why = (known.get(f"why_{pk}") or "").strip()
        return Said(pk, self._chosen(pk), minutes=known.get(f"minutes_{pk}"), why=why)


class MarkForm(forms.Form):
    """What one voice says of one session; a reason for the change only where something was said before."""

    code = forms.ChoiceField(label=_("Attendance"), widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label=_("Minutes there"), required=False, min_value=1, help_text=_("Only for a part of the day.")
    )
    certificate = forms.ChoiceField(
        label=_("Certificate"),
        required=False,
        choices=[("", "–"), *Certificate.choices],
        help_text=_("Only when reported sick. The certificate itself is not kept here."),
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False, help_text=NO_HEALTH)
    why = forms.CharField(
        label=_("Why is it changed?"),
        max_length=300,
        required=False,
        help_text=_("Only if the answer is another than before."),
    )

    def __init__(
        self, *args: Any, capacity: Capacity, session: ActivitySession, is_said: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code.value, code.label) for code in CODES_FOR[capacity]]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]
        self.fields["minutes"].max_value = session.net_minutes  # type: ignore[attr-defined]
        if capacity == Capacity.PARTICIPANT:
            del self.fields["certificate"]
        if not is_said:
            del self.fields["why"]


class AbsenceForm(forms.Form):
    """From when until when somebody is away, and what it is about, as coarsely as it can be said."""

    first_on = WorkingDate(label=_("First day"), widget=DatePicker)
    last_on = WorkingDate(label=_("Last day"), widget=DatePicker)
    kind = forms.ChoiceField(label=_("What is it about?"), choices=AbsenceKind, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words"),
        max_length=200,
        required=False,
        help_text=_("Only the job coach reads this. Write nothing about health or diagnoses."),
    )


class CallOffForm(forms.Form):
    """Who called a day off."""

    state = forms.ChoiceField(
        label=_("Who called it off?"),
        choices=[(state.value, state.label) for state in CALLED_OFF],
        widget=forms.RadioSelect,
    )
