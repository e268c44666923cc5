"""What a coach fills in about what one concept is worth for another."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ui.widgets import Combobox
from backend.skills.enums import ConceptKind, Resolution
from backend.skills.models import Concept, Relation
from backend.skills.services import meanings_of, resolve_texts
from backend.skills.understanding.twins import precedence

SUGGESTIONS = {
    ConceptKind.SKILL.value: "skills:skill_suggestion_list",
    ConceptKind.OCCUPATION.value: "skills:occupation_suggestion_list",
}
MOST_GUESSES = 3


def why_field() -> forms.CharField:
    """Return the field for a reason, which is asked for with every change."""
    return forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your colleagues read it. Nothing about individual people."),
    )


class OverrideForm(forms.Form):
    """A related concept in words, what it is worth where `target` is asked for, and why."""

    related = forms.CharField(label=_("Who has this"), max_length=200)
    degree = forms.IntegerField(
        label=_("Is worth, in per cent"),
        min_value=0,
        max_value=100,
        help_text=_("100 is as good as the thing itself, 50 half as good, and 0 does not count at all."),
    )
    why = why_field()

    def __init__(self, *args: Any, target: Concept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target
        self.fields["related"].widget = Combobox(SUGGESTIONS[target.kind], {"maxlength": 200})

    def clean_related(self) -> Concept:
        """Return the concept that the words name."""
        text = self.cleaned_data["related"]
        concept = concept_meant(text, target=self.target)
        if concept is None:
            raise forms.ValidationError(_not_found(text, self.target.kind))
        if concept == self.target:
            raise forms.ValidationError(_("This is the thing itself. Choose something related to it."))
        return concept

    @property
    def relation(self) -> dict[str, Any]:
        """What the service takes: the related concept, its worth as a share, and why."""
        said = self.cleaned_data
        return {"source": said["related"], "degree": said["degree"] / 100, "why": said["why"]}


class WithdrawForm(forms.Form):
    """Why the computed relation shall hold again."""

    why = why_field()


def concept_meant(text: str, *, target: Concept) -> Concept | None:
    """Return the concept that `text` names; of several, the one that already counts for `target`."""
    related = set(Relation.objects.filter(target=target).values_list("source_id", flat=True))
    named = Concept.objects.filter(Q(name_sv__iexact=text) | Q(name_en__iexact=text))
    found = [each for each in named if each.retired_at is None or each.pk in related]
    if found:
        return min(found, key=lambda each: _preference(each, target, is_related=each.pk in related))
    meant = resolve_texts([text], kind=ConceptKind(target.kind))[0]
    if meant["resolution"] != Resolution.ACCEPTED:
        return None
    return Concept.objects.filter(pk=meant["concept_id"]).first()


def _preference(concept: Concept, target: Concept, *, is_related: bool) -> tuple[bool, bool, int, int]:
    return not is_related, concept.kind != target.kind, precedence(concept.scheme), concept.pk


def _not_found(text: str, kind: str) -> Any:
    guesses = meanings_of([text], kind=ConceptKind(kind), limit=MOST_GUESSES)[text]
    if not guesses:
        return _("The catalogue has nothing that is called so. Choose one of the suggestions.")
    names = ", ".join(each.concept.name for each in guesses)
    return _("The catalogue has nothing that is called so. Do you mean %(names)s?") % {"names": names}
