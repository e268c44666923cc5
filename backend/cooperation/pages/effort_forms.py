"""Earlier efforts as a coach types them: ten on one page, a row each, or one to correct."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.cooperation.enums import InterventionKind, ToldBy, WhyEnded
from backend.cooperation.models import Intervention
from backend.cooperation.models.interventions import FIRST_YEAR, LAST_YEAR, MONTHS_A_YEAR
from backend.cooperation.services import Effort, oddity
from backend.core.ui.forms import add_refusal, as_typed, posted, rows_as_asked, up_to
from backend.participants.models import Agency
from backend.skills.understanding.private_words import is_private

ROWS, MOST_ROWS = 5, 30
BODIES = "bodies"
"""The id of the list of agencies that a page with these forms has, to choose from while typing."""
CHOOSE = [("", "–")]
WORDS_OF_EFFORTS = re.compile(
    r"\b(?:arbetsförmedling|försäkringskass|arbetslivsinriktad\w* rehabilitering)\w*", re.IGNORECASE
)
"""What is private of a person in other texts, and here only says who did what."""


class MonthOrYear(forms.CharField):
    """A year, or a year and a month: 2019 or 2019-03. Empty gives None."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"placeholder": "2019-03", "autocomplete": "off", "size": 8})
        super().__init__(**{"max_length": 10, "widget": widget, **kwargs})

    def clean(self, value: Any) -> Any:
        """Return year and month, None for a month that is not written."""
        written = super().clean(value)
        if not written:
            return None
        found = re.fullmatch(r"(\d{4})(?:\s*-?\s*(\d{1,2}))?", written, re.ASCII)
        if found is None or not _can_be(found):
            raise ValidationError(_("Write a year, or year and month, for example 2019-03."), "no_month")
        return int(found[1]), int(found[2]) if found[2] else None


def _can_be(found: "re.Match[str]") -> bool:
    return FIRST_YEAR <= int(found[1]) <= LAST_YEAR and 1 <= int(found[2] or 1) <= MONTHS_A_YEAR


class EffortRow(forms.Form):
    """One effort; a row that is left empty is none."""

    who = forms.CharField(
        label=_("Who did it"),
        max_length=120,
        widget=forms.TextInput({"list": BODIES, "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[*CHOOSE, *InterventionKind.choices])
    started = MonthOrYear(label=_("Began"))
    ended = MonthOrYear(label=_("Ended (empty: going on)"), required=False)
    why_ended = forms.ChoiceField(
        label=_("Why it came to an end"), choices=[*CHOOSE, *WhyEnded.choices], required=False
    )
    what = forms.CharField(label=_("What was done"), max_length=200, required=False)
    came_of = forms.CharField(label=_("What came of it"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse beside its field what the service would refuse."""
        cleaned = super().clean() or self.cleaned_data
        is_read = self.is_written and not self.errors
        if is_read and (refusal := oddity(self.effort({}), on=timezone.localdate())):
            add_refusal(self, refusal)
        return cleaned

    @property
    def is_written(self) -> bool:
        """Whether anything is written in the row."""
        return self.has_changed()

    @property
    def is_private(self) -> bool:
        """Whether the words may be about health, family or benefits."""
        said = (str(self[name].value() or "") for name in ("who", "what", "came_of"))
        return any(is_private(WORDS_OF_EFFORTS.sub("", words)) for words in said)

    def effort(self, agencies: Mapping[str, UUID]) -> Effort:
        """Return what is written; who did it is an agency of the list where it bears its name."""
        said = dict(self.cleaned_data)
        who, start, end = said["who"], said["started"], said["ended"] or (None, None)
        agency = agencies.get(who.casefold())
        return Effort(
            agency_id=agency,
            other_body="" if agency else who,
            kind=said["kind"],
            what=said["what"],
            started_year=start[0],
            started_month=start[1],
            ended_year=end[0],
            ended_month=end[1],
            why_ended=said["why_ended"],
            came_of=said["came_of"],
        )


class ToldForm(forms.Form):
    """Who has told, and that private words were read again where there are some."""

    told_by = forms.ChoiceField(
        label=_("Who has told?"), choices=ToldBy, initial=ToldBy.PERSON, widget=forms.RadioSelect
    )
    is_reviewed = forms.BooleanField(
        label=_("I have read the words again: they are about work, not about health or private matters"),
        required=False,
    )

    def __init__(self, *args: Any, is_private: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_private = is_private
        if not is_private:
            del self.fields["is_reviewed"]

    def clean(self) -> dict[str, Any]:
        """Ask once more before words that may be private are kept."""
        cleaned = super().clean() or self.cleaned_data
        if self.is_private and not cleaned.get("is_reviewed"):
            self.add_error("is_reviewed", _("Read the words again, or tick that they are about work."))
        return cleaned


EffortRows = forms.formset_factory(EffortRow, extra=ROWS, **up_to(MOST_ROWS))


@dataclass(frozen=True)
class NewEfforts:
    """The page on which several efforts are written down."""

    told: ToldForm
    rows: Any

    @classmethod
    def of(cls, request: HttpRequest) -> "NewEfforts":
        """Return the page as it was sent, or empty."""
        data = posted(request)
        rows = EffortRows(data, prefix="efforts")
        may_be_private = data is not None and any(row.is_private for row in rows)
        return cls(ToldForm(data, is_private=may_be_private), rows)

    def with_rows_as_asked(self, data: QueryDict) -> "NewEfforts":
        """Return it as it was typed, a row longer or shorter."""
        return NewEfforts(as_typed(self.told), rows_as_asked(self.rows, data))

    def is_valid(self) -> bool:
        """Tell whether all can be kept; no row at all cannot."""
        if not all([self.told.is_valid(), self.rows.is_valid()]):
            return False
        if not any(row.is_written for row in self.rows):
            self.rows.forms[0].add_error("who", _("Write down one effort at least."))
            return False
        return True

    def efforts(self, agencies: Iterable[Agency]) -> list[Effort]:
        """Return the rows that are written."""
        names, told_by = by_name(agencies), self.told.cleaned_data["told_by"]
        return [replace(row.effort(names), told_by=told_by) for row in self.rows if row.is_written]


class EffortForm(EffortRow):
    """One effort, to be corrected; who has told is asked beside it."""

    @property
    def is_written(self) -> bool:
        """It is judged whether it has changed or not."""
        return True


@dataclass(frozen=True)
class OneEffort:
    """The page on which one effort is corrected."""

    form: EffortForm
    told: ToldForm

    @classmethod
    def of(cls, request: HttpRequest, intervention: Intervention) -> "OneEffort":
        """Return the page as it was sent, or as the effort is."""
        data, before = posted(request), as_typed_before(intervention)
        form = EffortForm(data, initial=before)
        return cls(form, ToldForm(data, initial=before, is_private=data is not None and form.is_private))

    def is_valid(self) -> bool:
        """Tell whether it can be kept."""
        return all([self.form.is_valid(), self.told.is_valid()])

    def effort(self, agencies: Iterable[Agency]) -> Effort:
        """Return what is written."""
        return replace(self.form.effort(by_name(agencies)), told_by=self.told.cleaned_data["told_by"])


def by_name(agencies: Iterable[Agency]) -> dict[str, UUID]:
    """Return the keys of agencies by their names, however their letters are written."""
    return {each.name.casefold(): each.pk for each in agencies}


def as_typed_before(intervention: Intervention) -> dict[str, Any]:
    """Return an effort as it would be typed."""
    same = ("kind", "why_ended", "what", "came_of", "told_by")
    return {
        "who": intervention.body,
        "started": _typed(intervention.started_year, intervention.started_month),
        "ended": _typed(intervention.ended_year, intervention.ended_month),
        **{name: getattr(intervention, name) for name in same},
    }


def _typed(year: int | None, month: int | None) -> str:
    return f"{year}-{month:02d}" if month else str(year or "")
