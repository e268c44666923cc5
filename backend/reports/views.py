"""The manager's overview."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core.ui.charts import Point, TrendChart, trend_chart
from backend.participants.access_log import register_page, shown
from backend.participants.models import Participant
from backend.reports import figures, tables
from backend.reports.figures import Period
from backend.reports.forms import PeriodForm, last_year

OVERVIEW = "reports.overview"
register_page(OVERVIEW)


@require_GET
@role_required(Role.MANAGER)
def overview(request: HttpRequest) -> HttpResponse:
    """Show how the unit's work goes: jobs, queues, and who has waited longest."""
    today = timezone.localdate()
    form = PeriodForm({**last_year(today), **request.GET.dict()})
    period = form.period if form.is_valid() else Period(today - timedelta(days=364), today)
    found = _overview_of(signed_in(request), period, today)
    late = (each.internship.participant_id for each in found["overdue"])
    shown(request, {each.pk for each in found["longest_waiting"]} | set(late), page=OVERVIEW)
    context = {"form": form, "period": period, "today": today}
    return render(request, "reports/overview.html", context | found)


def _overview_of(user: User, period: Period, today: date) -> dict[str, Any]:
    """Return the figures of the units that `user` manages."""
    units = user.unit_ids(Role.MANAGER)
    overdue = list(figures.overdue_follow_ups(units, today=today))
    theirs = Participant.objects.listed_for(user).filter(unit__in=units)
    longest = list(figures.longest_waiting(theirs))
    return {
        "figures": [
            figures.internship_first(units, period),
            *figures.led_to_job(units, period, today=today),
        ],
        "opening_table": tables.of_openings(figures.openings_by_state(user.municipality_ids())),
        "unit_table": tables.of_units(figures.per_unit(units, period)),
        "queue_table": tables.of_queues(figures.waiting_for_answers(units)),
        "evaluation_table": tables.of_evaluations(figures.evaluations_arrived(units, period, today=today)),
        "overdue": overdue[:10],
        "overdue_count": len(overdue),
        "longest_waiting": longest,
        "longest_table": tables.of_longest_waiting(longest),
        "trend": _monthly_trend(figures.per_month(units, period), period),
    }


def _monthly_trend(counts: dict[str, dict[date, int]], period: Period) -> TrendChart:
    """Return the chart of internships started and jobs begun, month by month."""
    months = _months_of(period)
    names = {"internships": _("Internships started"), "jobs": _("Paid jobs begun")}
    return trend_chart(
        [
            (name, [Point(date_format(month, "M Y"), counts[key].get(month, 0)) for month in months])
            for key, name in names.items()
        ],
        labelled=4,
    )


def _months_of(period: Period) -> list[date]:
    """Return the first day of each month that `period` touches."""
    first = period.first.replace(day=1)
    count = (period.last.year - first.year) * 12 + period.last.month - first.month + 1
    moments = [divmod(first.month - 1 + i, 12) for i in range(count)]
    return [date(first.year + years, month + 1, 1) for years, month in moments]
