"""What lists of internships and follow-ups can be narrowed by."""

from typing import Any, ClassVar

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core.text.searching import search
from backend.employers.enums import PlacementKind
from backend.internships.enums import InternshipState
from backend.internships.models import FollowUp, Internship


class WorkplaceFilter(filters.FilterSet):
    """For employers: their search knows workplaces and no person, or it would tell who is there."""

    NAMED_BY: ClassVar[tuple[str, ...]] = ("workplace__", "workplace__employer__")

    q = filters.CharFilter(label=_("Search"), method="having_words", max_length=200)
    state = filters.ChoiceFilter(label=_("State"), choices=InternshipState.choices, empty_label=_("All"))
    kind = filters.ChoiceFilter(
        label=_("Kind of placement"), choices=PlacementKind.choices, empty_label=_("All")
    )

    class Meta:
        model = Internship
        fields: tuple[str, ...] = ()

    def having_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the rows in which every word stands in one of NAMED_BY, the best found first."""
        return search(rows, value, *self.NAMED_BY)


class InternshipFilter(WorkplaceFilter):
    """For staff, who may search for the person too."""

    NAMED_BY: ClassVar = ("participant__", *WorkplaceFilter.NAMED_BY)


class FollowUpFilter(filters.FilterSet):
    """Which follow-ups."""

    which = filters.ChoiceFilter(
        label=_("Which"),
        choices=[("open", _("Not closed")), ("closed", _("Closed"))],
        empty_label=_("All"),
        method="of_those",
    )

    class Meta:
        model = FollowUp
        fields: tuple[str, ...] = ()

    def of_those(self, rows: Any, name: str, value: str) -> Any:
        """Keep those that are closed, or those that are not."""
        return rows.still_open() if value == "open" else rows.filter(closed_at__isnull=False)
