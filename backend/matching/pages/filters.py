"""What rankings and the list of proposals can be narrowed by."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.forms import CheckboxInput
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backend.accounts.access import signed_in
from backend.accounts.enums import Role
from backend.core.text.searching import search
from backend.employers.enums import Intent, OpeningKind
from backend.employers.models import Opening
from backend.matching.bridge.keys import keys_of
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal, ProposalQuerySet
from backend.matching.rankings.ranked import Narrowing
from backend.participants.enums import MATCHABLE_STATES, ParticipantState
from backend.participants.models import Participant

KILOMETRES = [(5, "5 km"), (10, "10 km"), (20, "20 km"), (30, "30 km"), (50, "50 km")]
ALL = "all"


class RankingFilter(filters.FilterSet):
    """A ranking's filters: some choose rows of the table, two are judged by the matcher."""

    within = filters.ChoiceFilter(
        label=_("At most this far"), choices=KILOMETRES, method="by_matcher", empty_label=_("Any distance")
    )
    essentials = filters.BooleanFilter(
        label=_("Only if nothing essential is missing"), method="by_matcher", widget=CheckboxInput
    )

    def by_matcher(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Leave the rows alone: the matcher knows distances and requirements."""
        return queryset

    def narrowing(self, *, page: str | None) -> Narrowing:
        """Return what the reader asks the matcher for."""
        self.is_valid()
        chosen = self.form.cleaned_data
        own = {name for name in self.filters if name not in RankingFilter.base_filters}
        return Narrowing(
            among=keys_of(self.qs) if any(chosen.get(name) for name in own) else None,
            max_km=int(chosen["within"]) if chosen.get("within") else None,
            only_essentials=bool(chosen.get("essentials")),
            page=int(page) if page and page.isdecimal() and len(page) < 6 else 1,
        )


class CandidateFilter(RankingFilter):
    """Whom a coach looks among."""

    mine = filters.BooleanFilter(label=_("Only my people"), method="coached_by_reader", widget=CheckboxInput)
    unit = filters.ChoiceFilter(label=_("Unit"), empty_label=_("All units"))
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=[(state.value, state.label) for state in map(ParticipantState, MATCHABLE_STATES)],
        empty_label=_("All who wait"),
    )

    class Meta:
        model = Participant
        fields: list[str] = []

    def __init__(self, data: Any, *, request: HttpRequest) -> None:
        user = signed_in(request)
        super().__init__(data, Participant.objects.listed_for(user).matchable(), request=request)
        roles = (Role.COACH, Role.MANAGER)
        units = {
            each.unit_id: str(each.unit)
            for each in user.current_assignments
            if each.role in roles and each.unit
        }
        self.filters["unit"].extra["choices"] = sorted(units.items(), key=lambda unit: unit[1])
        if len(units) < 2:
            del self.filters["unit"]

    def coached_by_reader(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Keep the reader's own caseload."""
        return queryset.filter(coach=signed_in(self.request)) if value else queryset


class OpeningForPersonFilter(RankingFilter):
    """Which openings a coach looks among for one person."""

    kind = filters.ChoiceFilter(
        label=_("Internship or job"), choices=OpeningKind.choices, empty_label=_("Both")
    )
    intent = filters.ChoiceFilter(label=_("Afterwards"), choices=Intent.choices, empty_label=_("All"))
    lasting = filters.BooleanFilter(
        label=_("Only lasting places"), method="with_capacity", widget=CheckboxInput
    )

    class Meta:
        model = Opening
        fields: list[str] = []

    def __init__(self, data: Any, *, request: HttpRequest) -> None:
        super().__init__(data, Opening.objects.decidable_by(signed_in(request)), request=request)

    def with_capacity(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Keep the lasting places of social enterprises and associations."""
        return queryset.filter(capacity__isnull=False) if value else queryset


class ProposalFilter(filters.FilterSet):
    """The list of proposals; without a choice those that are open, the reader's own first by its sort."""

    q = filters.CharFilter(label=_("Name, place or employer"), method="having_words", max_length=100)
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=[(ALL, _("All, also the ended")), *ProposalState.choices],
        empty_label=_("Open"),
        method="in_state",
    )
    mine = filters.BooleanFilter(label=_("Only mine"), method="by_reader", widget=CheckboxInput)

    class Meta:
        model = Proposal
        fields: list[str] = []

    def filter_queryset(self, queryset: ProposalQuerySet) -> ProposalQuerySet:
        """Apply the choices, and the open states where none was chosen."""
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.open()
        kept: ProposalQuerySet = super().filter_queryset(queryset)
        return kept

    def having_words(self, queryset: ProposalQuerySet, name: str, value: str) -> ProposalQuerySet:
        """Keep where every word stands in a name of the person, the opening or the employer."""
        paths = ("participant__", "opening__", "opening__workplace__employer__")
        return search(queryset, value, *paths)

    def in_state(self, queryset: ProposalQuerySet, name: str, value: str) -> ProposalQuerySet:
        """Keep one state, or all."""
        return queryset if value == ALL else queryset.filter(state=value)

    def by_reader(self, queryset: ProposalQuerySet, name: str, value: Any) -> ProposalQuerySet:
        """Keep what is about the reader's own people."""
        return queryset.filter(participant__coach=signed_in(self.request)) if value else queryset
