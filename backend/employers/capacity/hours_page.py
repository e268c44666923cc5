"""The page "hours at workplaces" for the unit: filters, chart, tables, Excel, and whom to ask next."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from backend.accounts.access import role_required
from backend.accounts.signing_in.second_factor import fresh_second_factor
from backend.core.fields import WorkingDate
from backend.core.templatetags.ui import number
from backend.core.ui.charts import Point, TrendChart, trend_chart
from backend.core.ui.excel import excel_response
from backend.core.ui.tables import Column, Table
from backend.core.ui.widgets import DatePicker
from backend.employers.capacity.hours import Minutes, WorkplaceHours, hours_between
from backend.employers.enums import EmployerKind, PlacementKind
from backend.employers.models import Capacity
from backend.employers.views.access import STAFF

WEEKS = [(4, "4"), (12, "12"), (26, "26"), (52, "52")]
FIGURES = (
    gettext_lazy("Offered"),
    gettext_lazy("Used"),
    gettext_lazy("Reserved"),
    gettext_lazy("Free"),
)


class HoursForm(forms.Form):
    """Which weeks, where, and of what kind."""

    since = WorkingDate(label=gettext_lazy("From the week of"), required=False, widget=DatePicker)
    weeks = forms.TypedChoiceField(label=gettext_lazy("Weeks"), choices=WEEKS, coerce=int, required=False)
    area = forms.ChoiceField(label=gettext_lazy("Place"), required=False)
    placement_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of placement"),
        choices=[("", gettext_lazy("All")), *PlacementKind.choices],
        required=False,
    )
    employer_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"),
        choices=[("", gettext_lazy("All")), *EmployerKind.choices],
        required=False,
    )

    def __init__(self, data: Any, *, offered: QuerySet[Capacity]) -> None:
        super().__init__(data)
        places = offered.order_by("workplace__locality_name").values_list(
            "workplace__locality_name", flat=True
        )
        named = [(name, name) for name in places.distinct() if name]
        self.fields["area"].choices = [("", _("All")), *named]  # type: ignore[attr-defined]

    def chosen(self, offered: QuerySet[Capacity]) -> QuerySet[Capacity]:
        """Return what is asked for; what is no choice narrows nothing."""
        columns = {
            "workplace__locality_name": "area",
            "placement_kind": "placement_kind",
            "workplace__employer__kind": "employer_kind",
        }
        said = self.cleaned_data
        return offered.filter(**{column: said[name] for column, name in columns.items() if said.get(name)})


@require_GET
@role_required(*STAFF)
def workplace_hours(request: HttpRequest) -> HttpResponse:
    """Show how many hours at workplaces are offered, used, reserved and free."""
    form, found = _found(request)
    context = {
        "form": form,
        "figures": list(zip(FIGURES, found.in_all.hours, strict=True)),
        "chart": _chart(found),
        "by_week": _table(_("Week"), [(_week(monday), each) for monday, each in found.weeks.items()]),
        "by_area": _table(_("Place"), [(name or "–", each) for name, each in found.areas.items()]),
        "unused": [(employer, each.hours[3]) for employer, each in found.unused],
        "excel_url": f"{reverse('employers:workplace_hours_export')}?{request.GET.urlencode()}",
    }
    return render(request, "employers/capacity/workplace_hours.html", context)


@require_GET
@role_required(*STAFF)
@fresh_second_factor
def workplace_hours_export(request: HttpRequest) -> HttpResponse:
    """Give the same weeks as an Excel file."""
    _form, found = _found(request)
    rows = [[monday, _week(monday), *each.hours] for monday, each in found.weeks.items()]
    return excel_response(
        _("hours at workplaces"), [_("First day"), _("Week"), *(str(each) for each in FIGURES)], rows
    )


def _found(request: HttpRequest) -> tuple[HoursForm, WorkplaceHours]:
    today = timezone.localdate()
    offered = Capacity.objects.visible_to(request.user).offered(today)
    form = HoursForm({"weeks": "12", **request.GET.dict()}, offered=offered)
    form.is_valid()
    since, weeks = form.cleaned_data.get("since") or today, form.cleaned_data.get("weeks") or 12
    return form, hours_between(form.chosen(offered.for_hours()), since=since, weeks=weeks, today=today)


def _week(monday: date) -> str:
    year, week, _day = monday.isocalendar()
    return f"{year} v. {week}"


def _chart(found: WorkplaceHours) -> TrendChart:
    """Return lines of what is offered and what somebody has of it, week by week; free lies between."""
    lines = {
        _("Offered"): [each.hours[0] for each in found.weeks.values()],
        _("Used and reserved"): [round(each.hours[1] + each.hours[2], 1) for each in found.weeks.values()],
    }
    weeks = [f"v. {monday.isocalendar().week}" for monday in found.weeks]
    return trend_chart(
        [
            (name, [Point(week, hours) for week, hours in zip(weeks, values, strict=True)])
            for name, values in lines.items()
        ]
    )


def _table(heading: str, rows: list[tuple[str, Minutes]]) -> Table:
    columns = [Column(heading), *(Column(figure, is_number=True) for figure in FIGURES)]
    return Table.of(columns, [[name, *(number(hours) for hours in each.hours)] for name, each in rows])
