"""Which file of what, for whom; and what each of its columns holds."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.employers.exchange.sheets import values
from backend.employers.exchange.sheets.columns import columns_of, label_of
from backend.employers.exchange.sheets.kept import ADS, CAPACITY, OPENINGS, Handed
from backend.employers.models import Employer

LONGEST_SAMPLE = 60


class SheetForm(forms.Form):
    """The file, what stands in it and whose it is."""

    employer = forms.ModelChoiceField(Employer.objects.none(), label=gettext_lazy("Organisation"))
    what = forms.ChoiceField(
        label=gettext_lazy("What stands in the file?"),
        choices=[
            (OPENINGS, gettext_lazy("Openings (Excel or CSV)")),
            (CAPACITY, gettext_lazy("Lasting places (Excel or CSV)")),
            (ADS, gettext_lazy("Job ads from Platsbanken (JSON)")),
        ],
        initial=OPENINGS,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "At most 2 MB and 500 rows. Nothing is saved until you have seen what it becomes."
        ),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt,.tsv,.json"}),
    )

    def __init__(self, *args: Any, employers: QuerySet[Employer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["employer"]
        field.queryset = employers
        if len(own := list(employers[:2])) == 1:
            field.initial, field.empty_label = own[0].pk, None

    @property
    def details(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {**self.cleaned_data, "employer": self.cleaned_data["employer"].pk}


class ColumnsForm(forms.Form):
    """For each column of the file what it holds; begins with what its heading was understood as."""

    def __init__(self, *args: Any, handed: Handed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = columns_of(is_capacity=handed.is_capacity)
        choices = [("", _("Is not read")), *((each.name, label_of(each)) for each in known)]
        headings = handed.lines[handed.headings].cells if handed.lines else ()
        for at in range(max((len(line.cells) for line in handed.lines), default=0)):
            heading = values.text(headings[at]) if at < len(headings) else ""
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=Truncator(heading).chars(LONGEST_SAMPLE) or _("Column %(number)s") % {"number": at + 1},
                choices=choices,
                required=False,
                initial=handed.columns.get(at, ""),
                help_text=_sample(handed, at),
            )

    @property
    def chosen(self) -> dict[int, str]:
        """Return what the columns hold, by their number from 0."""
        return {int(name.partition("_")[2]): value for name, value in self.cleaned_data.items() if value}


def _sample(handed: Handed, at: int) -> str:
    """Return what stands first in a column."""
    cells = (line.cells[at] for line in handed.rows if at < len(line.cells))
    first = next((values.text(cell) for cell in cells if cell != ""), "")
    return _("For example: %(text)s") % {"text": Truncator(first).chars(LONGEST_SAMPLE)} if first else ""
