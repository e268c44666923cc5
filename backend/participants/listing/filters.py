"""How the list of participants is narrowed and sorted."""

from typing import Any
from uuid import UUID

import django_filters as filters
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.accounts.access import signed_in
from backend.accounts.enums import Role
from backend.accounts.models import Unit, User
from backend.core.text.searching import BEGINS, best_first, has_words, search
from backend.participants.enums import MATCHABLE_STATES, ParticipantState
from backend.participants.meanings import concepts_meant_by
from backend.participants.models import (
    OccupationExperience,
    Participant,
    ParticipantQuerySet,
    SkillEvidence,
)
from backend.skills.enums import ConceptKind

EVERYBODY = "all"
# A count of those in other units whose names begin with a letter or two would help nobody and tell of many.
SHORTEST_NAME = 3
LONGEST_FIRST = "-waiting"
# Who waits comes before who does not. The column shows days, so the longest wait is the highest number.
SORTS: dict[str, tuple[str, ...]] = {
    "-waiting": ("-is_waiting", "waiting_since", "sort_key", "pk"),
    "waiting": ("-is_waiting", "-waiting_since", "sort_key", "pk"),
    "name": ("sort_key", "pk"),
    "-name": ("-sort_key", "pk"),
    "contact": ("last_contact_on", "sort_key", "pk"),
    "-contact": ("-last_contact_on", "sort_key", "pk"),
    "state": ("state", "waiting_since", "pk"),
    "-state": ("-state", "waiting_since", "pk"),
}


class ParticipantFilter(filters.FilterSet):
    """What a coach looks for; without a choice it shows the reader's own people who have not ended."""

    q = filters.CharFilter(label=_("Name, reference or phone"), method="named", max_length=100)
    skill = filters.CharFilter(label=_("Can do or has worked as"), method="skilled", max_length=100)
    coach = filters.ChoiceFilter(label=_("Job coach"), method="coached")
    state = filters.ChoiceFilter(
        label=_("State"), choices=ParticipantState, empty_label=_("All who have not ended"), method="in_state"
    )
    unit = filters.ModelChoiceFilter(
        label=_("Unit"), queryset=Unit.objects.none(), empty_label=_("All units")
    )

    class Meta:
        model = Participant
        fields = ("q", "skill", "coach", "state", "unit")

    def __init__(self, data: Any, queryset: ParticipantQuerySet, *, request: HttpRequest) -> None:
        super().__init__(data if data is not None else {}, queryset, request=request)
        self.reader = signed_in(request)
        self._offer_units()
        self._offer_coaches()

    def filter_queryset(self, queryset: ParticipantQuerySet) -> ParticipantQuerySet:
        """Apply the choices, and what holds where nothing was chosen."""
        chosen = self.form.cleaned_data
        if not chosen.get("state"):
            queryset = queryset.exclude(state=ParticipantState.ENDED)
        if not chosen.get("coach") and self.reader.has_role(Role.COACH):
            queryset = queryset.filter(coach=self.reader)
        kept: ParticipantQuerySet = super().filter_queryset(queryset)
        return kept

    def named(self, queryset: ParticipantQuerySet, name: str, value: str) -> ParticipantQuerySet:
        """Keep those whose name, reference or telephone number `value` says, the best found first."""
        return search(queryset, value, "")

    def with_colleagues(self) -> int:
        """Return how many of the same name the reader would see among everybody's people."""
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        if not chosen.get("q") or chosen.get("coach") or not self.reader.has_role(Role.COACH):
            return 0
        others = self.queryset.exclude(state=ParticipantState.ENDED).exclude(coach=self.reader)
        count: int = search(others, chosen["q"], "").count()
        return count

    def elsewhere(self) -> int:
        """Return how many whom the reader may not see, in other units of the municipality, are called so."""
        text: str = (self.form.cleaned_data.get("q") or "") if self.form.is_valid() else ""
        if len(text) < SHORTEST_NAME:
            return 0
        beside = Participant.objects.in_units_beside(self.reader)
        return search(beside, text, "", worst=BEGINS).count()

    def skilled(self, queryset: ParticipantQuerySet, name: str, value: str) -> ParticipantQuerySet:
        """Keep those who can do, or have worked as, what `value` says or means."""
        written = has_words(value, "", "concept__")
        skills = written | Q(concept__in=concepts_meant_by(value, ConceptKind.SKILL))
        occupations = written | Q(concept__in=concepts_meant_by(value, ConceptKind.OCCUPATION))
        theirs = Q(participant=OuterRef("pk"))
        return queryset.filter(
            Exists(SkillEvidence.objects.filter(theirs, skills))
            | Exists(OccupationExperience.objects.filter(theirs, occupations))
        )

    def coached(self, queryset: ParticipantQuerySet, name: str, value: str) -> ParticipantQuerySet:
        """Keep one coach's people, or everybody's."""
        return queryset if value == EVERYBODY else queryset.filter(coach_id=UUID(value))

    def in_state(self, queryset: ParticipantQuerySet, name: str, value: str) -> ParticipantQuerySet:
        """Keep those in one state."""
        return queryset.filter(state=value)

    def _offer_units(self) -> None:
        units = Unit.objects.filter(pk__in=self.reader.unit_ids(Role.COACH, Role.MANAGER))
        self.filters["unit"].queryset = units
        if len(self.reader.unit_ids(Role.COACH, Role.MANAGER)) < 2:
            del self.filters["unit"]

    def _offer_coaches(self) -> None:
        units = self.reader.unit_ids(Role.COACH, Role.MANAGER)
        is_coach = self.reader.has_role(Role.COACH)
        coaches = User.objects.filter(
            assignments__unit__in=units, assignments__role=Role.COACH, assignments__ended_on__isnull=True
        )
        choices = [(str(each.pk), str(each)) for each in coaches.order_by("sort_key", "email").distinct()]
        if is_coach:
            others = [each for each in choices if each[0] != str(self.reader.pk)]
            choices = [(EVERYBODY, gettext("Everybody's")), *others]
        extra = self.filters["coach"].extra
        extra["choices"], extra["empty_label"] = choices, _("Mine") if is_coach else _("All job coaches")


def in_order(queryset: ParticipantQuerySet, sort: str | None) -> ParticipantQuerySet:
    """Sort the best found first, then by one of SORTS; without any, the longest waiting first."""
    waits = Case(
        When(state__in=MATCHABLE_STATES, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    order = SORTS.get(sort or "", SORTS[LONGEST_FIRST])
    return best_first(queryset.annotate(is_waiting=waits), *order)
