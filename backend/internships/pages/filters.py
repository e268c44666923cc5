"""What lists of internships and follow-ups can be narrowed by."""

from typing import Any, ClassVar

import django_filters as filters
from django.db.models import QuerySet
from django.forms import RadioSelect
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backend.accounts.access import signed_in
from backend.accounts.enums import Role
from backend.core.text.searching import search
from backend.employers.enums import PlacementKind
from backend.internships.enums import InternshipState
from backend.internships.models import FollowUp, Internship

EVERYBODY = "all"


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


class OfCoach(filters.FilterSet):
    """Narrows to the reader's own people unless everybody's are asked for; a manager has none."""

    CASE: ClassVar = "participant"

    coach = filters.ChoiceFilter(
        label=_("Job coach"),
        choices=[(EVERYBODY, _("Everybody's"))],
        empty_label=_("Mine"),
        widget=RadioSelect,
        method="of_everybody",
    )

    def __init__(self, data: Any, queryset: QuerySet[Any], *, request: HttpRequest) -> None:
        super().__init__(data, queryset, request=request)
        if not signed_in(request).has_role(Role.COACH):
            del self.filters["coach"]

    @property
    def is_mine(self) -> bool:
        """Whether the list is of the reader's own people."""
        return "coach" in self.filters and self.form.is_valid() and not self.form.cleaned_data["coach"]

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Apply the choices, and keep one's own where none was made."""
        if self.is_mine:
            queryset = queryset.filter(**{f"{self.CASE}__coach": signed_in(self.request)})
        kept: QuerySet[Any] = super().filter_queryset(queryset)
        return kept

    def of_everybody(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Leave the rows alone: everybody's were asked for."""
        return rows


class InternshipFilter(OfCoach, WorkplaceFilter):
    """For staff, who may search for the person too."""

    NAMED_BY: ClassVar = ("participant__", *WorkplaceFilter.NAMED_BY)


class WhichFilter(filters.FilterSet):
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


class FollowUpFilter(OfCoach, WhichFilter):
    """For staff: their own people's or everybody's."""

    CASE = "internship__participant"


class OfInternship(filters.FilterSet):
    """What belongs to one internship."""

    internship = filters.UUIDFilter(label=_("Internship"))


class FollowUpsOfInternship(OfInternship, WhichFilter):
    """The follow-ups of one internship, and which."""


class ChecksOfJob(filters.FilterSet):
    """Whether one job lasts."""

    employment = filters.UUIDFilter(label=_("Employment"))
