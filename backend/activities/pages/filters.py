"""What lists of sessions can be narrowed by."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from backend.activities.enums import SessionState
from backend.core.fields import WorkingDate
from backend.internships.pages.filters import OfInternship


class DayFilter(filters.DateFilter):
    """A day that somebody can have meant."""

    field_class = WorkingDate


class SessionFilter(OfInternship):
    """The sessions of one internship, between two days, in one state."""

    first = DayFilter(label=_("from"), field_name="date", lookup_expr="gte")
    last = DayFilter(label=_("to"), field_name="date", lookup_expr="lte")
    state = filters.ChoiceFilter(label=_("State"), choices=SessionState.choices, empty_label=_("All"))
