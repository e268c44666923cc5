"""What the list of concepts can be narrowed by."""

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core.searching import contains_words
from backend.skills.enums import ConceptKind, RelationKind
from backend.skills.models import Concept, Label, Relation


class ConceptFilter(filters.FilterSet):
    """The staff's list of concepts."""

    q = filters.CharFilter(label=_("Search"), method="having_words", max_length=200)
    kind = filters.ChoiceFilter(
        label=_("Skill or occupation"), choices=ConceptKind.choices, empty_label=_("Both")
    )
    changed = filters.ChoiceFilter(
        label=_("Changed"),
        choices=[("yes", _("Set by a job coach"))],
        method="set_by_hand",
        empty_label=_("All"),
    )

    class Meta:
        model = Concept
        fields: list[str] = []

    def having_words(self, concepts: QuerySet[Concept], name: str, text: str) -> QuerySet[Concept]:
        """Keep the concepts that a label with all the words of `text` names."""
        labels = Label.objects.filter(contains_words(text, "text"))
        return concepts.filter(pk__in=labels.values("concept"))

    def set_by_hand(self, concepts: QuerySet[Concept], name: str, value: str) -> QuerySet[Concept]:
        """Keep the concepts for which somebody has set what something else is worth."""
        by_hand = Relation.objects.filter(kind=RelationKind.OVERRIDE)
        return concepts.filter(pk__in=by_hand.values("target"))
