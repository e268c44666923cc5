"""The short form of lasting places, and that of when they are different."""

from datetime import time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import fields_for_model
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker, TimePicker
from backend.employers.capacity.offering import Day
from backend.employers.enums import ExceptionKind, PlacementKind
from backend.employers.forms.opening import WorkplaceChoice
from backend.employers.models import Capacity, Workplace
from backend.skills.enums import Weekday

USUAL = (time(9), time(15))
BOTH_TIMES = _("State both from and to, or leave the day empty.")


def _time(label: Any, **more: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=TimePicker(), **more)


class PlacesForm(forms.Form):
    """What an association says of its places: what one does, which days, how many. The rest has answers."""

    _of_capacity = fields_for_model(
        Capacity,
        ["places", "supervisors", "per_supervisor", "starts_on", "ends_on", "support"],
        widgets={
            "support": forms.Textarea({"rows": "3"}),
            "places": forms.NumberInput({"min": "1", "max": "200", "inputmode": "numeric"}),
            "supervisors": forms.NumberInput({"min": "1", "inputmode": "numeric"}),
            "per_supervisor": forms.NumberInput({"min": "1", "inputmode": "numeric"}),
            "starts_on": DatePicker,
            "ends_on": DatePicker,
        },
    )

    workplace = WorkplaceChoice(Workplace.objects.none(), label=_("Workplace"))
    work = forms.CharField(
        label=_("What can one do there?"),
        help_text=_("For example “sort clothes, repair furniture, serve coffee”."),
        max_length=300,
        widget=forms.Textarea({"rows": "2"}),
    )
    placement_kind = forms.ChoiceField(
        label=_("Kind of placement"), choices=[("", _("Choose a kind of placement")), *PlacementKind.choices]
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On which days?"),
        choices=[(code, capfirst(day)) for code, day in Weekday.choices],
        widget=forms.CheckboxSelectMultiple,
    )
    starts_at = _time(_("From"), initial=USUAL[0])
    ends_at = _time(_("To"), initial=USUAL[1])
    places = _of_capacity["places"]
    supervisors = _of_capacity["supervisors"]
    per_supervisor = _of_capacity["per_supervisor"]
    starts_on = _of_capacity["starts_on"]
    ends_on = _of_capacity["ends_on"]
    support = _of_capacity["support"]

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        workplaces: QuerySet[Workplace],
        capacity: Capacity | None = None,
        days: dict[str, Day] | None = None,
    ) -> None:
        stated = days or {}
        super().__init__(data, initial=_initial(capacity, stated))
        field = self.fields["workplace"]
        field.queryset = workplaces.select_related("employer")  # type: ignore[attr-defined]
        is_given = len(field.queryset) == 1  # type: ignore[attr-defined]
        field.empty_label = None if is_given else _("Choose a workplace")  # type: ignore[attr-defined]
        if is_given:
            field.widget = forms.HiddenInput()
            field.initial = field.queryset[0].pk  # type: ignore[attr-defined]
        for code, day in Weekday.choices:
            self._add_day(code, str(day), stated.get(code))

    def _add_day(self, code: str, name: str, day: Day | None) -> None:
        differs = day is not None and day.starts_at is not None and self._differs(day)
        for part, words in (("starts_at", _("%(day)s from")), ("ends_at", _("%(day)s to"))):
            initial = getattr(day, part) if differs else None
            label = words % {"day": capfirst(name)}
            self.fields[f"{part}_{code}"] = _time(label, required=False, initial=initial)

    def _differs(self, day: Day) -> bool:
        usual = (self.initial.get("starts_at", USUAL[0]), self.initial.get("ends_at", USUAL[1]))
        return (day.starts_at, day.ends_at) != usual

    @property
    def other_days(self) -> list[tuple[str, list[Any]]]:
        """The weekdays with the fields of their own hours."""
        return [
            (str(capfirst(day)), [self[f"starts_at_{code}"], self[f"ends_at_{code}"]])
            for code, day in Weekday.choices
        ]

    @property
    def has_other_days(self) -> bool:
        """Whether some day has hours of its own, or something is wrong with one."""
        names = [f"{part}_{code}" for code in Weekday.values for part in ("starts_at", "ends_at")]
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def has_more(self) -> bool:
        """Whether something is said in the part that folds, or is wrong there."""
        names = ("starts_on", "ends_on", "support")
        return any(self[name].errors or self[name].value() for name in names)

    def clean(self) -> dict[str, Any]:
        """Refuse a day with one of its two times, and a day that ends before it begins."""
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("starts_at"), said.get("ends_at")
        if first and last and last <= first:
            self.add_error("ends_at", _("The day must end after it begins."))
        for code in Weekday.values:
            first, last = said.get(f"starts_at_{code}"), said.get(f"ends_at_{code}")
            if (first is None) != (last is None):
                self.add_error(f"{'starts_at' if first is None else 'ends_at'}_{code}", BOTH_TIMES)
            elif first and last and last <= first:
                self.add_error(f"ends_at_{code}", _("The day must end after it begins."))
        return said

    @property
    def days(self) -> list[Day]:
        """The days as the service takes them; one with hours of its own is offered, ticked or not."""
        said = self.cleaned_data
        found = []
        for code in Weekday.values:
            own = said.get(f"starts_at_{code}"), said.get(f"ends_at_{code}")
            if all(own):
                found.append(Day.between(code, *own))  # type: ignore[arg-type]
            elif code in said["weekdays"]:
                found.append(Day.between(code, said["starts_at"], said["ends_at"]))
        return found

    @property
    def facts(self) -> dict[str, Any]:
        """The values for the service."""
        of_days = ("weekdays", "starts_at", "ends_at")
        return {name: said for name, said in self.cleaned_data.items() if not name.startswith(of_days)} | {
            "starts_on": self.cleaned_data["starts_on"]
        }


def _initial(capacity: Capacity | None, days: dict[str, Day]) -> dict[str, Any]:
    if capacity is None:
        return {}
    names = ("work", "placement_kind", "places", "supervisors", "per_supervisor", "support")
    told: dict[str, Any] = {name: getattr(capacity, name) for name in names}
    told |= {"starts_on": capacity.starts_on, "ends_on": capacity.ends_on, "weekdays": list(days)}
    told["work"] = capacity.work or capacity.opening.title
    told["workplace"] = capacity.workplace_id
    timed = [(each.starts_at, each.ends_at) for each in days.values() if each.starts_at]
    if timed:
        told["starts_at"], told["ends_at"] = max(timed, key=timed.count)
    return told


class ExceptionForm(forms.Form):
    """From when until when lasting places are different, and how."""

    kind = forms.ChoiceField(
        label=_("What is different?"), choices=ExceptionKind.choices, widget=forms.RadioSelect
    )
    first_on = WorkingDate(label=_("First day"), widget=DatePicker)
    last_on = WorkingDate(label=_("Last day"), widget=DatePicker)
    starts_at = _time(_("From"), required=False, help_text=_("For other hours."))
    ends_at = _time(_("To"), required=False)
