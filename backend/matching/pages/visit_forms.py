"""What people fill in about a meeting: up to five times, and why nobody meets."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.core.clock import moment_of
from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker, TimePicker
from backend.matching.enums import CancelReason, Chooser, VisitKind, VisitPlace
from backend.matching.models.visits import MOST_TIMES
from backend.matching.pages.visits import words_of

ROWS = range(1, MOST_TIMES + 1)
MINUTES = (15, 30, 45, 60, 90, 120, 240, 480)
REASONS: Mapping[str, tuple[CancelReason, ...]] = {
    Persona.PARTICIPANT: (CancelReason.TIMES, CancelReason.PERSON),
    Persona.EMPLOYER: (CancelReason.TIMES, CancelReason.EMPLOYER, CancelReason.NOT_NEEDED),
    Persona.STAFF: (
        CancelReason.TIMES,
        CancelReason.PERSON,
        CancelReason.EMPLOYER,
        CancelReason.NOT_NEEDED,
    ),
}


class OfferForm(forms.Form):
    """What kind of meeting, where, and up to five times; a row without a day is no time."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=VisitKind.choices, widget=forms.RadioSelect)
    chooser = forms.ChoiceField(
        label=_("Who chooses one of the times?"), choices=Chooser.choices, widget=forms.RadioSelect
    )
    place = forms.ChoiceField(label=_("Where?"), choices=VisitPlace.choices, widget=forms.RadioSelect)
    place_words = forms.CharField(
        label=_("How to get there, number or link"),
        max_length=200,
        required=False,
        help_text=_("Which entrance, which number to call. Everybody who is asked reads it."),
    )
    minutes = forms.TypedChoiceField(
        label=_("How long?"),
        coerce=int,
        choices=[(each, format_lazy(_("{minutes} minutes"), minutes=each)) for each in MINUTES],
    )

    def __init__(self, *args: Any, persona: str, moves: bool = False, **kwargs: Any) -> None:
        first = {"kind": VisitKind.INTERVIEW, "chooser": Chooser.PARTICIPANT, "minutes": 30}
        kwargs["initial"] = {**first, "place": VisitPlace.WORKPLACE, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if persona != Persona.STAFF:
            del self.fields["chooser"]
        if moves:
            del self.fields["kind"]
        for row in ROWS:
            self.fields[f"day_{row}"] = WorkingDate(label=_("Day"), widget=DatePicker, required=row == 1)
            self.fields[f"time_{row}"] = forms.TimeField(
                label=_("Time"), widget=TimePicker, required=row == 1
            )

    @property
    def first_row(self) -> list[tuple[int, list[Any]]]:
        """The time that there must be, with its two fields."""
        return self._rows[:1]

    @property
    def more_rows(self) -> list[tuple[int, list[Any]]]:
        """The times that are folded."""
        return self._rows[1:]

    @property
    def _rows(self) -> list[tuple[int, list[Any]]]:
        return [(row, [self[f"day_{row}"], self[f"time_{row}"]]) for row in ROWS]

    @property
    def asked(self) -> list[Any]:
        """The other fields."""
        return [self[name] for name in self.fields if not name.startswith(("day_", "time_"))]

    @property
    def has_more(self) -> bool:
        """Whether something is written in the rows that are folded."""
        return any(field.value() or field.errors for _row, fields in self.more_rows for field in fields)

    def clean(self) -> dict[str, Any]:
        """Make moments of days and times, and leave the rest as the service takes it."""
        said: dict[str, Any] = super().clean() or {}
        pairs = {row: (said.pop(f"day_{row}", None), said.pop(f"time_{row}", None)) for row in ROWS}
        times = [self._moment(row, *pair) for row, pair in pairs.items()]
        said["times"] = [each for each in times if each]
        return said

    def _moment(self, row: int, day: Any, time: Any) -> datetime | None:
        if day and time:
            meant = moment_of(day, time)
            if meant is None:
                self.add_error(f"time_{row}", _("There is no such time that night: the clocks go forward."))
            return meant
        missing = f"time_{row}" if day else f"day_{row}"
        if (day or time) and not self.errors.keys() & {f"day_{row}", f"time_{row}"}:
            self.add_error(missing, _("A time needs both a day and a time of day."))
        return None


class CancelForm(forms.Form):
    """Why nobody meets; everybody reads it, so there are only words that are ours."""

    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, persona: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.value, each.label) for each in REASONS[persona]]
        self.fields["reason"].choices = choices  # type: ignore[attr-defined]


class ChooseForm(forms.Form):
    """One of the times that are proposed."""

    time_id = forms.ChoiceField(label=_("Which time suits you?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, times: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), words_of(each)) for each in times]
        self.fields["time_id"].choices = choices  # type: ignore[attr-defined]
