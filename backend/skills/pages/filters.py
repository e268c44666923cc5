"""What the list of concepts can be narrowed by."""

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from backend.accounts.access import signed_in
from backend.core.text.searching import has_words, search
from backend.skills.enums import ConceptKind
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
        """Keep the concepts that all the words of `text` name, the best found first."""
        return search(concepts, text, "", elsewhere=_called)

    def set_by_hand(self, concepts: QuerySet[Concept], name: str, value: str) -> QuerySet[Concept]:
        """Keep the concepts for which somebody has set what something else is worth."""
        by_hand = Relation.objects.set_by_hand_in(signed_in(self.request).municipality_ids())
        return concepts.filter(pk__in=by_hand.values("target"))


def _called(word: str) -> Q:
    """Look for `word` in the labels of a concept."""
    return Q(pk__in=Label.objects.filter(has_words(word, "")).values("concept"))
